#include "shared/programme/working_days.hpp"

#include <algorithm>

namespace anketa::programme {
namespace {

constexpr std::chrono::days one_day{1};
/// How far ahead a working day is looked for, should a calendar have none.
constexpr std::chrono::days horizon{3660};

}  // namespace

void WorkingDays::add_absence(const Uuid& person, Day from, Day until) {
  if (from <= until) absences_[person].push_back({from, until});
}

bool WorkingDays::is_working(Day day) const {
  if (worked_.contains(day)) return true;
  const std::chrono::weekday weekday(day);
  return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday && !off_.contains(day);
}

bool WorkingDays::is_present(const Uuid& person, Day day) const {
  if (!is_working(day)) return false;
  const auto found = absences_.find(person);
  return found == absences_.end() || std::none_of(found->second.begin(), found->second.end(), [day](const Span& span) {
           return span.from <= day && day <= span.until;
         });
}

int WorkingDays::count(Day from, Day until) const {
  int days = 0;
  for (Day day = from; day <= until; day += one_day) days += is_working(day) ? 1 : 0;
  return days;
}

int WorkingDays::count_present(const Uuid& person, Day from, Day until) const {
  int days = 0;
  for (Day day = from; day <= until; day += one_day) days += is_present(person, day) ? 1 : 0;
  return days;
}

Day WorkingDays::after(Day from, int days) const {
  Day day = from - one_day;
  for (int gone = 0; gone < days && day < from + horizon;) {
    day += one_day;
    if (is_working(day)) ++gone;
  }
  return day;
}

}  // namespace anketa::programme
