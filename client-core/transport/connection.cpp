#include "client-core/transport/connection.hpp"

#include <boost/beast/http.hpp>

#include "client-core/transport/line.hpp"

namespace anketa::client {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;

constexpr std::size_t read_buffer = std::size_t{64} << 10;

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

struct Connection::Impl : Line {
  beast::flat_buffer buffer;
  std::uint64_t carried = 0;
  /// The answer to a HEAD request has the headers of a body, and none.
  bool bodiless = false;
  /// Of connections closed before, and of the plain one.
  WireBytes counted;

  using Line::Line;

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
    impl.bodiless = request.method == "HEAD";
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
    parser.skip(impl.bodiless);
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
