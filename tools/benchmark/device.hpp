// One device with the product's own client core and transport, logged in at the benchmark's server.
#pragma once

#include <memory>
#include <string>

#include "anketa/client.hpp"
#include "client-core/transport/transport.hpp"
#include "shared/system/system_environment.hpp"
#include "tools/benchmark/server_process.hpp"

namespace anketa::benchmark {

/// What one sync took.
struct Measured {
  double seconds = 0;
  /// Of these, not spent waiting for the network and the server: the device's own commits before and after.
  double local_seconds = 0;
  std::uint64_t bytes_up = 0;
  std::uint64_t bytes_down = 0;
  client::Summary summary;
};

class Device {
 public:
  /// The store is encrypted and durable, as it is shipped.
  Device(const ServerProcess& server, const std::string& file, const std::string& login);

  client::Client& client() { return *client_; }
  Uuid user() const { return client_->account()->user; }
  Measured sync();
  /// Makes a complete questionnaire in an open Batch or alone.
  Uuid add_questionnaire(const Uuid& client, Json answers);

 private:
  SystemEnvironment environment_;
  std::unique_ptr<client::Client> client_;
  double waited_ = 0;
  std::unique_ptr<client::Transport> transport_;
};

/// Seconds from construction to now.
class Stopwatch {
 public:
  double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point start_ = Clock::now();
};

}  // namespace anketa::benchmark
