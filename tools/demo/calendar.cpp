#include "tools/demo/world.hpp"

namespace anketa::demo {
namespace {

constexpr std::int64_t minute_ms = 60LL * 1000, day_ms = 24 * 60 * minute_ms;

std::int64_t days_since_epoch(Instant at, int offset_minutes) {
  const auto local = at + offset_minutes * minute_ms;
  return local >= 0 ? local / day_ms : (local - day_ms + 1) / day_ms;
}

/// 0 on Monday. 1970-01-01 was a Thursday.
int weekday(std::int64_t days) {
  return static_cast<int>(((days + 3) % 7 + 7) % 7);
}

}  // namespace

Calendar::Calendar(Instant now, int offset_minutes)
    : now_(now),
      midnight_(days_since_epoch(now, offset_minutes) * day_ms - offset_minutes * minute_ms),
      offset_(offset_minutes) {}

Instant Calendar::at(int days, int hour, int minute) const {
  return midnight_ + days * day_ms + (hour * 60 + minute) * minute_ms;
}

Instant Calendar::working(int days, int hour, int minute) const {
  const int day = weekday(days_since_epoch(at(days, 12), offset_));
  return at(day > 4 ? days + 7 - day : days, hour, minute);
}

int Calendar::monday() const {
  return -weekday(days_since_epoch(now_, offset_));
}

bool Calendar::is_friday(int days) const {
  return weekday(days_since_epoch(at(days, 12), offset_)) == 4;
}

std::string Calendar::date(Instant at) const {
  return format_date(at, offset_);
}

int Calendar::days_to(Instant at) const {
  return static_cast<int>(days_since_epoch(at, offset_) - days_since_epoch(now_, offset_));
}

}  // namespace anketa::demo
