// Threads that run handlers, so that a slow query never holds up the network.
//
// Invariant: every task that post() took is run, also when the pool is being stopped.
// Thread safety: post() may be called from any thread; stop() from one that is not the pool's.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace anketa::server::http {

class WorkerPool {
 public:
  explicit WorkerPool(int threads);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// False once stopped: the task was not taken.
  bool post(std::function<void()> task);
  /// Whether the caller runs on one of this pool's threads.
  bool is_worker() const noexcept;
  std::size_t waiting() const;
  /// Runs what is queued, then ends the threads. May be called twice.
  void stop();

 private:
  void run();

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> tasks_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace anketa::server::http
