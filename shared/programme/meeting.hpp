// Personal meetings with a client: relations renewed (R1), and what is new in our range since the last one (R19).
//
// Thread safety: pure functions.
#pragma once

#include <optional>
#include <vector>

#include "shared/programme/calendar.hpp"

namespace anketa::programme {

/// A relation rests when nobody of us has met the client in person for so long.
inline constexpr int relation_rests_days = 180;

/// Whether the meetings of a period renewed the relation: there is one in [since, until], and before the first such one
/// there was none for relation_rests_days. `meetings` in any order.
bool is_relation_renewed(std::vector<Day> meetings, Day since, Day until);

/// When a service of ours is on offer.
struct RangeDates {
  Day since{};
  std::optional<Day> until;
};

/// Whether a service is news for a client last met in person on that day: we have it today and did not on the day of
/// that meeting. Never met: what we have had for less than a year.
bool is_new_in_range(const RangeDates& item, std::optional<Day> last_meeting, Day today);

}  // namespace anketa::programme
