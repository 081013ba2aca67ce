// iCalendar as RFC 5545 has it (R9).
#include "shared/programme/icalendar.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace anketa;
using namespace anketa::programme;

namespace {

constexpr Instant ten_june = 1'749'547'800'000;  // 2025-06-10T09:30:00Z

/// Lines unfolded as section 3.1 says.
std::vector<std::string> unfolded(std::string text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = text.find("\r\n", at);
    REQUIRE(end != std::string::npos);
    REQUIRE(end - at <= 75);
    const auto line = text.substr(at, end - at);
    if (line.starts_with(' ') && !lines.empty())
      lines.back() += line.substr(1);
    else
      lines.push_back(line);
    at = end + 2;
  }
  return lines;
}

}  // namespace

TEST_CASE("Times are UTC in the basic form") {
  CHECK(icalendar_time(ten_june) == "20250610T093000Z");
  CHECK(icalendar_time(ten_june + 999) == "20250610T093000Z");
}

TEST_CASE("Backslashes, semicolons, commas and line ends are escaped; control characters go") {
  CHECK(icalendar_text("a,b;c\\d\ne\r\nf\rg") == "a\\,b\\;c\\\\d\\ne\\nf\\ng");
  CHECK(icalendar_text("BEGIN:VEVENT\x01\x7f") == "BEGIN:VEVENT");
  CHECK(icalendar_text("ООО «Щит»: 10:00") == "ООО «Щит»: 10:00");
}

TEST_CASE("Lines are folded at 75 octets, never inside a character") {
  CHECK(icalendar_line(std::string(75, 'x')) == std::string(75, 'x') + "\r\n");
  CHECK(icalendar_line(std::string(76, 'x')) == std::string(75, 'x') + "\r\n x\r\n");
  std::string russian = "SUMMARY:";
  for (int i = 0; i < 120; ++i) russian += "щ";
  const auto folded = icalendar_line(russian);
  const auto lines = unfolded(folded);
  REQUIRE(lines.size() == 1);
  CHECK(lines[0] == russian);
  for (std::size_t at = folded.find("\r\n "); at != std::string::npos; at = folded.find("\r\n ", at + 1))
    CHECK((static_cast<unsigned char>(folded[at + 3]) & 0xC0) != 0x80);
}

TEST_CASE("Broken UTF-8 is folded all the same") {
  CHECK(unfolded(icalendar_line(std::string(400, '\x80'))).size() == 1);
}

TEST_CASE("A file of visits: what RFC 5545 requires of it, a stable UID, a SEQUENCE, and a cancelled visit as such") {
  CalendarEvent visit{"id@anketa", 3, ten_june, 90, "Встреча: «Щит»", "Тверь, ул. Мира, 1", "", false};
  auto cancelled = visit;
  cancelled.uid = "other@anketa";
  cancelled.minutes = 0;
  cancelled.cancelled = true;
  const auto lines = unfolded(icalendar("Анкета", {visit, cancelled}, ten_june));
  const std::vector<std::string> expected{"BEGIN:VCALENDAR",
                                          "VERSION:2.0",
                                          "PRODID:-//Anketa//Visits//RU",
                                          "CALSCALE:GREGORIAN",
                                          "METHOD:PUBLISH",
                                          "X-WR-CALNAME:Анкета",
                                          "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
                                          "X-PUBLISHED-TTL:PT1H",
                                          "BEGIN:VEVENT",
                                          "UID:id@anketa",
                                          "DTSTAMP:20250610T093000Z",
                                          "SEQUENCE:3",
                                          "DTSTART:20250610T093000Z",
                                          "DTEND:20250610T110000Z",
                                          "SUMMARY:Встреча: «Щит»",
                                          "LOCATION:Тверь\\, ул. Мира\\, 1",
                                          "STATUS:CONFIRMED",
                                          "END:VEVENT",
                                          "BEGIN:VEVENT",
                                          "UID:other@anketa",
                                          "DTSTAMP:20250610T093000Z",
                                          "SEQUENCE:3",
                                          "DTSTART:20250610T093000Z",
                                          "DTEND:20250610T093100Z",
                                          "SUMMARY:Встреча: «Щит»",
                                          "LOCATION:Тверь\\, ул. Мира\\, 1",
                                          "STATUS:CANCELLED",
                                          "END:VEVENT",
                                          "END:VCALENDAR"};
  CHECK(lines == expected);
}
