#include "client-core/transport/connection.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <chrono>

namespace anketa::client {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;
using Plain = beast::tcp_stream;
using Tls = beast::ssl_stream<beast::tcp_stream>;
using std::chrono::milliseconds;

/// How often a running operation looks whether the user has cancelled.
constexpr milliseconds glance{100};
constexpr std::size_t read_buffer = std::size_t{64} << 10;

[[noreturn]] void unreachable(std::string_view reason, const ServerAddress& address) {
  throw ProblemError(ProblemCode::ServerUnreachable, {{"reason", "client.network." + std::string(reason)}},
                     address.authority);
}

http::request<http::string_body> make_request(const SendRequest& request, const Headers& extra,
                                              const std::string& authority) {
  http::request<http::string_body> message;
  message.version(11);
  message.method_string(request.method);
  message.target(request.path);
  message.set(http::field::host, authority);
  message.set(http::field::user_agent, "anketa");
  for (const auto& [name, value] : request.headers) message.set(name, value);
  for (const auto& [name, value] : extra) message.set(name, value);
  message.body() = request.body;
  message.prepare_payload();
  return message;
}

}  // namespace

struct Connection::Impl {
  ConnectionOptions options;
  SSL_CTX* context;
  asio::io_context loop{1};
  std::optional<asio::ssl::context> tls_context;
  std::unique_ptr<Plain> plain;
  std::unique_ptr<Tls> tls;
  beast::flat_buffer buffer;
  std::uint64_t carried = 0;
  /// Of connections closed before, and of the plain one.
  WireBytes counted;

  Impl(ConnectionOptions given, SSL_CTX* ssl) : options(std::move(given)), context(ssl) {
    if (!context) return;
    SSL_CTX_up_ref(context);
    tls_context.emplace(context);
  }

  bool open() const { return plain || tls; }
  beast::tcp_stream& lowest() { return tls ? beast::get_lowest_layer(*tls) : *plain; }

  WireBytes of_tls() const {
    if (!tls) return {};
    auto* ssl = const_cast<Tls&>(*tls).native_handle();
    return {BIO_number_written(SSL_get_wbio(ssl)), BIO_number_read(SSL_get_rbio(ssl))};
  }

  void close() {
    const auto last = of_tls();
    counted.up += last.up;
    counted.down += last.down;
    // Dropping the streams closes the socket. A TLS farewell would cost a wait and gain nothing: messages have lengths.
    tls.reset();
    plain.reset();
    buffer.clear();
    carried = 0;
  }

  /// Runs one operation that was started with a handler storing into `done`; cancelled, it ends early.
  void run(const std::optional<error_code>& done, const CancelToken& cancel) {
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

  void limit(std::int64_t timeout_ms) { lowest().expires_after(milliseconds(timeout_ms)); }

  void connect(const CancelToken& cancel) {
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

  asio::ip::tcp::resolver::results_type resolve(const CancelToken& cancel) {
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

  void handshake(const CancelToken& cancel) {
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
      throw ProblemError(ProblemCode::CertificateUntrusted,
                         {{"reason", certificate_reason(verified)},
                          {"host", host},
                          {"error", X509_verify_cert_error_string(verified)}},
                         options.address.authority);
    unreachable(*done == beast::error::timeout ? "timeout" : "tls", options.address);
  }

  [[noreturn]] void failed(const error_code& error) {
    if (error == beast::error::timeout) unreachable("timeout", options.address);
    if (error == http::error::body_limit) throw ProblemError(ProblemCode::BadAnswer, {}, "body");
    const bool garbled = error.category() == http::make_error_code(http::error::bad_version).category() &&
                         error != http::error::end_of_stream && error != http::error::partial_message;
    if (garbled) throw ProblemError(ProblemCode::BadAnswer);
    unreachable("cut", options.address);
  }

  template <typename Stream>
  void write_message(Stream& stream, http::request<http::string_body>& message, const CancelToken& cancel) {
    http::request_serializer<http::string_body> serializer(message);
    while (!serializer.is_done()) {
      limit(options.io_timeout_ms);
      std::optional<error_code> done;
      std::size_t bytes = 0;
      http::async_write_some(stream, serializer, [&](error_code error, std::size_t written) {
        done = error;
        bytes = written;
      });
      run(done, cancel);
      if (!tls) counted.up += bytes;
      if (*done) failed(*done);
    }
  }

  template <typename Stream>
  void read_message(Stream& stream, http::response_parser<http::string_body>& parser, const CancelToken& cancel) {
    while (!parser.is_done()) {
      limit(options.io_timeout_ms);
      std::optional<error_code> done;
      std::size_t bytes = 0;
      http::async_read_some(stream, buffer, parser, [&](error_code error, std::size_t got) {
        done = error;
        bytes = got;
      });
      run(done, cancel);
      if (!tls) counted.down += bytes;
      if (*done) failed(*done);
    }
  }
};

Connection::Connection(ConnectionOptions options, SSL_CTX* context)
    : impl_(std::make_unique<Impl>(std::move(options), context)) {}

Connection::~Connection() = default;

bool Connection::reused() const {
  return impl_->open() && impl_->carried > 0;
}

void Connection::write(const SendRequest& request, const Headers& extra, const CancelToken& cancel) {
  auto& impl = *impl_;
  try {
    if (!impl.open()) impl.connect(cancel);
    auto message = make_request(request, extra, impl.options.address.authority);
    if (impl.tls)
      impl.write_message(*impl.tls, message, cancel);
    else
      impl.write_message(*impl.plain, message, cancel);
  } catch (...) {
    impl.close();
    throw;
  }
}

ResponseReceived Connection::read(const CancelToken& cancel) {
  auto& impl = *impl_;
  try {
    http::response_parser<http::string_body> parser;
    parser.body_limit(impl.options.max_body);
    impl.buffer.reserve(read_buffer);
    if (impl.tls)
      impl.read_message(*impl.tls, parser, cancel);
    else
      impl.read_message(*impl.plain, parser, cancel);
    ++impl.carried;
    auto message = parser.release();
    ResponseReceived response;
    response.status = static_cast<int>(message.result_int());
    for (const auto& field : message)
      response.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
    response.body = std::move(message.body());
    if (!message.keep_alive()) impl.close();
    return response;
  } catch (...) {
    impl.close();
    throw;
  }
}

WireBytes Connection::bytes() const {
  const auto open = impl_->of_tls();
  return {impl_->counted.up + open.up, impl_->counted.down + open.down};
}

}  // namespace anketa::client
