#include "sync-server/mail/schedule.hpp"

namespace anketa::server::mail {
namespace {

using programme::Day;

constexpr int friday = 4;

int weekday_of(Day day) {
  return static_cast<int>(std::chrono::weekday(day).iso_encoding()) - 1;
}

bool falls_on(ReportKind kind, const Schedule& schedule, Day day) {
  return kind == ReportKind::Daily ? weekday_of(day) <= friday : weekday_of(day) == schedule.weekly.weekday;
}

/// The moment of a date; at the turn of a clock, by that many minutes after the day's beginning.
Instant moment(ReportKind kind, const Schedule& schedule, const reports::OrgCalendar& calendar, Day day) {
  constexpr Instant minute = 60LL * 1000;
  return calendar.start_of(day) +
         minute * (kind == ReportKind::Daily ? schedule.daily_minutes : schedule.weekly.minutes);
}

}  // namespace

std::string_view id(ReportKind kind) {
  return kind == ReportKind::Daily ? "daily" : "weekly";
}

Occasion latest(ReportKind kind, const Schedule& schedule, const reports::OrgCalendar& calendar, Instant now) {
  for (auto day = calendar.day_of(now);; day -= std::chrono::days(1)) {
    const auto due = moment(kind, schedule, calendar, day);
    if (falls_on(kind, schedule, day) && due <= now) return {day, due};
  }
}

Occasion next(ReportKind kind, const Schedule& schedule, const reports::OrgCalendar& calendar, Instant now) {
  for (auto day = calendar.day_of(now);; day += std::chrono::days(1)) {
    const auto due = moment(kind, schedule, calendar, day);
    if (falls_on(kind, schedule, day) && due > now) return {day, due};
  }
}

}  // namespace anketa::server::mail
