#include "sync-server/http/tls_context.hpp"

#include <openssl/ssl.h>

#include <cstring>

#include "shared/problem/problem.hpp"

namespace anketa::server::http {
namespace {

namespace ssl = boost::asio::ssl;

constexpr unsigned char session_context[] = "anketa";
constexpr unsigned char http_1_1[] = "\x08http/1.1";

int select_protocol(SSL* /*ssl*/, const unsigned char** out, unsigned char* out_length, const unsigned char* in,
                    unsigned int in_length, void* /*argument*/) {
  unsigned char* chosen = nullptr;
  const int result = SSL_select_next_proto(&chosen, out_length, http_1_1, sizeof http_1_1 - 1, in, in_length);
  *out = chosen;
  return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

[[noreturn]] void bad_file(const std::string& file, const boost::system::error_code& error) {
  throw ProblemError(ProblemCode::ConfigInvalid, {{"detail", error.message()}}, file);
}

void load(ssl::context& context, const TlsFiles& files) {
  boost::system::error_code error;
  // A key under a passphrase is refused; without this OpenSSL would ask on the terminal.
  context.set_password_callback([](std::size_t, ssl::context::password_purpose) { return std::string(); }, error);
  context.use_certificate_chain_file(files.certificate, error);
  if (error) bad_file(files.certificate, error);
  // OpenSSL refuses a key that does not belong to the certificate.
  context.use_private_key_file(files.key, ssl::context::pem, error);
  if (error) bad_file(files.key, error);
}

void harden(SSL_CTX* context) {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20");
  SSL_CTX_set1_groups_list(context, "X25519:P-256");
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
  SSL_CTX_set_session_id_context(context, session_context, sizeof session_context - 1);
  // Resumption by tickets alone: the server keeps no sessions in memory. One ticket per connection is enough.
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context, 1);
  // An idle connection gives its buffers back.
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(context, select_protocol, nullptr);
}

}  // namespace

std::shared_ptr<ssl::context> make_tls_context(const TlsFiles& files) {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  load(*context, files);
  harden(context->native_handle());
  return context;
}

}  // namespace anketa::server::http
