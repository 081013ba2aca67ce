// The quality loop (R13-R18): which cases are open, and for how long.
//
// Only the client's own confirmation closes a case; a repair that service reports is not the end of it (R17).
// Thread safety: pure functions.
#pragma once

#include <array>
#include <string_view>

#include "shared/programme/calendar.hpp"

namespace anketa::programme {

/// Statuses of a case that is not finished, in the order of its way.
inline constexpr std::array<std::string_view, 5> open_case_statuses{"open", "in_work", "reported_fixed", "rep_called",
                                                                    "rejected"};

bool is_open_case(std::string_view status);

/// Age of what waits, in the groups people look at first.
enum class AgeGroup { Week, Fortnight, Month, Older };

inline constexpr std::array<std::string_view, 4> age_group_ids{"to_7", "to_14", "to_30", "older"};

/// "to_7", "to_14", "to_30", "older": days, the last one included.
constexpr std::string_view id(AgeGroup group) {
  return age_group_ids[static_cast<std::size_t>(group)];
}

/// Whole days from one date to another; 0 where it lies ahead.
int age_in_days(Day since, Day today);
AgeGroup age_group(int days);

}  // namespace anketa::programme
