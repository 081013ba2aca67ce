// The state of the whole programme in one answer: what the lead looks at first (R7, R8, R10, R13, R17, R20).
//
// Thread safety: pure functions over a snapshot.
#pragma once

#include "shared/programme/coverage.hpp"
#include "sync-server/reports/filter.hpp"
#include "sync-server/reports/org_calendar.hpp"
#include "sync-server/reports/tables.hpp"

namespace anketa::server::reports {

/// Where every client stands in the pass, in the order of `tables.clients`. Counted are questionnaires of meetings and
/// visits from `since` on.
std::vector<programme::Coverage> coverage(const Tables& tables, const OrgCalendar& calendar, programme::Day since);

/// A pass looks back a year where nothing else is asked for (R20).
programme::Day pass_start(const Filter& filter, programme::Day today);

/// Shape: docs/api.md, "Overview". Parts that are not for the viewer are null.
Json overview(const Tables& tables, const OrgCalendar& calendar, const Viewer& viewer, const Filter& filter,
              Instant now);

/// {"id", "name"}, or null for an unknown or nil id.
Json client_reference(const Tables& tables, const Uuid& id);
Json user_reference(const Tables& tables, const Uuid& id);

}  // namespace anketa::server::reports
