// The daily report and the weekly agenda as the register and the journal give them (R16).
//
// Thread safety: pure functions over a snapshot.
#pragma once

#include "shared/programme/agenda.hpp"
#include "sync-server/reports/org_calendar.hpp"
#include "sync-server/reports/tables.hpp"

namespace anketa::server::reports {

/// What was done about cases and reached the server in [since, until), in the order of arrival: told by the journal, so
/// that work done without a network counts when it is delivered.
std::vector<programme::CaseEvent> case_events(Reader& reader, const Tables& tables, Instant since, Instant until);

programme::DailyReport daily(Reader& reader, const Tables& tables, const OrgCalendar& calendar, Instant since,
                             Instant until);
programme::WeeklyAgenda weekly(Reader& reader, const Tables& tables, const OrgCalendar& calendar, Instant since,
                               Instant until);

}  // namespace anketa::server::reports
