// Every constant of the sync engine that is a choice and not a bound of the protocol, with its reason.
#pragma once

#include <cstdint>

namespace anketa::client::tuning {

/// Attempts of one request: a person waits about four seconds before he is told that the server cannot be reached.
inline constexpr int attempts = 4;

/// First pause between attempts; each further one is twice as long, and each is shortened by up to half at random, so
/// that devices which lost the server together do not come back together.
inline constexpr std::int64_t first_pause_ms = 800;
inline constexpr std::int64_t longest_pause_ms = 60'000;

/// A server may ask for a pause (Retry-After). Longer ones end the sync: nobody watches a progress bar for minutes.
inline constexpr std::int64_t longest_asked_pause_ms = 30'000;

/// Times that mutations the server did not take now ("retry") are sent again within one sync.
inline constexpr int rounds_of_retry = 3;

}  // namespace anketa::client::tuning
