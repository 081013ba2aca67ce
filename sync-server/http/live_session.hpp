// One WebSocket: handshake, texts both ways, signs of life, a polite end. Included only by files that know Asio.
//
// Runs on its shard's thread. The stream belongs to the connection, which waits for run() to end.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/message.hpp>
#include <memory>

#include "sync-server/http/live.hpp"
#include "sync-server/http/shard.hpp"
#include "sync-server/http/stream.hpp"

namespace anketa::server::http {

class LiveSession : public std::enable_shared_from_this<LiveSession> {
 public:
  using Upgrade = boost::beast::http::request<boost::beast::http::buffer_body>;

  LiveSession(Stream& stream, Shard& shard, Hub& hub, std::shared_ptr<LiveEndpoint> endpoint);
  ~LiveSession();

  /// From the answer to the upgrade until the connection is of no more use.
  asio::awaitable<void> run(const Upgrade& request);
  /// The server is going away.
  void stop();

 private:
  struct Impl;
  class Line;
  asio::awaitable<void> read();
  void send(std::string text);
  void write_next();
  void close(LiveClose reason);

  std::unique_ptr<Impl> impl_;
};

}  // namespace anketa::server::http
