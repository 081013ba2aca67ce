// How often a client is met: everybody yearly with a questionnaire, key clients quarterly, the most valuable monthly
// (R20).
//
// Thread safety: pure functions.
#pragma once

#include <optional>
#include <string_view>

#include "shared/programme/calendar.hpp"

namespace anketa::programme {

/// Months between two meetings. 0 or less asks for none.
struct Cadence {
  int ordinary_months = 12;
  int key_months = 3;
  int top_months = 1;

  /// By key_status: "top", "key", anything else is ordinary.
  int months_of(std::string_view key_status) const;
};

enum class Due { Later, Soon, Overdue };

/// "later", "soon", "overdue".
std::string_view id(Due due);

struct NextMeeting {
  Day due_on{};
  Due due = Due::Later;
  /// From today to due_on; negative: overdue for so long.
  int days = 0;
};

/// So many calendar months on; the last day of the month where it has no such day.
Day add_months(Day day, int months);

/// A pass over all clients, its first and last day.
struct PassDays {
  Day from{}, until{};
};

/// nullopt where no cadence is asked for. `last`: the last meeting; who has never been met is to be met so many months
/// from the beginning of the pass, and within the pass. What is due within `soon_days` is "soon".
std::optional<NextMeeting> next_meeting(std::optional<Day> last, int months, const PassDays& pass, Day today,
                                        int soon_days = 14);

}  // namespace anketa::programme
