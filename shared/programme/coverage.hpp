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
  Called,     ///< somebody has called, and no meeting has come of it yet
  Untouched,  ///< nothing has happened
};

inline constexpr std::array<std::string_view, 5> coverage_ids{"done", "paused", "booked", "called", "untouched"};

/// "done", "paused", "booked", "called", "untouched".
constexpr std::string_view id(Coverage coverage) {
  return coverage_ids[static_cast<std::size_t>(coverage)];
}

/// What happened at a client within the period of the pass.
struct CoverageFacts {
  bool has_complete = false;
  bool has_paused = false;
  bool has_draft = false;
  bool has_visit = false;
  bool has_call = false;
};

Coverage coverage_of(const CoverageFacts& facts);

/// Whether the meeting has taken place: done or paused (R7).
constexpr bool is_covered(Coverage coverage) {
  return coverage == Coverage::Done || coverage == Coverage::Paused;
}

}  // namespace anketa::programme
