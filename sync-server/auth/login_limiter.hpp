// Slows down guessing of passwords.
//
// Model: failures are counted per account and address together, so that nobody can lock a colleague out from elsewhere,
// and per address over all accounts. After a few free ones each further attempt must wait, twice as long each time. An
// attempt counts as a failure until success is reported, so attempts sent all at once gain nothing.
// Counts are kept in memory, a bounded number of them; a restart forgets them. Log-ins are kept as keys only here.
// Thread safety: all calls may come from any thread.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "shared/record/environment.hpp"

namespace anketa::server {

class LoginLimiter {
 public:
  /// Failures of one account from one address before the first wait.
  static constexpr int free_per_account = 5;
  /// Failures of one address over all accounts: an office behind one router mistypes a lot on a Monday.
  static constexpr int free_per_address = 50;
  static constexpr Instant first_wait = 15'000;
  static constexpr Instant longest_wait = 900'000;
  /// A count without new attempts for so long is forgotten.
  static constexpr Instant memory = 3'600'000;
  static constexpr std::size_t most_counts = 20'000;

  /// Throws ProblemError(TooManyRequests) with argument `seconds`; otherwise the attempt may be made and is counted.
  void begin(std::string_view login, std::string_view address, Instant now);
  void succeeded(std::string_view login, std::string_view address);

 private:
  struct Count {
    int failures = 0;
    Instant last = 0;
    Instant open_at = 0;
  };
  using Counts = std::map<std::string, Count, std::less<>>;

  static void check(const Counts& counts, const std::string& key, Instant now);
  static void add(Counts& counts, const std::string& key, int free, Instant now);

  std::mutex mutex_;
  Counts by_account_;
  Counts by_address_;
};

}  // namespace anketa::server
