// One keep-alive connection to a server, behind a plain interface: Beast and Asio stay in connection.cpp.
#pragma once

#include <memory>
#include <string>

#include "anketa/sync.hpp"
#include "client-core/transport/server_address.hpp"
#include "client-core/transport/tls_context.hpp"
#include "client-core/transport/transport.hpp"

namespace anketa::client {

struct ConnectionOptions {
  ServerAddress address;
  std::int64_t connect_timeout_ms = 0;
  std::int64_t io_timeout_ms = 0;
  /// Most bytes of an answer's body as it travels.
  std::uint64_t max_body = 0;
};

/// Failures throw ProblemError: ServerUnreachable, CertificateUntrusted, Timeout, BadAnswer, Cancelled. After one the
/// connection is closed; the next call connects anew.
class Connection {
 public:
  /// `context` is null for plain HTTP and must outlive the connection.
  Connection(ConnectionOptions options, SSL_CTX* context);
  ~Connection();

  /// Whether a call would go over a connection that has carried one before: the server may have closed it meanwhile.
  bool reused() const;
  void write(const SendRequest& request, const Headers& extra, const CancelToken& cancel);
  /// The answer to what was written; its body as it travelled.
  ResponseReceived read(const CancelToken& cancel);
  WireBytes bytes() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace anketa::client
