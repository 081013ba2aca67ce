// The lists of the reading API as sheets, filtered as they are asked for.
//
// Thread safety: free of state.
#pragma once

#include "shared/text/text.hpp"
#include "sync-server/exports/sheet.hpp"
#include "sync-server/reports/report_service.hpp"

namespace anketa::server::exports {

/// `list`: "clients", "questionnaires", "cases" or "answers". Takes the parameters of that list; paging is not among
/// them: the whole list comes. Throws ProblemError(NotFound) for any other list.
Sheet list_sheet(reports::ReportService& reports, const reports::Viewer& viewer, const std::string& list,
                 reports::Query query, text::Language language);

}  // namespace anketa::server::exports
