#include "shared/programme/staffing.hpp"

#include <algorithm>

namespace anketa::programme {
namespace {

constexpr std::chrono::days one_day{1};
constexpr int days_a_month = 30, longest = 3660;

/// Meetings besides the questionnaire that the cadence asks for.
int besides(int months, int calendar_days) {
  return months <= 0 ? 0 : std::max(0, calendar_days / (months * days_a_month) - 1);
}

/// People of a weekly norm for so many meetings in so many working days.
std::optional<int> people(int meetings, int norm, int working_days) {
  if (meetings <= 0) return 0;
  const int each = norm * working_days;
  if (each <= 0) return std::nullopt;
  return (meetings * working_days_a_week + each - 1) / each;
}

}  // namespace

int meetings_of(const PassWork& work, int calendar_days) {
  return work.clients + work.key * besides(work.cadence.key_months, calendar_days) +
         work.top * besides(work.cadence.top_months, calendar_days);
}

PeopleNeeded people_needed(const PassWork& work, Day from, Day until, int full, const WorkingDays& calendar) {
  PeopleNeeded needed;
  const int days = std::max(0, static_cast<int>((until - from).count()) + 1);
  needed.meetings = meetings_of(work, days);
  needed.working_days = calendar.count(from, until);
  needed.full_only = people(needed.meetings, work.norms.full, needed.working_days);
  needed.part_only = people(needed.meetings, work.norms.part, needed.working_days);
  const int done = full * work.norms.full * needed.working_days / working_days_a_week;
  needed.part_besides = people(std::max(0, needed.meetings - done), work.norms.part, needed.working_days);
  return needed;
}

std::optional<LengthNeeded> length_needed(const PassWork& work, Day from, const Team& team,
                                          const WorkingDays& calendar) {
  const int weekly = team.full * work.norms.full + team.part * work.norms.part;
  if (weekly <= 0) return std::nullopt;
  LengthNeeded length;
  length.finish = from - one_day;
  for (int days = 0; days <= longest; ++days) {
    length.meetings = meetings_of(work, days);
    if (length.working_days * weekly >= length.meetings * working_days_a_week) return length;
    length.finish += one_day;
    if (calendar.is_working(length.finish)) ++length.working_days;
  }
  return std::nullopt;
}

}  // namespace anketa::programme
