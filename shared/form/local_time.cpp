#include "shared/form/local_time.hpp"

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>

#include "shared/text/text.hpp"

namespace anketa::form {
namespace {

constexpr double milliseconds_a_day = 86400000.0;

/// Takes digits from the front of a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool at_end() const { return text_.empty(); }
  bool take(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  /// Exactly `count` digits.
  bool digits(std::size_t count, int& into) {
    if (text_.size() < count) return false;
    int number = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (text_[i] < '0' || text_[i] > '9') return false;
      number = number * 10 + (text_[i] - '0');
    }
    text_.remove_prefix(count);
    into = number;
    return true;
  }
  /// Fraction digits after a point, as milliseconds.
  void fraction(int& milliseconds) {
    int scale = 100;
    milliseconds = 0;
    while (!text_.empty() && text_.front() >= '0' && text_.front() <= '9') {
      milliseconds += (text_.front() - '0') * scale;
      scale /= 10;
      text_.remove_prefix(1);
    }
  }

 private:
  std::string_view text_;
};

bool read_date(Scanner& in, DateTimeParts& parts) {
  if (!in.digits(4, parts.year) || !in.take('-') || !in.digits(2, parts.month) || !in.take('-') ||
      !in.digits(2, parts.day))
    return false;
  const std::chrono::year_month_day date{std::chrono::year{parts.year},
                                         std::chrono::month{static_cast<unsigned>(parts.month)},
                                         std::chrono::day{static_cast<unsigned>(parts.day)}};
  parts.has_date = true;
  return parts.year >= 1 && date.ok();
}

bool read_offset(Scanner& in, DateTimeParts& parts) {
  if (in.take('Z')) {
    parts.offset = 0;
    return true;
  }
  const bool east = in.take('+');
  if (!east && !in.take('-')) return true;
  int hours = 0;
  int minutes = 0;
  if (!in.digits(2, hours)) return false;
  if (in.take(':') || !in.at_end()) {
    if (!in.digits(2, minutes)) return false;
  }
  if (hours > 18 || minutes > 59) return false;
  parts.offset = (east ? 1 : -1) * (hours * 60 + minutes);
  return true;
}

bool read_time(Scanner& in, DateTimeParts& parts) {
  if (!in.digits(2, parts.hour) || !in.take(':') || !in.digits(2, parts.minute)) return false;
  if (in.take(':')) {
    if (!in.digits(2, parts.second)) return false;
    if (in.take('.') || in.take(',')) in.fraction(parts.millisecond);
  }
  parts.has_time = true;
  return parts.hour < 24 && parts.minute < 60 && parts.second < 60 && read_offset(in, parts);
}

std::int64_t day_number(const DateTimeParts& parts) {
  const std::chrono::sys_days days =
      std::chrono::year{parts.year} / static_cast<int>(parts.month) / static_cast<int>(parts.day);
  return days.time_since_epoch().count();
}

DateTimeParts from_milliseconds(std::int64_t local) {
  const auto day = static_cast<std::int64_t>(std::floor(static_cast<double>(local) / milliseconds_a_day));
  auto rest = local - day * 86400000;
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  DateTimeParts parts;
  parts.year = static_cast<int>(date.year());
  parts.month = static_cast<int>(static_cast<unsigned>(date.month()));
  parts.day = static_cast<int>(static_cast<unsigned>(date.day()));
  parts.millisecond = static_cast<int>(rest % 1000);
  rest /= 1000;
  parts.second = static_cast<int>(rest % 60);
  parts.minute = static_cast<int>(rest / 60 % 60);
  parts.hour = static_cast<int>(rest / 3600);
  parts.has_date = parts.has_time = true;
  return parts;
}

DateTimeParts local_parts(const LocalTime& time) {
  auto parts = from_milliseconds(time.instant + std::int64_t{time.offset_minutes} * 60000);
  parts.offset = time.offset_minutes;
  return parts;
}

template <typename... Numbers>
std::string printed(const char* pattern, Numbers... numbers) {
  std::array<char, 64> buffer{};
  const int length = std::snprintf(buffer.data(), buffer.size(), pattern, numbers...);
  return std::string(buffer.data(), static_cast<std::size_t>(length));
}

int iso_week(const DateTimeParts& parts) {
  const auto day = day_number(parts);
  const auto weekday = ((day + 3) % 7 + 7) % 7;  // 1970-01-01 was a Thursday; Monday is 0
  const auto thursday = day - weekday + 3;
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{thursday}}};
  const std::chrono::sys_days new_year = date.year() / 1 / 1;
  return static_cast<int>((thursday - new_year.time_since_epoch().count()) / 7) + 1;
}

