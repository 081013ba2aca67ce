// Calendar dates and ISO weeks, by which the programme counts (R8).
//
// Thread safety: pure functions. Time zones are not known here: who has an instant turns it into a local date first.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace anketa::programme {

/// A calendar date, as days since 1970-01-01.
using Day = std::chrono::sys_days;

/// The date of "2025-06-10"; nullopt for any other text and for days that do not exist.
std::optional<Day> parse_day(std::string_view text);
/// "2025-06-10".
std::string day_text(Day day);

/// A week by ISO 8601: Monday to Sunday; it belongs to the year its Thursday lies in.
struct IsoWeek {
  int year = 1970;
  /// 1 to 53.
  int week = 1;

  friend bool operator==(const IsoWeek& a, const IsoWeek& b) { return a.year == b.year && a.week == b.week; }
};

IsoWeek iso_week(Day day);
/// "2025-W24".
std::string week_text(const IsoWeek& week);
/// The Monday of the week a day lies in.
Day monday_of(Day day);

}  // namespace anketa::programme
