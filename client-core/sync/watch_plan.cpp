#include "client-core/sync/watch_plan.hpp"

#include <algorithm>
#include <array>

#include "client-core/sync/sync_tuning.hpp"

namespace anketa::client {

bool passes(ProblemCode code) {
  return code == ProblemCode::ServerUnreachable || code == ProblemCode::Timeout || code == ProblemCode::Unavailable ||
         code == ProblemCode::TooManyRequests || code == ProblemCode::BadAnswer;
}

WatchPlan::Next WatchPlan::next() {
  if (pause_due_) return {Step::Pause, pause()};
  if (sync_due_) return {Step::Sync, 0};
  if (!connected_) return {Step::Connect, 0};
  return {Step::Listen, tuning::longest_silence_ms};
}

void WatchPlan::synced() {
  sync_due_ = false;
}

void WatchPlan::failed() {
  // Where no request comes through, the live connection is not to be believed either.
  connected_ = false;
  ++failures_;
  pause_due_ = true;
}

void WatchPlan::news() {
  // The server is there and speaks: what went wrong before is over.
  failures_ = 0;
  sync_due_ = true;
}

void WatchPlan::lost() {
  connected_ = false;
  ++failures_;
  pause_due_ = true;
}

void WatchPlan::paused() {
  pause_due_ = false;
  sync_due_ = true;
}

std::int64_t WatchPlan::pause() {
  std::int64_t whole = tuning::first_pause_ms;
  for (int i = 1; i < failures_ && whole < tuning::longest_pause_ms; ++i) whole *= 2;
  whole = std::min(whole, tuning::longest_pause_ms);
  std::array<std::byte, 2> random{};
  environment_.random(random);
  const auto fraction = std::to_integer<std::int64_t>(random[0]) * 256 + std::to_integer<std::int64_t>(random[1]);
  return whole - whole / 2 * fraction / 65'536;
}

}  // namespace anketa::client
