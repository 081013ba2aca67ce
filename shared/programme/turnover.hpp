// Turnover of key persons at a client (R1, R10): how each verification came out.
//
// Thread safety: plain values and pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace anketa::programme {

/// What the verification of one key person at a meeting found.
enum class Verified { Unchanged, Changed, New, Left };

inline constexpr std::array<std::string_view, 4> verified_ids{"unchanged", "changed", "new", "left"};

/// "unchanged", "changed", "new", "left".
constexpr std::string_view id(Verified outcome) {
  return verified_ids[static_cast<std::size_t>(outcome)];
}

/// By the word of a contact's log ("changed") or of the questionnaire ("upd"); nullopt for any other.
std::optional<Verified> verified_from(std::string_view word);

/// Verifications counted.
struct Turnover {
  std::int64_t unchanged = 0, changed = 0, added = 0, left = 0;

  void add(Verified outcome, std::int64_t times = 1);
  std::int64_t verified() const { return unchanged + changed + added + left; }
  /// Of a hundred persons we knew before, how many have left; nullopt where none of them was verified.
  std::optional<int> left_percent() const;
};

}  // namespace anketa::programme
