#include "sync-server/reports/org_calendar.hpp"

#include <date/tz.h>

#include <stdexcept>

#include "shared/problem/problem.hpp"

namespace anketa::server::reports {
namespace {

using std::chrono::milliseconds;
using SysMilliseconds = date::sys_time<milliseconds>;

const date::time_zone* find_zone(const std::string& name) {
  try {
    return date::locate_zone(name);
  } catch (const std::exception& error) {
    throw ProblemError(ProblemCode::ConfigInvalid, {{"detail", error.what()}}, "zone");
  }
}

}  // namespace

OrgCalendar::OrgCalendar(const std::string& zone) : zone_(find_zone(zone)) {}

programme::Day OrgCalendar::day_of(Instant instant) const {
  const auto local = zone_->to_local(SysMilliseconds(milliseconds(instant)));
  return programme::Day(date::floor<date::days>(local).time_since_epoch());
}

Instant OrgCalendar::start_of(programme::Day day) const {
  const date::local_days local(day.time_since_epoch());
  return std::chrono::duration_cast<milliseconds>(zone_->to_sys(local, date::choose::earliest).time_since_epoch())
      .count();
}

int OrgCalendar::offset_minutes(Instant instant) const {
  const auto info = zone_->get_info(SysMilliseconds(milliseconds(instant)));
  return static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(info.offset).count());
}

}  // namespace anketa::server::reports
