// Statuses, and records as a whole.
#include "shared/merge/planner.hpp"

#include "shared/record/mutant.hpp"

namespace anketa::merge {

/// A status is set outright only where a record begins, or by a resolution.
bool Planner::check_first_status(const Op& op, const schema::Cell& cell, const std::string& path, const Json& value) {
  if (own_view_) return true;
  const auto& now = draft_.now().at(path);
  // What has to be earned is not given by a resolution either; with its step and facts it may be.
  const bool earned = cell.field->is_earned(value.get<std::string>());
  if (!op.consumes.empty() && (now == value || !earned)) return true;
  const bool first = value == cell.field->values.front();
  if (now == value || (now.is_null() && first)) return true;
  if (first && op.over.empty() && !sight_.covers_cell(op, draft_.now(), path)) {
    // Somebody else made the same record and is further with it: the beginning has been passed.
    differs();
    return false;
  }
  park({ProblemCode::IllegalTransition,
        {{"from", now.is_string() ? now.get<std::string>() : "-"}, {"to", value.get<std::string>()}},
        path});
  return false;
}

void Planner::transition(const Op& op) {
  const auto from = string_or_empty(op.value, "from");
  const auto to = string_or_empty(op.value, "to");
  const auto cell = cell_of(op.path, op.value);
  const auto* field = cell.kind == schema::CellKind::Status ? cell.field : nullptr;
  const auto& record = draft_.now();
  const auto& standing = record.at(op.path);
  const std::string now = standing.is_string() ? standing.get<std::string>() : field ? field->values.front() : "";
  const auto declared = [&](const std::string& start) {
    return field && std::any_of(field->transitions.begin(), field->transitions.end(),
                                [&](const schema::Transition& t) { return t.from == start && t.to == to; });
  };
  const bool seen = sight_.covers_cell(op, record, op.path);
  // What has to be earned was said of what stood then: a client's word about one repair does not close the next.
  const bool earned = field && field->is_earned(to);
  const bool legal = declared(now) && (!earned || (seen && declared(from)));
  if (standing == to) {
    // What was earned stays as it was said: whoever has seen it does not say it otherwise.
    const bool repeats = earned && seen && !own_view_ && op.consumes.empty();
    if (repeats && says_otherwise(op, *field))
      return park({ProblemCode::IllegalTransition, {{"from", now}, {"to", to}}, op.path});
    // The same step twice is one effect.
    book_.agree(op, op.path, to);
  } else if (own_view_ || legal || (seen && may_resolve_to(op, field))) {
    draft_.note(Kind::Set, op.path, to);
    book_.settle(op, record, op.path, to, mutation_.id);
  } else if (!declared(from) || seen) {
    return park({ProblemCode::IllegalTransition, {{"from", now}, {"to", to}}, op.path});
  } else {
    return newcomer(op, op.path, op.value);
  }
  facts(op);
}

/// Whether the facts that the step needs are others than the record has.
bool Planner::says_otherwise(const Op& op, const schema::Field& field) const {
  const auto facts = op.value.value("facts", Json::object());
  const auto& needs = field.guard(string_or_empty(op.value, "to"))->needs;
  return std::any_of(needs.begin(), needs.end(),
                     [&](const std::string& need) { return value_at(facts, need) != draft_.now().at(need); });
}

/// Whether the op resolves the status to its target: to one that has to be earned, only where a side it consumes is
/// that step, with the facts that the op gives.
bool Planner::may_resolve_to(const Op& op, const schema::Field* field) {
  if (op.consumes.empty()) return false;
  const auto to = string_or_empty(op.value, "to");
  if (!field || !field->is_earned(to)) return true;
  const auto* conflict = book_.at(op.path);
  if (!conflict) return false;
  const auto facts = op.value.value("facts", Json::object());
  return std::any_of(conflict->sides.begin(), conflict->sides.end(), [&](const Side& side) {
    if (!Sight::contains(op.consumes, side.mutation) || string_or_empty(side.value, "to") != to) return false;
    const auto& needs = field->guard(to)->needs;
    return std::all_of(needs.begin(), needs.end(), [&](const std::string& need) {
      return value_at(side.value, "facts/" + need) == value_at(facts, need);
    });
  });
}

/// What is noted along with a change of status: fields of the same record, merged as any others.
void Planner::facts(const Op& op) {
  const auto found = op.value.find("facts");
  if (found != op.value.end() && found->is_object()) set_members(op, {}, *found);
}

void Planner::remove_record(const Op& op) {
  const auto& record = draft_.now();
  // One that the mutation itself has made before is made and removed at once.
  if (!draft_.existed() && draft_.untouched() && !own_view_) return park({ProblemCode::RecordNotFound, {}, {}});
  if (record.deleted) {
    // Deleted by somebody else already: in the author's view the deletion is his own.
    if (const auto by = record.provenance({}); by && !sight_.covers(op, *by)) differs();
    return;
  }
  if (!sight_.covers_below(op, record, {}) && !ANKETA_MUTANT("deletion_beats_edit")) return newcomer(op, {}, Json());
  draft_.note(Kind::DeleteRecord, {});
  book_.now_in_effect({}, Json());
}

/// A record somebody deleted and another edits is not destroyed. One that was deleted by somebody who had seen the edit
/// stays so, with what the edit brings to it.
void Planner::undelete() {
  const auto edits = [](const Op& op) { return op.kind != OpKind::Remove || !op.path.empty(); };
  const auto first = std::find_if(mutation_.ops.begin(), mutation_.ops.end(), edits);
  if (first == mutation_.ops.end() || ANKETA_MUTANT("edit_of_deleted_lost")) return;
  if (taken_out({})) return differs();
  const auto by = draft_.now().provenance("");
  draft_.note(Kind::RestoreRecord, {});
  draft_.flush();
  const bool seen = !by || std::any_of(mutation_.ops.begin(), mutation_.ops.end(),
                                       [&](const Op& op) { return sight_.covers(op, *by); });
  if (!seen) book_.add_removal(*first, {}, *by);
}

}  // namespace anketa::merge
