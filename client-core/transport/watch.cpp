// Syncing by news.
#include "client-core/sync/watch_plan.hpp"
#include "client-core/transport/live.hpp"
#include "shared/system/system_environment.hpp"

namespace anketa::client {
namespace {

class Watch {
 public:
  Watch(Client& client, Transport& transport, const BeastOptions& options, const WatchHooks& hooks,
        const CancelToken& cancel)
      : client_(client), transport_(transport), options_(options), hooks_(hooks), cancel_(cancel) {}

  [[noreturn]] void run() {
    for (;;) {
      if (cancel_.cancelled()) throw ProblemError(ProblemCode::Cancelled);
      const auto next = plan_.next();
      switch (next.step) {
        case WatchPlan::Step::Sync:
          sync();
          break;
        case WatchPlan::Step::Connect:
          connect();
          break;
        case WatchPlan::Step::Listen:
          listen(next.milliseconds);
          break;
        case WatchPlan::Step::Pause:
          transport_.wait(next.milliseconds, cancel_);
          plan_.paused();
          break;
      }
    }
  }

 private:
  void sync() {
    try {
      const auto summary = run_sync_with_attachments(client_, transport_, {}, &cancel_);
      plan_.synced();
      if (hooks_.synced) hooks_.synced(summary);
    } catch (const ProblemError& error) {
      if (!passes(error.problem().code)) throw;
      if (hooks_.troubled) hooks_.troubled(error.problem());
      live_.reset();
      tell(false);
      plan_.failed();
    }
  }

  void connect() {
    try {
      live_ = open_live(options_, client_.access_token(), cancel_);
      plan_.connected();
      tell(true);
    } catch (const ProblemError& error) {
      if (!passes(error.problem().code)) throw;
      tell(false);
      plan_.lost();
    }
  }

  void listen(std::int64_t milliseconds) {
    switch (live_->wait(milliseconds, cancel_)) {
      case Live::Heard::News:
        plan_.news();
        break;
      case Live::Heard::Nothing:
        plan_.quiet();
        break;
      case Live::Heard::Lost:
        live_.reset();
        tell(false);
        plan_.lost();
        break;
    }
  }

  void tell(bool live) {
    if (hooks_.listening && told_ != live) hooks_.listening(live);
    told_ = live;
  }

  Client& client_;
  Transport& transport_;
  const BeastOptions& options_;
  const WatchHooks& hooks_;
  const CancelToken& cancel_;
  SystemEnvironment environment_;
  WatchPlan plan_{environment_};
  std::unique_ptr<Live> live_;
  std::optional<bool> told_;
};

}  // namespace

void run_watch(Client& client, Transport& transport, const BeastOptions& options, const WatchHooks& hooks,
               const CancelToken& cancel) {
  Watch(client, transport, options, hooks, cancel).run();
}

Summary run_sync_with_attachments(Client& client, Transport& transport, const ProgressHook& progress,
                                  const CancelToken* cancel) {
  auto summary = run_sync(client, transport, progress, cancel);
  if (client.status().attachments_to_upload == 0) return summary;
  const auto uploads = client.upload_attachments();
  const auto uploaded = run(*uploads, transport, {}, cancel);
  summary.attachments = uploaded.pushed;
  summary.attachments_refused = uploaded.parked;
  return summary;
}

}  // namespace anketa::client
