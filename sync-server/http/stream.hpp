// A socket with or without TLS, as one type, so that what reads and writes is compiled once. Included only by files
// that know Asio.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <optional>

namespace anketa::server::http {

/// Meets Asio's AsyncStream requirements. Belongs to one thread.
class Stream {
 public:
  using Socket = boost::asio::ip::tcp::socket;
  using Tls = boost::beast::ssl_stream<Socket>;
  using executor_type = Socket::executor_type;

  /// `tls` null: plain.
  Stream(Socket socket, boost::asio::ssl::context* tls) {
    if (tls == nullptr) {
      plain_.emplace(std::move(socket));
    } else {
      tls_.emplace(std::move(socket), *tls);
    }
  }

  executor_type get_executor() { return socket().get_executor(); }
  Socket& socket() { return tls_ ? tls_->next_layer() : *plain_; }
  /// Null where plain.
  Tls* tls() { return tls_ ? &*tls_ : nullptr; }

  template <typename Buffers, typename Token>
  auto async_read_some(const Buffers& buffers, Token&& token) {
    return tls_ ? tls_->async_read_some(buffers, std::forward<Token>(token))
                : plain_->async_read_some(buffers, std::forward<Token>(token));
  }
  template <typename Buffers, typename Token>
  auto async_write_some(const Buffers& buffers, Token&& token) {
    return tls_ ? tls_->async_write_some(buffers, std::forward<Token>(token))
                : plain_->async_write_some(buffers, std::forward<Token>(token));
  }

 private:
  std::optional<Socket> plain_;
  std::optional<Tls> tls_;
};

}  // namespace anketa::server::http
