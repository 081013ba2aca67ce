// The running server: store, services, routes and the HTTPS listener put together, in an order that they can be taken
// apart again without losing anything that was answered for.
#pragma once

#include <memory>
#include <string>

#include "sync-server/config/config.hpp"

namespace anketa::server {

class Application {
 public:
  /// Opens the store and binds the port; nothing is served yet. Throws ProblemError: NotInitialised, ConfigInvalid,
  /// PortInUse, DatabaseDamaged ….
  explicit Application(const Config& config);
  ~Application();
  Application(const Application&) = delete;
  Application& operator=(const Application&) = delete;

  void start();
  /// Requests in flight finish; then everything is closed. Returns when it is done.
  void stop();

  /// "https://127.0.0.1:8443".
  std::string address() const;
  /// The local authority's certificate; empty with a certificate of the company's own and without TLS.
  std::string ca_file() const;

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace anketa::server
