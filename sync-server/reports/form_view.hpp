// Questionnaire templates for reading and for paper: sections, questions, choices, rows that paper leaves for repeats.
//
// Thread safety: as AnswerIndex.
#pragma once

#include "sync-server/reports/answer_index.hpp"
#include "sync-server/reports/filter.hpp"
#include "sync-server/reports/tables.hpp"

namespace anketa::server::reports {

/// {"items": [{"id", "version", "title", "questions", "questionnaires"}]}, the latest version of each form.
Json form_list(const Tables& tables, const AnswerIndex& index, const Viewer& viewer);

/// {"id", "version", "title", "minutes_max", "sections": [{"name", "number", "label", "minutes", "side", "gate",
/// "rows"}]}. A row has {"name", "number", "label", "hint", "type", "appearance", "required"} and by type "choices",
/// "range" or, of a repeat or group, "rows" (and "print_rows"). Rows not for paper or not for the viewer are left out.
/// Throws ProblemError(RecordNotFound).
Json form_view(const AnswerIndex& index, const Viewer& viewer, const std::string& form_id);

}  // namespace anketa::server::reports
