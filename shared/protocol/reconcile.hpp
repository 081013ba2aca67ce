// How two sides find out that they hold the same, and what to do where they do not: points of history, checksums.
//
// Model: a point of history is a place (seq) and a salt that follows from everything journalled up to it, so that equal
// salts mean equal histories. A checksum counts records and adds up their hashes mod 2^64; it follows from ids,
// versions and contents alone, and changes by additions, so both sides keep theirs up to date without reading records.
// Thread safety: plain values and pure functions. 64-bit values travel as 16 hex digits: not every language has them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/record/json.hpp"
#include "shared/record/uuid.hpp"

namespace anketa::protocol {

struct HistoryPoint {
  std::string epoch;
  std::uint64_t seq = 0;
  std::uint64_t salt = 0;
  friend bool operator==(const HistoryPoint& a, const HistoryPoint& b) noexcept {
    return a.seq == b.seq && a.salt == b.salt && a.epoch == b.epoch;
  }
};

/// Of a set of records; those deleted do not count.
struct ContentSum {
  std::uint64_t count = 0;
  std::uint64_t sum = 0;
  ContentSum& operator+=(const ContentSum& other) noexcept {
    count += other.count;
    sum += other.sum;
    return *this;
  }
  friend bool operator==(const ContentSum& a, const ContentSum& b) noexcept {
    return a.count == b.count && a.sum == b.sum;
  }
};

struct ScopeSum {
  Scope scope;
  ContentSum total;
};

/// What one record adds to the sum of its scope.
struct RecordSum {
  Uuid id;
  std::uint64_t version = 0;
  std::uint64_t sum = 0;
};

/// Every record that the device should hold in a scope.
struct ScopeList {
  Scope scope;
  std::vector<RecordSum> records;
};

/// First eight bytes of SHA-256, big-endian.
std::uint64_t hash64(std::string_view text);
/// hash64 of "<id>:<version>:<hash64 of the body in its canonical form, as 16 hex digits>".
std::uint64_t record_sum(const Uuid& id, std::uint64_t version, std::uint64_t body_hash);

std::string hex64(std::uint64_t value);
std::optional<std::uint64_t> parse_hex64(std::string_view text);

// As they travel: ["<epoch>", seq, "<salt>"], [count, "<sum>"], ["<scope>", count, "<sum>"],
// {"scope", "records": [["<id>", version, "<sum>"]]}. Reading throws ProblemError(WrongType) on anything else.

Json to_json(const HistoryPoint& point);
HistoryPoint history_point_from_json(const Json& json);
Json to_json(const ContentSum& total);
ContentSum content_sum_from_json(const Json& json);
Json to_json(const ScopeSum& sum);
ScopeSum scope_sum_from_json(const Json& json);
Json to_json(const ScopeList& list);
ScopeList scope_list_from_json(const Json& json);

}  // namespace anketa::protocol
