// One questionnaire as it was filled in, and many of them as a table for exports.
//
// Thread safety: as AnswerIndex.
#pragma once

#include "sync-server/reports/answer_index.hpp"
#include "sync-server/reports/filter.hpp"
#include "sync-server/reports/tables.hpp"

namespace anketa::server::reports {

/// The questionnaire with its relevant answers by section, each as stored and as a person reads it in both languages.
/// Throws ProblemError(RecordNotFound) where there is none that the viewer may see.
Json questionnaire_view(Reader& reader, const Tables& tables, const AnswerIndex& index, const OrgCalendar& calendar,
                        const Viewer& viewer, const std::string& id, Instant now);

/// Delivered questionnaires with their relevant answers in the stored shape, and the questions as columns: what an
/// export needs. Parameters: form, and those of Filter and Page. Shape: docs/api.md, "Answers as a table".
Json answer_table(Reader& reader, const Tables& tables, const AnswerIndex& index, const OrgCalendar& calendar,
                  const Viewer& viewer, const Query& query, Instant now);

}  // namespace anketa::server::reports
