// Times of day and of the week, as the settings give them. Thread safety: pure functions.
#pragma once

#include <optional>
#include <string_view>

namespace anketa::server::mail {

/// "18:00" as minutes after midnight; nullopt for anything else.
std::optional<int> parse_time(std::string_view text);

struct WeekTime {
  /// 0 is Monday.
  int weekday = 0;
  int minutes = 0;
};
/// "mon 08:00".
std::optional<WeekTime> parse_week_time(std::string_view text);

}  // namespace anketa::server::mail
