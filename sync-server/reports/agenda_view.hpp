// Today's report and the weekly agenda as pages show them (R16): the same lists as the letters, of what the viewer
// sees.
//
// Thread safety: pure functions over a snapshot.
#pragma once

#include "sync-server/reports/filter.hpp"
#include "sync-server/reports/org_calendar.hpp"
#include "sync-server/reports/tables.hpp"

namespace anketa::server::reports {

/// What has reached the office today, and what waits.
Json daily_view(Reader& reader, const Tables& tables, const OrgCalendar& calendar, const Viewer& viewer, Instant now);

/// The agenda of the meeting, of the week that ends today.
Json weekly_view(Reader& reader, const Tables& tables, const OrgCalendar& calendar, const Viewer& viewer, Instant now);

}  // namespace anketa::server::reports
