// A small blocking HTTP client for tests of the server: it can also send what no decent client would.
#pragma once

#include <map>
#include <memory>
#include <string>

namespace anketa::server::test {

struct Answer {
  int status = 0;
  /// Names in lower case.
  std::map<std::string, std::string, std::less<>> headers;
  /// As it came, still compressed where Content-Encoding says so.
  std::string body;

  std::string header(const std::string& name) const;
  /// The decompressed body as text.
  std::string text() const;
};

/// One connection. Every failure throws std::runtime_error with the reason of the system or of TLS.
class TestClient {
 public:
  /// `ca_file` empty: plain HTTP. Verifies certificate and `host`.
  TestClient(std::uint16_t port, const std::string& ca_file, const std::string& host = "localhost");
  ~TestClient();

  using Headers = std::map<std::string, std::string>;
  Answer request(const std::string& method, const std::string& target, const std::string& body = {},
                 const Headers& headers = {});
  Answer get(const std::string& target, const Headers& headers = {}) { return request("GET", target, {}, headers); }
  void send(const std::string& bytes);
  /// `head`: the response is to a HEAD request and has no body.
  Answer receive(bool head = false);
  /// Whether the server has closed the connection in an orderly way; waits for it.
  bool closed_by_server();
  std::string tls_version() const;
  /// End of validity of the server's certificate, milliseconds UTC.
  std::int64_t valid_until() const;
  bool resumed() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace anketa::server::test
