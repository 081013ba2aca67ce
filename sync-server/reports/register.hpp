// The summary register of quality cases, bottlenecks and tasks, from the projections (R14-R18, R22).
//
// Thread safety: pure functions over a snapshot.
#pragma once

#include "shared/programme/register.hpp"
#include "sync-server/reports/filter.hpp"
#include "sync-server/reports/org_calendar.hpp"
#include "sync-server/reports/tables.hpp"

namespace anketa::server::reports {

/// Every case, reckoned by the lead's settings as of a day.
std::vector<programme::RegisterCase> load_register(Reader& reader, const Tables& tables, programme::Day today);

/// A row of the register and a bottleneck as the API tells them; money is not for the service side.
Json register_item(const Tables& tables, const Viewer& viewer, const programme::RegisterCase& row);
Json bottleneck_item(const Viewer& viewer, const programme::Bottleneck& bottleneck);

/// Shapes: docs/api.md, "Register", "Bottlenecks", "Tasks". Throw ProblemError(InvalidValue) for a wrong parameter.
Json quality_register(Reader& reader, const Tables& tables, const OrgCalendar& calendar, const Viewer& viewer,
                      const Query& query, Instant now);
Json bottleneck_list(Reader& reader, const Tables& tables, const OrgCalendar& calendar, const Viewer& viewer,
                     const Query& query, Instant now);
Json task_list(Reader& reader, const Tables& tables, const OrgCalendar& calendar, const Viewer& viewer,
               const Query& query, Instant now);

}  // namespace anketa::server::reports
