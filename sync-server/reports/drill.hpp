// The records behind each figure of the consolidated results, down to the questionnaire whose answers tell the rest.
//
// Thread safety: pure functions over data that does not change meanwhile.
#pragma once

#include <string_view>
#include <vector>

#include "sync-server/reports/selection.hpp"

namespace anketa::server::reports {

/// Names of the lists: "questionnaires", "key_persons", "clients", "sales", "referrals", "risk", "new_in_range", "nps",
/// "opportunities", "revisions", "accounts".
std::vector<std::string_view> drill_names();

/// {"total", "items", "next_offset"}, the latest first, or by client's name where there is no day. What narrows a list
/// stands in docs/api.md. Throws ProblemError: NotFound for an unknown list, InvalidValue for offset or limit.
Json drill(std::string_view name, const Selection& selection, const Query& query);

}  // namespace anketa::server::reports
