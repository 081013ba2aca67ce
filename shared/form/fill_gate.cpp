// The quality gate (R12, R13, R18): what is closed, how a questionnaire pauses, resumes and finishes.
#include <algorithm>

#include "shared/form/fill_state.hpp"

namespace anketa::form {

GateState gate_state(const FormState& state) {
  const auto& gate = state.form().gate();
  if (!gate.exists()) return GateState::Open;
  const auto holds = [&](RowIndex row) { return to_truth(state.value(row, state.root())); };
  if (holds(gate.ok)) return holds(gate.open) ? GateState::Open : GateState::Confirmed;
  return holds(gate.problem) ? GateState::Problem : GateState::Undecided;
}

GateState FillState::gate() const {
  return gate_state(state);
}

/// A section after the gate whose relevance asks for gate_ok.
bool FillState::behind_gate(RowIndex section) const {
  const auto& gate = form->gate();
  if (!gate.exists() || section <= gate.section || !form->row(section).relevant) return false;
  const auto& reads = form->row(section).relevant->dependencies();
  return std::any_of(reads.begin(), reads.end(), [&](const Dependency& each) { return each.row == gate.ok; });
}

bool FillState::locked(RowIndex section) const {
  if (section == no_row || !behind_gate(section)) return false;
  const auto now = gate();
  return now == GateState::Undecided || now == GateState::Problem;
}

std::optional<Problem> FillState::gate_problem(RowIndex row, const std::string& path) const {
  if (!locked(form->row(row).section)) return std::nullopt;
  return Problem{ProblemCode::GateClosed, {{"gate", std::string(id(gate()))}}, path};
}

std::string FillState::first_closed_section() const {
  for (const auto section : form->sections())
    if (locked(section)) return form->row(section).name;
  return {};
}

GateState FillSession::gate() const {
  return state_->gate();
}

FinishOutcome FillSession::finish() {
  auto& fill = *state_;
  FinishOutcome outcome;
  outcome.status = fill.context.status;
  outcome.resume_point = fill.context.resume_point;
  outcome.gaps = missing();
  outcome.problems = validate();
  const auto gate = fill.gate();
  const bool again_closed = fill.context.status == FillStatus::Resumed && gate == GateState::Problem;
  // The case was reopened after the questionnaire had been resumed: it can neither go on nor pause a second time.
  if (again_closed) outcome.problems.push_back(Problem{ProblemCode::GateClosed, {{"gate", "problem"}}, ""});
  if (!outcome.gaps.empty() || !outcome.problems.empty()) return outcome;
  if (gate == GateState::Undecided) {
    outcome.problems.push_back(Problem{ProblemCode::GateClosed, {{"gate", "undecided"}}, ""});
    return outcome;
  }
  auto& status = fill.context.status;
  if (gate == GateState::Problem) {
    status = FillStatus::Paused;
    fill.context.resume_point = fill.first_closed_section();
  } else {
    const bool was_paused = status == FillStatus::Resumed || status == FillStatus::CompleteAfterPause;
    status = was_paused ? FillStatus::CompleteAfterPause : FillStatus::Complete;
    fill.context.resume_point.clear();
  }
  fill.refresh_live_values();
  outcome.done = true;
  outcome.status = fill.context.status;
  outcome.resume_point = fill.context.resume_point;
  return outcome;
}

}  // namespace anketa::form
