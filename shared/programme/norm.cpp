#include "shared/programme/norm.hpp"

#include <algorithm>

namespace anketa::programme {

Share share_from(std::string_view id) {
  return id == "full" ? Share::Full : Share::Part;
}

std::string_view id(Share share) {
  return share == Share::Full ? "full" : "part";
}

int weekly_norm(Share share) {
  return Norms{}.of(share);
}

std::string_view id(Pace pace) {
  switch (pace) {
    case Pace::Behind:
      return "behind";
    case Pace::OnPace:
      return "on_pace";
    case Pace::Met:
      break;
  }
  return "met";
}

WeekNorm norm_of_week(int weekly, const Uuid& person, const WorkingDays& calendar, Day monday, Day today,
                      const Period& pass) {
  const Day first = std::max(monday, pass.from), last = std::min(monday + std::chrono::days(6), pass.until);
  WeekNorm week;
  week.monday = monday;
  week.days = calendar.count_present(person, first, last);
  const int counted = std::min(week.days, working_days_a_week);
  week.norm = (2 * weekly * counted + working_days_a_week) / (2 * working_days_a_week);
  if (today <= first || week.days == 0) return week;
  const int gone_by = calendar.count_present(person, first, std::min(today - std::chrono::days(1), last));
  week.due = week.norm * gone_by / week.days;
  return week;
}

int due_so_far(int norm, Day today) {
  return norm_of_week(norm, {}, {}, monday_of(today), today).due;
}

Pace pace_of(int done, const WeekNorm& norm) {
  if (done >= norm.norm) return Pace::Met;
  return done >= norm.due ? Pace::OnPace : Pace::Behind;
}

Pace pace_of(int done, int norm, Day today) {
  return pace_of(done, norm_of_week(norm, {}, {}, monday_of(today), today));
}

}  // namespace anketa::programme
