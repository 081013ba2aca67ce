#include "shared/programme/register.hpp"

#include <algorithm>
#include <tuple>

#include "shared/text/search.hpp"

namespace anketa::programme {
namespace {

bool status_fits(const std::string& wanted, const RegisterCase& row) {
  if (wanted == "open") return row.is_open();
  if (wanted == "closed") return !row.is_open();
  if (wanted == "overdue") return row.overdue > 0;
  if (wanted == "service" || wanted == "rep") return id(row.turn) == wanted;
  return row.dates.status == (wanted == "new" ? open_case_statuses.front() : std::string_view(wanted));
}

/// Whether every word asked for begins a word of the text.
bool has_words(const std::string& text, const std::string& wanted) {
  const auto words = " " + text::normalise(text);
  const auto asked = text::query_prefixes(wanted);
  return std::all_of(asked.begin(), asked.end(),
                     [&](const std::string& prefix) { return words.find(" " + prefix) != std::string::npos; });
}

}  // namespace

void reckon(RegisterCase& row, const DueDays& days, Day today) {
  row.turn = turn_of(row.dates.status);
  row.due = due_on(row.dates, days);
  row.overdue = overdue_days(row.dates, days, today);
  row.age = age_of(row.dates, today);
}

bool takes(const RegisterFilter& filter, const RegisterCase& row) {
  if (filter.status && !status_fits(*filter.status, row)) return false;
  if (filter.severity && row.dates.severity != *filter.severity) return false;
  if (filter.age && (!row.age || age_group(*row.age) != *filter.age)) return false;
  if (filter.rep && row.rep != *filter.rep) return false;
  if (filter.client && row.client != *filter.client) return false;
  return has_words(row.cause, filter.cause) && has_words(row.place, filter.place) &&
         has_words(row.company, filter.company);
}

bool comes_first(const RegisterCase& a, const RegisterCase& b) {
  const auto key = [](const RegisterCase& row) {
    return std::tuple(!row.is_open(), -row.overdue, row.due.value_or(Day::max()), severity_rank(row.dates.severity),
                      row.dates.opened_on.value_or(Day::max()), row.id);
  };
  return key(a) < key(b);
}

RegisterTotals totals(const std::vector<RegisterCase>& rows) {
  RegisterTotals sums;
  std::vector<int> days;
  for (const auto& row : rows) {
    ++sums.cases;
    ++(row.is_open() ? sums.open : sums.closed);
    if (row.overdue > 0) ++sums.overdue;
    if (row.reopenings > 0) ++sums.reopened;
    sums.reopenings += row.reopenings;
    ++sums.by_status[row.dates.status];
    if (!row.dates.severity.empty()) ++sums.by_severity[row.dates.severity];
    if (row.is_open() && row.age) ++sums.by_age[static_cast<std::size_t>(age_group(*row.age))];
    if (!row.is_open() && row.age) days.push_back(*row.age);
  }
  if (days.empty()) return sums;
  const auto middle = days.begin() + static_cast<std::ptrdiff_t>((days.size() - 1) / 2);
  std::nth_element(days.begin(), middle, days.end());
  sums.median_days_to_close = *middle;
  return sums;
}

BottleneckCase bottleneck_case(const RegisterCase& row) {
  return {row.id,         row.client,         row.cause,
          row.place,      row.dates.severity, row.is_open(),
          row.reopenings, row.fix_cost,       row.extra_profit_month};
}

}  // namespace anketa::programme
