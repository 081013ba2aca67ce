#include "shared/programme/forecast.hpp"

#include <algorithm>

namespace anketa::programme {
namespace {

constexpr std::chrono::days one_day{1}, pace_period{28};
/// A forecast beyond that many working days is none.
constexpr int furthest = 1250;

/// Working days from one date to another, negative where it lies before.
int distance(Day from, Day to, const WorkingDays& calendar) {
  return to >= from ? calendar.count(from + one_day, to) : -calendar.count(to + one_day, from);
}

}  // namespace

Day pace_since(Day from, Day today) {
  return std::max(from, today - pace_period);
}

Forecast forecast(const PassProgress& progress, const WorkingDays& calendar) {
  Forecast result;
  result.remaining = std::max(0, progress.clients - progress.covered);
  const Day begin = pace_since(progress.from, progress.today);
  const int days = calendar.count(begin, progress.today - one_day);
  if (days > 0) result.pace_tenths = 10 * working_days_a_week * progress.covered_lately / days;
  if (const int left = calendar.count(progress.today, progress.until); left > 0)
    result.needed_tenths = (10 * working_days_a_week * result.remaining + left - 1) / left;
  if (result.remaining == 0) {
    result.finish = progress.today;
  } else if (days > 0 && progress.covered_lately > 0) {
    const int more = (result.remaining * days + progress.covered_lately - 1) / progress.covered_lately;
    if (more <= furthest) result.finish = calendar.after(std::max(progress.today, progress.from), more);
  }
  if (result.finish && result.remaining > 0) result.late_by = distance(progress.until, *result.finish, calendar);
  return result;
}

}  // namespace anketa::programme
