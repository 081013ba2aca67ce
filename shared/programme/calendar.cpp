#include "shared/programme/calendar.hpp"

#include <cstdio>

namespace anketa::programme {
namespace {

namespace chrono = std::chrono;

/// The digits of a text as a number, or nullopt.
std::optional<int> digits(std::string_view text) {
  int number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

}  // namespace

std::optional<Day> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4)), month = digits(text.substr(5, 2)), day = digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const chrono::year_month_day date{chrono::year(*year), chrono::month(static_cast<unsigned>(*month)),
                                    chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return Day(date);
}

std::string day_text(Day day) {
  const chrono::year_month_day date(day);
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()));
  return text;
}

Day monday_of(Day day) {
  return day - (chrono::weekday(day) - chrono::Monday);
}

IsoWeek iso_week(Day day) {
  const Day thursday = monday_of(day) + chrono::days(3);
  const chrono::year year = chrono::year_month_day(thursday).year();
  const Day first{year / chrono::January / 1};
  return {static_cast<int>(year), static_cast<int>((thursday - first).count()) / 7 + 1};
}

std::string week_text(const IsoWeek& week) {
  char text[16];
  std::snprintf(text, sizeof text, "%04d-W%02d", week.year, week.week);
  return text;
}

}  // namespace anketa::programme
