#include "shared/record/environment.hpp"

#include <chrono>
#include <cstdio>

#include "shared/problem/problem.hpp"

namespace anketa {
namespace {

std::chrono::year_month_day civil(std::int64_t milliseconds) {
  return std::chrono::floor<std::chrono::days>(
      std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(milliseconds)));
}

std::string date_text(const std::chrono::year_month_day& date) {
  char out[40];
  std::snprintf(out, sizeof out, "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()));
  return out;
}

[[noreturn]] void not_an_instant(std::string_view text) {
  throw ProblemError(ProblemCode::InvalidValue, {{"value", excerpt(text)}});
}

int digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') not_an_instant(text);
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

}  // namespace

std::string format_instant(Instant instant) {
  constexpr std::int64_t day = 86'400'000;
  const std::int64_t in_day = ((instant % day) + day) % day;
  char out[40];
  std::snprintf(out, sizeof out, "T%02d:%02d:%02d.%03dZ", static_cast<int>(in_day / 3'600'000),
                static_cast<int>(in_day / 60'000 % 60), static_cast<int>(in_day / 1000 % 60),
                static_cast<int>(in_day % 1000));
  return date_text(civil(instant)) + out;
}

Instant parse_instant(std::string_view text) {
  if (text.size() != 24 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
      text[19] != '.' || text[23] != 'Z')
    not_an_instant(text);
  const std::chrono::year_month_day date{std::chrono::year(digits(text, 0, 4)),
                                         std::chrono::month(static_cast<unsigned>(digits(text, 5, 2))),
                                         std::chrono::day(static_cast<unsigned>(digits(text, 8, 2)))};
  const int hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
  if (!date.ok() || hour > 23 || minute > 59 || second > 59) not_an_instant(text);
  const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  return ((days * 24 + hour) * 60 + minute) * 60'000 + second * 1000 + digits(text, 20, 3);
}

std::string format_date(Instant instant, int offset_minutes) {
  return date_text(civil(instant + std::int64_t{offset_minutes} * 60'000));
}

}  // namespace anketa
