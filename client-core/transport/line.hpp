// A connection to a server up to the end of its TLS handshake, for those who then speak over it. Included only by files
// that know Asio.
//
// Model: operations are asynchronous ones on a loop of the line's own, run until they are done or the user cancels.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/ssl.hpp>
#include <memory>
#include <optional>

#include "client-core/transport/connection.hpp"

namespace anketa::client {

struct Line {
  using Plain = boost::beast::tcp_stream;
  using Tls = boost::beast::ssl_stream<boost::beast::tcp_stream>;
  using ErrorCode = boost::system::error_code;

  /// `ssl` is null for plain HTTP.
  Line(ConnectionOptions given, SSL_CTX* ssl);

  bool open() const { return plain || tls; }
  Plain& lowest() { return tls ? boost::beast::get_lowest_layer(*tls) : *plain; }
  /// Runs the operation that sets `done`. Throws Cancelled.
  void run(const std::optional<ErrorCode>& done, const CancelToken& cancel);
  void limit(std::int64_t timeout_ms);
  /// Throws ServerUnreachable, CertificateUntrusted, Cancelled.
  void connect(const CancelToken& cancel);
  /// Of the encrypted connection that is open.
  WireBytes of_tls() const;

  ConnectionOptions options;
  SSL_CTX* context;
  boost::asio::io_context loop{1};
  std::optional<boost::asio::ssl::context> tls_context;
  std::unique_ptr<Plain> plain;
  std::unique_ptr<Tls> tls;

 private:
  boost::asio::ip::tcp::resolver::results_type resolve(const CancelToken& cancel);
  void handshake(const CancelToken& cancel);
};

[[noreturn]] void unreachable(std::string_view reason, const ServerAddress& address);

}  // namespace anketa::client
