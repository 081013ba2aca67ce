// A small blocking WebSocket client for tests.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace anketa::server::test {

class LiveClient {
 public:
  using Headers = std::map<std::string, std::string>;
  /// TLS, verified; then the WebSocket's handshake. Throws std::runtime_error with the HTTP status where it is refused.
  LiveClient(std::uint16_t port, const std::string& ca_file, const std::string& target, const Headers& headers = {});
  ~LiveClient();

  void send(const std::string& text);
  /// The next text; none where nothing comes in that time, or the connection ended.
  std::optional<std::string> receive(int milliseconds = 5'000);
  /// The server's reason for closing; 0 while it has not closed, 1006 where it just went.
  int closed() const;
  /// Stops reading, so that pings stay unanswered, and tells whether the server cut the connection in that time.
  bool cut_when_silent(int milliseconds);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace anketa::server::test