std::string formatted(const DateTimeParts& parts, char directive, text::Language language) {
  const auto weekday = ((day_number(parts) + 4) % 7 + 7) % 7;  // Sunday is 0
  switch (directive) {
    case 'Y':
      return printed("%04d", parts.year);
    case 'y':
      return printed("%02d", parts.year % 100);
    case 'm':
      return printed("%02d", parts.month);
    case 'n':
      return printed("%d", parts.month);
    case 'b':
      return text::get(language, "form.month." + std::to_string(parts.month));
    case 'd':
      return printed("%02d", parts.day);
    case 'e':
      return printed("%d", parts.day);
    case 'a':
      return text::get(language, "form.weekday." + std::to_string(weekday));
    case 'W':
      return printed("%02d", iso_week(parts));
    case 'H':
      return printed("%02d", parts.hour);
    case 'h':
      return printed("%d", parts.hour);
    case 'M':
      return printed("%02d", parts.minute);
    case 'S':
      return printed("%02d", parts.second);
    case '3':
      return printed("%03d", parts.millisecond);
    case '%':
      return "%";
    default:
      return std::string{'%', directive};
  }
}

}  // namespace

std::string date_text(const LocalTime& time) {
  return date_text(local_parts(time));
}

std::string date_time_text(const LocalTime& time) {
  return date_time_text(local_parts(time), time.offset_minutes);
}

std::optional<DateTimeParts> parse_date_time(std::string_view text) {
  DateTimeParts parts;
  Scanner in(text);
  if (text.size() > 2 && text[2] == ':') {
    if (!read_time(in, parts) || !in.at_end()) return std::nullopt;
    return parts;
  }
  if (!read_date(in, parts)) return std::nullopt;
  if (in.at_end()) return parts;
  if ((!in.take('T') && !in.take(' ')) || !read_time(in, parts) || !in.at_end()) return std::nullopt;
  return parts;
}

double days_since_epoch(const DateTimeParts& parts, int offset_minutes) {
  const auto day = parts.has_date ? static_cast<double>(day_number(parts)) : 0.0;
  if (!parts.has_time) return day;
  const double shift = parts.offset ? offset_minutes - *parts.offset : 0;
  const double time = ((parts.hour * 60.0 + parts.minute + shift) * 60 + parts.second) * 1000 + parts.millisecond;
  return day + time / milliseconds_a_day;
}

std::optional<DateTimeParts> parts_of_days(double days) {
  // The years 1 to 9999, whose texts have four digits.
  if (!(days >= -719162 && days < 2932897)) return std::nullopt;
  return from_milliseconds(std::llround(days * milliseconds_a_day));
}

std::string date_text(const DateTimeParts& parts) {
  return printed("%04d-%02d-%02d", parts.year, parts.month, parts.day);
}

std::string time_text(const DateTimeParts& parts) {
  if (parts.second == 0 && parts.millisecond == 0) return printed("%02d:%02d", parts.hour, parts.minute);
  return printed("%02d:%02d:%02d", parts.hour, parts.minute, parts.second);
}

std::string date_time_text(const DateTimeParts& parts, int offset_minutes) {
  const int offset = parts.offset.value_or(offset_minutes);
  const int size = offset < 0 ? -offset : offset;
  return date_text(parts) + printed("T%02d:%02d:%02d.%03d%c%02d:%02d", parts.hour, parts.minute, parts.second,
                                    parts.millisecond, offset < 0 ? '-' : '+', size / 60, size % 60);
}

std::string format_parts(const DateTimeParts& parts, std::string_view pattern, std::string_view language) {
  const auto names = text::from_code(language);
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '%' && i + 1 < pattern.size()) {
      out += formatted(parts, pattern[++i], names);
    } else {
      out += pattern[i];
    }
  }
  return out;
}

}  // namespace anketa::form
