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

/// On a live connection: a sync all the same, should a word of the server ever be lost.
inline constexpr std::int64_t longest_silence_ms = 300'000;

/// Bytes of an attachment in one request: each ends with a word from the server that they are safe. Downloads are kept
/// in whole chunks of the store.
inline constexpr std::uint64_t upload_part_bytes = std::uint64_t{2} << 20;
inline constexpr std::uint64_t download_part_bytes = std::uint64_t{1} << 20;
/// Of one attachment: it is hashed in one piece, in memory.
inline constexpr std::uint64_t max_attachment_bytes = std::uint64_t{256} << 20;
/// Times one content is begun within one engine: after that the server's answers are not to be believed.
inline constexpr int upload_beginnings = 2;

}  // namespace anketa::client::tuning
