#include "tests/support/http_client.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <cctype>

#include "shared/compression/compression.hpp"

namespace anketa::server::test {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;

constexpr std::size_t most_bytes = std::size_t{64} << 20;

}  // namespace

std::string Answer::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string() : found->second;
}

std::string Answer::text() const {
  return decompress(parse_encoding(header("content-encoding")).value(), body, most_bytes);
}

struct TestClient::Impl {
  asio::io_context io;
  asio::ssl::context tls{asio::ssl::context::tls_client};
  tcp::socket plain{io};
  std::unique_ptr<asio::ssl::stream<tcp::socket&>> secure;
  boost::beast::flat_buffer buffer{most_bytes};

  template <typename Use>
  auto with_stream(Use use) {
    return secure ? use(*secure) : use(plain);
  }
};

TestClient::TestClient(std::uint16_t port, const std::string& ca_file, const std::string& host)
    : impl_(std::make_unique<Impl>()) {
  impl_->plain.connect({asio::ip::address_v4::loopback(), port});
  impl_->plain.set_option(tcp::no_delay(true));
  if (ca_file.empty()) return;
  impl_->tls.load_verify_file(ca_file);
  impl_->secure = std::make_unique<asio::ssl::stream<tcp::socket&>>(impl_->plain, impl_->tls);
  impl_->secure->set_verify_mode(asio::ssl::verify_peer);
  impl_->secure->set_verify_callback(asio::ssl::host_name_verification(host));
  SSL_set_tlsext_host_name(impl_->secure->native_handle(), host.c_str());
  impl_->secure->handshake(asio::ssl::stream_base::client);
}

TestClient::~TestClient() = default;

Answer TestClient::request(const std::string& method, const std::string& target, const std::string& body,
                           const Headers& headers) {
  http::request<http::string_body> message;
  message.version(11);
  message.method_string(method);
  message.target(target);
  message.set(http::field::host, "localhost");
  for (const auto& [name, value] : headers) message.set(name, value);
  message.body() = body;
  if (!body.empty() || method == "POST") message.content_length(body.size());
  impl_->with_stream([&](auto& stream) { return http::write(stream, message); });
  return receive(method == "HEAD");
}

void TestClient::send(const std::string& bytes) {
  impl_->with_stream([&](auto& stream) { return asio::write(stream, asio::buffer(bytes)); });
}

Answer TestClient::receive(bool head) {
  http::response_parser<http::string_body> parser;
  parser.body_limit(most_bytes);
  parser.skip(head);
  impl_->with_stream([&](auto& stream) { return http::read(stream, impl_->buffer, parser); });
  auto message = parser.release();
  Answer answer;
  answer.status = static_cast<int>(message.result_int());
  for (const auto& field : message) {
    std::string name(field.name_string());
    for (auto& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    answer.headers[name] = std::string(field.value());
  }
  answer.body = std::move(message.body());
  return answer;
}

bool TestClient::closed_by_server() {
  char byte = 0;
  boost::system::error_code error;
  impl_->with_stream([&](auto& stream) { return stream.read_some(asio::buffer(&byte, 1), error); });
  return error == asio::error::eof;
}

std::string TestClient::tls_version() const {
  return SSL_get_version(impl_->secure->native_handle());
}
std::int64_t TestClient::valid_until() const {
  const std::unique_ptr<X509, void (*)(X509*)> certificate(SSL_get1_peer_certificate(impl_->secure->native_handle()),
                                                           X509_free);
  tm until{};
  if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &until) != 1) throw std::runtime_error("validity");
  return static_cast<std::int64_t>(timegm(&until)) * 1000;
}
bool TestClient::resumed() const {
  return SSL_session_reused(impl_->secure->native_handle()) == 1;
}

}  // namespace anketa::server::test
