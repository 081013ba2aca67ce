// Calendar dates and local times of the form language, computed from given values only: nothing here reads a clock.
//
// Dates are text in ISO 8601 ("2025-06-10"), times "09:30" or "09:30:15", date-times "2025-06-10T09:30:00.000+03:00".
// As a number a date counts days since 1970-01-01, and a date-time is that with the time of day as its fraction, on the
// wall clock of the session's offset (so that int(now()) is today, as in ODK Collect).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace anketa::form {

/// A moment and the offset of the place where the form is filled in.
struct LocalTime {
  /// Milliseconds since 1970-01-01T00:00:00Z.
  std::int64_t instant = 0;
  /// Minutes east of UTC; Moscow is 180.
  int offset_minutes = 0;

  friend bool operator==(const LocalTime& a, const LocalTime& b) {
    return a.instant == b.instant && a.offset_minutes == b.offset_minutes;
  }
};

/// "2025-06-10": the local calendar date.
std::string date_text(const LocalTime& time);
/// "2025-06-10T09:30:00.000+03:00", as ODK writes now().
std::string date_time_text(const LocalTime& time);

/// A broken-down date-time as the format functions need it.
struct DateTimeParts {
  int year = 1970, month = 1, day = 1;
  int hour = 0, minute = 0, second = 0, millisecond = 0;
  /// Minutes east of UTC where the text named an offset.
  std::optional<int> offset;
  bool has_date = false, has_time = false;
};

/// Reads a date, a time or a date-time; nullopt for anything else, including days that do not exist ("2025-02-30").
std::optional<DateTimeParts> parse_date_time(std::string_view text);

/// Days since 1970-01-01 with the time of day as fraction, on the wall clock at `offset_minutes`.
double days_since_epoch(const DateTimeParts& parts, int offset_minutes);
/// The inverse, to the millisecond. Numbers beyond the years 1 to 9999 give nullopt.
std::optional<DateTimeParts> parts_of_days(double days);

std::string date_text(const DateTimeParts& parts);
std::string time_text(const DateTimeParts& parts);
/// With the offset of the parts, or else the given one.
std::string date_time_text(const DateTimeParts& parts, int offset_minutes);

/// strftime in the dialect of ODK's format-date and format-date-time: %Y %y %m %n %b %d %e %a %H %h %M %S %3 %W.
/// Short names of months and days come in the language ("ru", "en").
std::string format_parts(const DateTimeParts& parts, std::string_view pattern, std::string_view language);

}  // namespace anketa::form
