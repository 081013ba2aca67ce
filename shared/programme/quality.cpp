#include "shared/programme/quality.hpp"

#include <algorithm>

namespace anketa::programme {

bool is_open_case(std::string_view status) {
  return std::find(open_case_statuses.begin(), open_case_statuses.end(), status) != open_case_statuses.end();
}

int age_in_days(Day since, Day today) {
  return std::max(0, static_cast<int>((today - since).count()));
}

AgeGroup age_group(int days) {
  if (days <= 7) return AgeGroup::Week;
  if (days <= 14) return AgeGroup::Fortnight;
  return days <= 30 ? AgeGroup::Month : AgeGroup::Older;
}

}  // namespace anketa::programme
