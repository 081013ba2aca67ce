#include "sync-server/mail/message/times.hpp"

#include <array>

namespace anketa::server::mail {
namespace {

constexpr std::array<std::string_view, 7> weekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr int minutes_of_day = 24 * 60;

std::optional<int> two_digits(std::string_view text) {
  if (text.size() != 2 || text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9') return std::nullopt;
  return (text[0] - '0') * 10 + (text[1] - '0');
}

}  // namespace

std::optional<int> parse_time(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = two_digits(text.substr(0, 2)), minute = two_digits(text.substr(3));
  if (!hour || !minute || *minute >= 60 || *hour * 60 + *minute >= minutes_of_day) return std::nullopt;
  return *hour * 60 + *minute;
}

std::optional<WeekTime> parse_week_time(std::string_view text) {
  const auto space = text.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const auto time = parse_time(text.substr(space + 1));
  for (std::size_t i = 0; i < weekdays.size(); ++i)
    if (time && weekdays[i] == text.substr(0, space)) return WeekTime{static_cast<int>(i), *time};
  return std::nullopt;
}

}  // namespace anketa::server::mail
