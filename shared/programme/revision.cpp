#include "shared/programme/revision.hpp"

namespace anketa::programme {

namespace chrono = std::chrono;

Day revision_due(Day revised_on) {
  const auto due = chrono::year_month_day(revised_on) + chrono::months(revision_months);
  if (due.ok()) return Day(due);
  return Day(due.year() / due.month() / chrono::last);
}

RevisionState revision_state(std::optional<Day> revised_on, Day today) {
  if (!revised_on) return RevisionState::Never;
  const auto due = revision_due(*revised_on);
  if (today > due) return RevisionState::Overdue;
  return due - today <= chrono::days(revision_notice_days) ? RevisionState::Due : RevisionState::Current;
}

}  // namespace anketa::programme
