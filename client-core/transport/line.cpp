#include "client-core/transport/line.hpp"

#include <boost/asio/connect.hpp>
#include <chrono>

namespace anketa::client {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using std::chrono::milliseconds;

/// How often a running operation looks whether the user has cancelled.
constexpr milliseconds glance{100};

}  // namespace

void unreachable(std::string_view reason, const ServerAddress& address) {
  throw ProblemError(ProblemCode::ServerUnreachable, {{"reason", "client.network." + std::string(reason)}},
                     address.authority);
}

Line::Line(ConnectionOptions given, SSL_CTX* ssl) : options(std::move(given)), context(ssl) {
  if (!context) return;
  SSL_CTX_up_ref(context);
  tls_context.emplace(context);
}

WireBytes Line::of_tls() const {
  if (!tls) return {};
  auto* ssl = const_cast<Tls&>(*tls).native_handle();
  return {BIO_number_written(SSL_get_wbio(ssl)), BIO_number_read(SSL_get_rbio(ssl))};
}

/// Runs one operation that was started with a handler storing into `done`; cancelled, it ends early.
void Line::run(const std::optional<ErrorCode>& done, const CancelToken& cancel) {
  loop.restart();
  while (!done && !cancel.cancelled()) {
    loop.run_for(glance);
    if (loop.stopped() && !done) loop.restart();
  }
  if (done) return;
  if (open()) lowest().cancel();
  loop.run();
  throw ProblemError(ProblemCode::Cancelled);
}

void Line::limit(std::int64_t timeout_ms) {
  lowest().expires_after(milliseconds(timeout_ms));
}

void Line::connect(const CancelToken& cancel) {
  const auto endpoints = resolve(cancel);
  if (context)
    tls = std::make_unique<Tls>(loop, *tls_context);
  else
    plain = std::make_unique<Plain>(loop);
  limit(options.connect_timeout_ms);
  std::optional<error_code> done;
  lowest().async_connect(endpoints, [&](error_code error, const asio::ip::tcp::endpoint&) { done = error; });
  run(done, cancel);
  if (*done == beast::error::timeout) unreachable("timeout", options.address);
  if (*done) unreachable("refused", options.address);
  lowest().socket().set_option(asio::ip::tcp::no_delay(true));
  if (tls) handshake(cancel);
}

asio::ip::tcp::resolver::results_type Line::resolve(const CancelToken& cancel) {
  asio::ip::tcp::resolver resolver(loop);
  asio::ip::tcp::resolver::results_type endpoints;
  std::optional<error_code> done;
  resolver.async_resolve(options.address.host, options.address.port, [&](error_code error, auto found) {
    done = error;
    endpoints = std::move(found);
  });
  const auto deadline = std::chrono::steady_clock::now() + milliseconds(options.connect_timeout_ms);
  loop.restart();
  while (!done && !cancel.cancelled() && std::chrono::steady_clock::now() < deadline) {
    loop.run_for(glance);
    if (loop.stopped() && !done) loop.restart();
  }
  if (!done) {
    resolver.cancel();
    loop.run();
    if (cancel.cancelled()) throw ProblemError(ProblemCode::Cancelled);
    unreachable("timeout", options.address);
  }
  if (*done) unreachable("unknown_host", options.address);
  return endpoints;
}

void Line::handshake(const CancelToken& cancel) {
  const auto& host = options.address.host;
  error_code not_an_address;
  asio::ip::make_address(host, not_an_address);
  // Server names are sent for names only (RFC 6066).
  if (not_an_address) SSL_set_tlsext_host_name(tls->native_handle(), host.c_str());
  X509_VERIFY_PARAM* checks = SSL_get0_param(tls->native_handle());
  if (not_an_address)
    X509_VERIFY_PARAM_set1_host(checks, host.c_str(), host.size());
  else
    X509_VERIFY_PARAM_set1_ip_asc(checks, host.c_str());
  limit(options.connect_timeout_ms);
  std::optional<error_code> done;
  tls->async_handshake(asio::ssl::stream_base::client, [&](error_code error) { done = error; });
  run(done, cancel);
  if (!*done) return;
  const long verified = SSL_get_verify_result(tls->native_handle());
  if (verified != X509_V_OK)
    throw ProblemError(
        ProblemCode::CertificateUntrusted,
        {{"reason", certificate_reason(verified)}, {"host", host}, {"error", X509_verify_cert_error_string(verified)}},
        options.address.authority);
  unreachable(*done == beast::error::timeout ? "timeout" : "tls", options.address);
}

}  // namespace anketa::client
