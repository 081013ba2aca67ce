// Results per question: distributions of choices and scales, statistics of numbers and dates, texts.
//
// Answers are counted by question and choice name over all versions of a form; labels and order are those of the latest
// version that was filled in or is in force. Shapes: docs/api.md, "Answers per question".
// Thread safety: as AnswerIndex.
#pragma once

#include "sync-server/reports/answer_index.hpp"
#include "sync-server/reports/filter.hpp"
#include "sync-server/reports/tables.hpp"

namespace anketa::server::reports {

/// Delivered questionnaires that a filter takes and the viewer may see, the latest meeting first.
std::vector<const QuestionnaireRow*> delivered(const Tables& tables, const Viewer& viewer, const Filter& filter);

/// Parameters: form (its id; otherwise the form with the most questionnaires), and those of Filter. Throws
/// ProblemError(RecordNotFound) for an unknown form.
Json question_results(Reader& reader, const Tables& tables, const AnswerIndex& index, const OrgCalendar& calendar,
                      const Viewer& viewer, const Query& query);

/// The texts given to one question. Parameters: search, and those of question_results and Page. Throws
/// ProblemError(RecordNotFound) where the form has no such text question that the viewer may see.
Json question_texts(Reader& reader, const Tables& tables, const AnswerIndex& index, const OrgCalendar& calendar,
                    const Viewer& viewer, const std::string& question, const Query& query);

/// The form a request is about. Throws ProblemError(RecordNotFound); null where nothing is there yet.
std::shared_ptr<const form::Form> wanted_form(const Tables& tables, const AnswerIndex& index, const Query& query);

/// Class of a row's answers as far as the form says: its own or the nearest group's.
bool sees_row(const Viewer& viewer, const form::Row& row);

}  // namespace anketa::server::reports
