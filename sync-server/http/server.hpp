// The HTTPS server: HTTP/1.1 with keep-alive over TLS 1.2 or 1.3, on all cores.
//
// Model: each IO thread has an event loop and the connections that were dealt to it; a connection never leaves its
// thread. Handlers run on worker threads (dispatcher.hpp).
// Lifetime: the Router and the Registry outlive the Server. A Responder may outlive it; its answer then goes nowhere.
// Thread safety: start once; stop, replace_certificate and port from any thread.
#pragma once

#include <cstdint>
#include <memory>

#include "sync-server/http/metrics.hpp"
#include "sync-server/http/options.hpp"
#include "sync-server/http/router.hpp"

namespace anketa::server::http {

class Server {
 public:
  /// Reads the certificate and binds the port. Throws ProblemError: ConfigInvalid (bad certificate, key or address,
  /// plain HTTP on a public address), PortInUse.
  Server(ServerOptions options, const Router& router, Registry& metrics);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  void start();
  /// Stops accepting, closes idle connections, lets requests in flight finish for Limits::stop_time, then cuts.
  /// Returns when all threads have ended. May be called twice.
  void stop();

  /// The port it listens on.
  std::uint16_t port() const;

  /// New connections use the new files. Throws ConfigInvalid and keeps the old ones where these are bad.
  void replace_certificate(const TlsFiles& files);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace anketa::server::http
