// The live connection of a device, and syncing by it.
#pragma once

#include "anketa/client.hpp"
#include "client-core/transport/transport.hpp"

namespace anketa::client {

/// A WebSocket to /v1/live. One thread.
class Live {
 public:
  virtual ~Live() = default;
  enum class Heard { News, Nothing, Lost };
  /// Waits for a word of the server: News; Nothing where the time is over or the user cancels; Lost where the
  /// connection has ended, and then it is of no more use.
  virtual Heard wait(std::int64_t milliseconds, const CancelToken& cancel) = 0;
};

/// Connects with the same checks as the transport. Throws ProblemError: ServerUnreachable, CertificateUntrusted,
/// Cancelled; BadAnswer where the server (or a proxy before it) speaks no WebSocket or refuses the token.
std::unique_ptr<Live> open_live(const BeastOptions& options, const std::string& access_token,
                                const CancelToken& cancel);

/// What a watch tells its caller.
struct WatchHooks {
  /// After each sync and the uploads that follow it.
  std::function<void(const Summary&)> synced;
  /// The network is away; it is tried again.
  std::function<void(const Problem&)> troubled;
  /// Whether news come by the live connection now, or by asking.
  std::function<void(bool live)> listening;
};

/// Syncs, and again whenever the server has news, until the token is cancelled: then throws Cancelled. Throws what no
/// waiting cures (NotLoggedIn, DeviceRevoked, DiskFull …).
void run_watch(Client& client, Transport& transport, const BeastOptions& options, const WatchHooks& hooks,
               const CancelToken& cancel);

/// A sync, and the upload of what is queued.
Summary run_sync_with_attachments(Client& client, Transport& transport, const ProgressHook& progress = {},
                                  const CancelToken* cancel = nullptr);

}  // namespace anketa::client
