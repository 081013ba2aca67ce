// How far the pass over all clients has come (R3, R20).
//
// Thread safety: pure functions.
#pragma once

#include <array>
#include <string_view>

namespace anketa::programme {

/// Where a client stands in a pass, the furthest first.
enum class Coverage {
  Done,       ///< a questionnaire is complete
  Paused,     ///< one waits for the client to confirm a repair, or goes on after that
  Booked,     ///< a meeting is booked or held, or a questionnaire begun, without a result yet
  Untouched,  ///< nothing has happened
};

inline constexpr std::array<std::string_view, 4> coverage_ids{"done", "paused", "booked", "untouched"};

/// "done", "paused", "booked", "untouched".
constexpr std::string_view id(Coverage coverage) {
  return coverage_ids[static_cast<std::size_t>(coverage)];
}

/// What happened at a client within the period of the pass.
struct CoverageFacts {
  bool has_complete = false;
  bool has_paused = false;
  bool has_draft = false;
  bool has_visit = false;
};

Coverage coverage_of(const CoverageFacts& facts);

}  // namespace anketa::programme
