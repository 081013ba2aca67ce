// When the reports are due, in the organisation's time zone (R16).
//
// The daily report goes out on working days, Monday to Friday; what happens on a weekend is in Monday's. The weekly
// agenda goes out on one day of the week. A server that was down at the time sends the last one it missed, and that
// one only, when it is up again.
// Thread safety: pure functions.
#pragma once

#include <string_view>

#include "sync-server/mail/message/times.hpp"
#include "sync-server/reports/org_calendar.hpp"

namespace anketa::server::mail {

struct Schedule {
  int daily_minutes = 18 * 60;
  WeekTime weekly{0, 8 * 60};
};

enum class ReportKind { Daily, Weekly };

/// "daily", "weekly".
std::string_view id(ReportKind kind);

/// One sending of a report: the date it is of, and the moment it is due.
struct Occasion {
  programme::Day day;
  Instant due = 0;
};

/// The last one due at or before that moment.
Occasion latest(ReportKind kind, const Schedule& schedule, const reports::OrgCalendar& calendar, Instant now);
/// The first one due after it.
Occasion next(ReportKind kind, const Schedule& schedule, const reports::OrgCalendar& calendar, Instant now);

}  // namespace anketa::server::mail
