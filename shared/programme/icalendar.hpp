// Visits as an iCalendar file (RFC 5545), for the calendar of a phone (R9).
//
// Model: times are written in UTC, which every calendar shows in its own zone, so no VTIMEZONE is needed. An event's
// UID never changes and its SEQUENCE rises with every change of the visit, so that a calendar which reads the file
// again moves the event instead of adding another; a cancelled visit stays, as cancelled.
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/record/environment.hpp"

namespace anketa::programme {

struct CalendarEvent {
  /// The same for ever: "<visit's id>@anketa".
  std::string uid;
  std::uint64_t sequence = 0;
  Instant start = 0;
  int minutes = 60;
  std::string summary;
  /// Empty: left out.
  std::string location, description;
  bool cancelled = false;
};

/// The whole file, lines ended by CRLF and folded. `stamp`: when it is made.
std::string icalendar(std::string_view name, const std::vector<CalendarEvent>& events, Instant stamp);

/// "20250610T093000Z".
std::string icalendar_time(Instant at);
/// A text value with its backslashes, semicolons, commas and line ends escaped; other control characters go.
std::string icalendar_text(std::string_view text);
/// One content line with its end, folded so that no line has more than 75 octets, never inside a character.
std::string icalendar_line(std::string_view line);

}  // namespace anketa::programme
