// What the programme's rules look at (shared/programme/facts.hpp), from the projections.
//
// Thread safety: pure functions over their arguments.
#pragma once

#include "shared/programme/facts.hpp"
#include "sync-server/reports/org_calendar.hpp"
#include "sync-server/store/store.hpp"

namespace anketa::server::reports {

programme::Facts load_facts(Reader& reader, const OrgCalendar& calendar);

/// Holidays and absences alone, for who needs no more.
programme::WorkingDays load_working_days(Reader& reader);

}  // namespace anketa::server::reports
