// Validation of everything at once, for the end of a questionnaire and for answers that came from elsewhere.
#include "shared/form/answer_value.hpp"
#include "shared/form/fill_state.hpp"

namespace anketa::form {

std::vector<Problem> FillSession::validate() const {
  auto& fill = *state_;
  std::vector<Problem> problems;
  for (const auto& stop : fill.stops()) {
    const auto& row = fill.form->row(stop.row);
    if (!stop.relevant || !row.is_question()) continue;
    const auto path = fill.path_of(stop.row, *stop.item);
    const auto& stored = fill.stored(stop.row, *stop.item);
    auto answer = canonical_answer(*fill.form, row, stored, fill.context.now.offset_minutes);
    if (!answer.problem.empty()) {
      answer.arguments["reason"] = answer.problem;
      problems.push_back({ProblemCode::AnswerInvalid, std::move(answer.arguments), path});
    } else if (auto problem = fill.check_rules(stop.row, *stop.item, path, stored)) {
      problems.push_back(*problem);
    }
  }
  auto failures = fill.state.failures();
  problems.insert(problems.end(), failures.begin(), failures.end());
  return problems;
}

}  // namespace anketa::form
