#include "sync-server/reports/tally.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "shared/programme/calendar.hpp"

namespace anketa::server::reports {
namespace {

constexpr int most_bins = 10;
constexpr double longest_scale = 20;
/// A hundred years of months; a date further off is a slip of the pen.
constexpr int most_months = 1200;

/// The least of 1, 2, 5, 10, 20 … that cuts a width into at most `most_bins` parts.
double round_step(double width) {
  double unit = 1;
  while (unit * 10 * most_bins <= width) unit *= 10;
  for (const double factor : {1.0, 2.0, 5.0})
    if (unit * factor * most_bins > width) return unit * factor;
  return unit * 10;
}

/// Two decimals are plenty for a mean and keep JSON short.
double rounded(double number) {
  return std::round(number * 100) / 100;
}

int month_of(double days) {
  const std::chrono::year_month_day date{programme::Day(std::chrono::days(static_cast<int>(days)))};
  return static_cast<int>(date.year()) * 12 + static_cast<int>(static_cast<unsigned>(date.month())) - 1;
}

std::string month_text(int month) {
  const programme::Day first{std::chrono::year(month / 12) / std::chrono::month(static_cast<unsigned>(month % 12) + 1) /
                             1};
  return programme::day_text(first).substr(0, 7);
}

}  // namespace

void Tally::add_choice(int choice) {
  if (choice < 0) return;
  const auto place = static_cast<std::size_t>(choice);
  if (choices.size() <= place) choices.resize(place + 1);
  ++choices[place];
}

std::string_view id(ResultKind kind) {
  constexpr std::array<std::string_view, 8> ids{"choice", "choices", "scale", "number",
                                                "money",  "date",    "text",  "count"};
  return ids[static_cast<std::size_t>(kind)];
}

ResultKind result_kind(const form::Row& row) {
  switch (row.type) {
    case form::RowType::SelectOne:
      return row.choice_repeat == form::no_row ? ResultKind::Choice : ResultKind::Count;
    case form::RowType::SelectMultiple:
      return row.choice_repeat == form::no_row ? ResultKind::Choices : ResultKind::Count;
    case form::RowType::Range:
      return row.range.step == 1 && row.range.end - row.range.start <= longest_scale ? ResultKind::Scale
                                                                                     : ResultKind::Number;
    case form::RowType::Integer:
    case form::RowType::Decimal:
      return row.appearance.find("money") == std::string::npos ? ResultKind::Number : ResultKind::Money;
    case form::RowType::Date:
      return ResultKind::Date;
    case form::RowType::Text:
      return ResultKind::Text;
    default:
      return ResultKind::Count;
  }
}

Json statistics(std::vector<double> numbers) {
  if (numbers.empty()) return nullptr;
  std::sort(numbers.begin(), numbers.end());
  const auto middle = numbers.size() / 2;
  const double median = numbers.size() % 2 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
  const double sum = std::accumulate(numbers.begin(), numbers.end(), 0.0);
  return {{"min", numbers.front()},
          {"max", numbers.back()},
          {"mean", rounded(sum / static_cast<double>(numbers.size()))},
          {"median", rounded(median)}};
}

Json bins(const std::vector<double>& numbers) {
  Json json = Json::array();
  if (numbers.empty()) return json;
  const auto [least, most] = std::minmax_element(numbers.begin(), numbers.end());
  const double step = round_step(*most - *least);
  const double first = std::floor(*least / step) * step;
  std::vector<int> counts(static_cast<std::size_t>((*most - first) / step) + 1);
  for (const double number : numbers) ++counts[static_cast<std::size_t>((number - first) / step)];
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double from = first + step * static_cast<double>(i);
    json.push_back({{"from", from}, {"to", from + step}, {"count", counts[i]}});
  }
  return json;
}

Json scale_counts(const std::vector<double>& numbers, const form::RangeBounds& range) {
  const int start = static_cast<int>(range.start), end = static_cast<int>(range.end);
  std::vector<int> counts(static_cast<std::size_t>(end - start) + 1);
  for (const double number : numbers)
    if (number >= start && number <= end) ++counts[static_cast<std::size_t>(number - start)];
  Json json = Json::array();
  for (std::size_t i = 0; i < counts.size(); ++i)
    json.push_back({{"value", start + static_cast<int>(i)}, {"count", counts[i]}});
  return json;
}

Json month_counts(const std::vector<double>& days) {
  Json json = Json::array();
  if (days.empty()) return json;
  const auto [least, most] = std::minmax_element(days.begin(), days.end());
  const int first = month_of(*least), last = std::min(month_of(*most), first + most_months);
  std::vector<int> counts(static_cast<std::size_t>(last - first) + 1);
  for (const double day : days)
    if (const auto place = static_cast<std::size_t>(month_of(day) - first); place < counts.size()) ++counts[place];
  for (std::size_t i = 0; i < counts.size(); ++i)
    json.push_back({{"month", month_text(first + static_cast<int>(i))}, {"count", counts[i]}});
  return json;
}

}  // namespace anketa::server::reports
