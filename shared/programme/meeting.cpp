#include "shared/programme/meeting.hpp"

#include <algorithm>

namespace anketa::programme {

using std::chrono::days;

bool is_relation_renewed(std::vector<Day> meetings, Day since, Day until) {
  std::sort(meetings.begin(), meetings.end());
  const auto first = std::lower_bound(meetings.begin(), meetings.end(), since);
  if (first == meetings.end() || *first > until) return false;
  return first == meetings.begin() || *first - *std::prev(first) >= days(relation_rests_days);
}

bool is_new_in_range(const RangeDates& item, std::optional<Day> last_meeting, Day today) {
  if (item.since > today || (item.until && *item.until < today)) return false;
  return item.since > last_meeting.value_or(today - days(365));
}

}  // namespace anketa::programme
