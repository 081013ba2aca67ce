#include "sync-server/handlers/login_queue.hpp"

namespace anketa::server {

void LoginQueue::run(std::function<void()> work) {
  if (pool_.waiting() >= most_waiting) throw ProblemError(ProblemCode::TooManyRequests, {{"seconds", "15"}});
  if (!pool_.post(std::move(work))) throw ProblemError(ProblemCode::Unavailable);
}

}  // namespace anketa::server
