// Lists of clients, questionnaires and cases, filtered, sorted and paged by the server.
//
// Each answers {"total", "items", "next_offset"}; shapes in docs/api.md.
// Thread safety: pure functions over a snapshot.
#pragma once

#include "sync-server/reports/filter.hpp"
#include "sync-server/reports/org_calendar.hpp"
#include "sync-server/reports/tables.hpp"

namespace anketa::server::reports {

/// By name. Parameters: search (in the name), coverage, owner, and those of Filter and Page.
Json client_list(const Tables& tables, const OrgCalendar& calendar, const Viewer& viewer, const Query& query,
                 Instant now);
/// The latest meeting first. Parameters: search (in the client's name), status, and those of Filter and Page.
Json questionnaire_list(const Tables& tables, const OrgCalendar& calendar, const Viewer& viewer, const Query& query,
                        Instant now);
/// The oldest first. Parameters: search (in the client's name), status ("open" and "closed" stand for groups),
/// severity, and those of Filter and Page.
Json case_list(const Tables& tables, const OrgCalendar& calendar, const Viewer& viewer, const Query& query,
               Instant now);

/// One questionnaire as the list shows it.
Json questionnaire_item(const Tables& tables, const OrgCalendar& calendar, const QuestionnaireRow& row, Instant now);

}  // namespace anketa::server::reports
