#include "sync-server/auth/login_limiter.hpp"

#include "shared/problem/problem.hpp"

namespace anketa::server {
namespace {

std::string account_key(std::string_view login, std::string_view address) {
  return std::string(login) + '\n' + std::string(address);
}

}  // namespace

void LoginLimiter::begin(std::string_view login, std::string_view address, Instant now) {
  const std::lock_guard lock(mutex_);
  const auto key = account_key(login, address);
  check(by_account_, key, now);
  check(by_address_, std::string(address), now);
  add(by_account_, key, free_per_account, now);
  add(by_address_, std::string(address), free_per_address, now);
}

void LoginLimiter::succeeded(std::string_view login, std::string_view address) {
  const std::lock_guard lock(mutex_);
  by_account_.erase(account_key(login, address));
  // One good log-in does not clear the guesses at other accounts, only its own attempt.
  if (const auto found = by_address_.find(address); found != by_address_.end() && found->second.failures > 0)
    --found->second.failures;
}

void LoginLimiter::check(const Counts& counts, const std::string& key, Instant now) {
  const auto found = counts.find(key);
  if (found == counts.end() || now >= found->second.open_at) return;
  const auto seconds = (found->second.open_at - now + 999) / 1000;
  throw ProblemError(ProblemCode::TooManyRequests, {{"seconds", std::to_string(seconds)}});
}

void LoginLimiter::add(Counts& counts, const std::string& key, int free, Instant now) {
  if (counts.size() >= most_counts && !counts.contains(key)) {
    std::erase_if(counts, [now](const auto& entry) { return entry.second.last + memory < now; });
    // Still full: somebody tries very many names. Those that need not wait go first; they lose a few free attempts
    // only.
    if (counts.size() >= most_counts)
      std::erase_if(counts, [now](const auto& entry) { return entry.second.open_at <= now; });
  }
  auto& count = counts[key];
  if (count.last + memory < now) count = {};
  count.last = now;
  if (++count.failures < free) return;
  auto wait = first_wait;
  for (int i = free; i < count.failures && wait < longest_wait; ++i) wait *= 2;
  count.open_at = now + std::min(wait, longest_wait);
}

}  // namespace anketa::server
