#include "sync-server/http/date.hpp"

#include <array>
#include <cstdio>
#include <ctime>

namespace anketa::server::http {

const std::string& http_date() {
  // Not strftime: names of days and months must be English whatever the locale.
  static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  thread_local std::time_t made_at = 0;
  thread_local std::string text;
  const auto now = std::time(nullptr);
  if (now == made_at) return text;
  std::tm parts{};
  gmtime_r(&now, &parts);
  char out[64];
  std::snprintf(out, sizeof out, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[static_cast<std::size_t>(parts.tm_wday)],
                parts.tm_mday, months[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900, parts.tm_hour,
                parts.tm_min, parts.tm_sec);
  text = out;
  made_at = now;
  return text;
}

}  // namespace anketa::server::http
