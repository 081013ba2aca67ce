// Executing an engine's instructions over a network.
//
// Model: a Transport carries one request at a time to one server and gives the whole answer. run() feeds an engine
// until it is done. Failures of the network are Problems for the engine, never exceptions. Thread safety: a transport
// belongs to one thread at a time; only CancelToken may be used from others.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <variant>

#include "anketa/sync.hpp"

namespace anketa::client {

class Client;

/// Set from anywhere (a signal handler too) to end a run at the next instruction or wait.
class CancelToken {
 public:
  void cancel() noexcept { cancelled_.store(true, std::memory_order_relaxed); }
  bool cancelled() const noexcept { return cancelled_.load(std::memory_order_relaxed); }

 private:
  std::atomic<bool> cancelled_{false};
};

/// Bytes on the wire below HTTP: with TLS, the encrypted ones, handshakes included.
struct WireBytes {
  std::uint64_t up = 0;
  std::uint64_t down = 0;
};

class Transport {
 public:
  virtual ~Transport() = default;
  using Outcome = std::variant<ResponseReceived, TransportFailed>;
  /// Sends and waits for the answer. `meanwhile` is called once after the request has been written. Where the token is
  /// cancelled, the outcome is TransportFailed with the problem Cancelled.
  virtual Outcome exchange(const SendRequest& request, const std::function<void()>& meanwhile,
                           const CancelToken& cancel) = 0;
  /// Waits, but ends early where the token is cancelled.
  virtual void wait(std::int64_t milliseconds, const CancelToken& cancel) = 0;
  virtual WireBytes bytes() const = 0;
};

using ProgressHook = std::function<void(const Progress&)>;

/// Runs an engine to its end. Gives its summary or throws ProblemError with the problem it failed with.
Summary run(Engine& engine, Transport& transport, const ProgressHook& progress = {},
            const CancelToken* cancel = nullptr);
/// Syncs a client: run(*client.sync(), …).
Summary run_sync(Client& client, Transport& transport, const ProgressHook& progress = {},
                 const CancelToken* cancel = nullptr);

struct BeastOptions {
  /// "https://host[:port]". Plain "http://" is taken for loopback addresses only.
  std::string server;
  /// A PEM file of certificate authorities to trust beside the system's. Empty: the system's only.
  std::string ca_file;
  bool system_cas = true;
  std::int64_t connect_timeout_ms = 10'000;
  /// Longest silence while writing a request or reading an answer.
  std::int64_t io_timeout_ms = 60'000;
};

/// HTTPS with Boost.Beast: TLS 1.2 or newer, certificate and host name verified, keep-alive, bodies compressed both
/// ways. Throws ProblemError (ConfigInvalid, FileUnreadable) for options that cannot work.
std::unique_ptr<Transport> beast_transport(const BeastOptions& options);

}  // namespace anketa::client
