#include "shared/programme/cadence.hpp"

#include <algorithm>

namespace anketa::programme {

int Cadence::months_of(std::string_view key_status) const {
  if (key_status == "top") return top_months;
  return key_status == "key" ? key_months : ordinary_months;
}

std::string_view id(Due due) {
  switch (due) {
    case Due::Later:
      return "later";
    case Due::Soon:
      return "soon";
    case Due::Overdue:
      break;
  }
  return "overdue";
}

Day add_months(Day day, int months) {
  const std::chrono::year_month_day date(day);
  const auto month = date.year() / date.month() + std::chrono::months(months);
  const auto last = std::chrono::year_month_day_last(month.year(), std::chrono::month_day_last(month.month())).day();
  return Day(month / std::min(date.day(), last));
}

std::optional<NextMeeting> next_meeting(std::optional<Day> last, int months, const PassDays& pass, Day today,
                                        int soon_days) {
  if (months <= 0) return std::nullopt;
  NextMeeting next;
  next.due_on = last ? add_months(*last, months) : std::min(add_months(pass.from, months), pass.until);
  next.days = static_cast<int>((next.due_on - today).count());
  next.due = next.days < 0 ? Due::Overdue : next.days <= soon_days ? Due::Soon : Due::Later;
  return next;
}

}  // namespace anketa::programme
