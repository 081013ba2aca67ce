// Bounds how many passwords are checked at a time. A check takes 32 MB and a tenth of a second on purpose; without a
// bound, log-ins could use up the memory, and waiting ones all the workers.
//
// Thread safety: run() may be called from any thread.
#pragma once

#include <functional>
#include <optional>

#include "sync-server/http/router.hpp"
#include "sync-server/http/worker_pool.hpp"

namespace anketa::server {

class LoginQueue {
 public:
  static constexpr int at_a_time = 2;
  /// About twelve seconds of waiting; more than that is better told to come later.
  static constexpr std::size_t most_waiting = 256;

  enum class Running {
    OnThreads,
    /// Within run(), for a program of one thread.
    ByCaller
  };

  explicit LoginQueue(Running running = Running::OnThreads);

  /// Runs the work, on a thread of its own unless told otherwise. Throws ProblemError(TooManyRequests) where too many
  /// wait already, or Unavailable once stopped.
  void run(std::function<void()> work);
  void stop();

 private:
  std::optional<http::WorkerPool> pool_;
};

}  // namespace anketa::server
