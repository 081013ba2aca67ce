#include "shared/programme/icalendar.hpp"

#include <algorithm>

namespace anketa::programme {
namespace {

constexpr std::size_t longest_line = 75;
constexpr Instant minute = 60'000;

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

class File {
 public:
  void line(std::string_view text) { out_ += icalendar_line(text); }
  void value(std::string_view name, std::string_view text) {
    if (!text.empty()) line(std::string(name) + ':' + icalendar_text(text));
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

void add(File& file, const CalendarEvent& event, Instant stamp) {
  file.line("BEGIN:VEVENT");
  file.value("UID", event.uid);
  file.line("DTSTAMP:" + icalendar_time(stamp));
  file.line("SEQUENCE:" + std::to_string(event.sequence));
  file.line("DTSTART:" + icalendar_time(event.start));
  file.line("DTEND:" + icalendar_time(event.start + std::max(event.minutes, 1) * minute));
  file.value("SUMMARY", event.summary);
  file.value("LOCATION", event.location);
  file.value("DESCRIPTION", event.description);
  file.line(event.cancelled ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
  file.line("END:VEVENT");
}

}  // namespace

std::string icalendar(std::string_view name, const std::vector<CalendarEvent>& events, Instant stamp) {
  File file;
  file.line("BEGIN:VCALENDAR");
  file.line("VERSION:2.0");
  file.line("PRODID:-//Anketa//Visits//RU");
  file.line("CALSCALE:GREGORIAN");
  file.line("METHOD:PUBLISH");
  file.value("X-WR-CALNAME", name);
  // RFC 7986 and what came before it: how often a subscriber is to look again.
  file.line("REFRESH-INTERVAL;VALUE=DURATION:PT1H");
  file.line("X-PUBLISHED-TTL:PT1H");
  for (const auto& event : events) add(file, event, stamp);
  file.line("END:VCALENDAR");
  return file.take();
}

std::string icalendar_time(Instant at) {
  // "2025-06-10T09:30:00.000Z" without its separators and parts of a second.
  std::string text;
  for (const char c : format_instant(at)) {
    if (c == '.') break;
    if (c != '-' && c != ':' && c != 'Z') text += c;
  }
  return text + 'Z';
}

std::string icalendar_text(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\' || c == ';' || c == ',') {
      out += {'\\', c};
    } else if (c == '\n' || (c == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'))) {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) {
      out += c;
    }
  }
  return out;
}

std::string icalendar_line(std::string_view line) {
  std::string out;
  std::size_t room = longest_line;
  while (line.size() > room) {
    auto end = room;
    while (end > 0 && continues_character(line[end])) --end;
    // Broken UTF-8 has no place to break at; then any will do.
    if (end == 0) end = room;
    out.append(line.substr(0, end)).append("\r\n ");
    line.remove_prefix(end);
    // The space that marks the continuation counts.
    room = longest_line - 1;
  }
  return out.append(line).append("\r\n");
}

}  // namespace anketa::programme
