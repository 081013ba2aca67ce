#include "sync-server/handlers/login_queue.hpp"

namespace anketa::server {

LoginQueue::LoginQueue(Running running) {
  if (running == Running::OnThreads) pool_.emplace(at_a_time);
}

void LoginQueue::run(std::function<void()> work) {
  if (!pool_) return work();
  if (pool_->waiting() >= most_waiting) throw ProblemError(ProblemCode::TooManyRequests, {{"seconds", "15"}});
  if (!pool_->post(std::move(work))) throw ProblemError(ProblemCode::Unavailable);
}

void LoginQueue::stop() {
  if (pool_) pool_->stop();
}

}  // namespace anketa::server
