// A live connection (WebSocket) as the application sees it: texts go out, texts come in. No sockets, no Beast.
//
// Model: a handler answers an upgrade request with Response::upgrade(endpoint); the connection then calls the endpoint
// on its own thread, which must not be held up. The line is given with opened() and may be used from any thread, also
// after the connection has gone: then nothing happens.
#pragma once

#include <memory>
#include <string>

namespace anketa::server::http {

/// Reasons for closing that a client can act on; RFC 6455 leaves 4000 … 4999 to applications.
enum class LiveClose : int {
  GoingAway = 1001,
  TryAgainLater = 1013,
  /// The token is missing, unknown or has run out.
  LogIn = 4401,
  /// The device was revoked, the account closed, or the page is not ours.
  Forbidden = 4403,
  /// One user has too many of them.
  TooMany = 4429
};

class LiveLine {
 public:
  virtual ~LiveLine() = default;
  /// Sends a text. A text that was not sent yet gives way to a newer one: what is sent is the state, not a history.
  virtual void send(std::string text) = 0;
  /// Says goodbye; closed() follows.
  virtual void close(LiveClose reason) = 0;
};

class LiveEndpoint {
 public:
  virtual ~LiveEndpoint() = default;
  virtual void opened(std::shared_ptr<LiveLine> line) = 0;
  virtual void message(std::string text) = 0;
  virtual void closed() = 0;
};

}  // namespace anketa::server::http
