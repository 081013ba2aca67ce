// One mutation becomes part of its record: what stands, what the author saw, what follows from it.
#include "shared/merge/history.hpp"
#include "shared/record/mutant.hpp"
#include "sync-server/services/account_owners.hpp"
#include "sync-server/services/case_effects.hpp"
#include "sync-server/services/intake.hpp"
#include "sync-server/store/own_record.hpp"

namespace anketa::server {
namespace {

using protocol::MutationResult;
using protocol::ResultStatus;

/// The record's mutations in the order in which they took effect.
std::vector<Mutation> in_effect(const std::vector<JournalRow>& journal) {
  std::map<std::uint64_t, Mutation> by_seq;
  for (const auto& row : journal)
    if (row.result.seq > 0) by_seq.emplace(row.result.seq, mutation_of(row));
  std::vector<Mutation> mutations;
  for (auto& [seq, mutation] : by_seq) mutations.push_back(std::move(mutation));
  return mutations;
}

}  // namespace

std::optional<RecordState> Intake::standing(const std::optional<Head>& head, const Mutation& mutation) {
  if (head) return parse_head(*head);
  if (makes_record(mutation)) return std::nullopt;
  if (is_erased(mutation.record)) return std::nullopt;
  merge::History history(in_effect(writer_.journal_of(mutation.record)));
  if (history.size() == 0) return std::nullopt;
  return history.after(history.size());
}

bool Intake::in_chain(const Mutation& mutation, const Uuid& ancestor) {
  auto at = mutation.prev;
  while (at) {
    if (*at == ancestor) return true;
    const auto row = writer_.journal(*at);
    if (!row) return false;
    at = row->prev;
  }
  return false;
}

merge::Context Intake::context_for(const Mutation& mutation, bool exists) {
  merge::Context context;
  if (!exists) return context;
  context.in_own_chain = [this, &mutation](const Uuid& ancestor) {
    if (ANKETA_MUTANT("base_from_cursor"))
      if (const auto row = writer_.journal(ancestor)) return row->result.seq <= cursor_.seq;
    return in_chain(mutation, ancestor);
  };
  auto history = std::make_shared<std::optional<merge::History>>();
  context.earlier = [this, &mutation, history](const Uuid& id, std::string_view path) -> std::optional<merge::Earlier> {
    if (const auto row = writer_.journal(id)) {
      // Refused, waiting or in quarantine: the record as it stands has not come of it, and to merge with it as the base
      // would take what it brought for taken out.
      if (row->result.seq == 0) return std::nullopt;
      const auto earlier = mutation_of(*row);
      return merge::Earlier{earlier.user, earlier.at, merge::value_given(earlier.ops, path).value_or(Json())};
    }
    // A merged text, which no mutation says: found by doing the record's history again. Rare.
    if (!*history) history->emplace(in_effect(writer_.journal_of(mutation.record)));
    return (*history)->earlier(id, path);
  };
  if (of_former_history(mutation))
    context.taken_out = [this, &mutation](std::string_view cell) {
      const auto journal = in_effect(writer_.journal_of(mutation.record));
      return std::any_of(journal.begin(), journal.end(),
                         [&](const Mutation& earlier) { return merge::takes_out(earlier, cell, mutation.id); });
    };
  context.conflict = [this, &mutation](std::string_view path) -> std::optional<merge::Conflict> {
    const auto head = writer_.head(merge::conflict_id(mutation.record, path));
    // One that is gone was erased with what its sides said.
    if (!head || head->deleted) return std::nullopt;
    return merge::conflict_from_json(Json::parse(head->body));
  };
  return context;
}

/// What the mutation makes of its record. Nothing is written yet: whatever is wrong here is wrong with this mutation
/// alone, and parks it alone.
std::optional<Problem> Intake::carry_out(const Prepared& prepared, const std::optional<RecordState>& before,
                                         merge::Plan& plan, RecordState& after) {
  const auto& mutation = prepared.mutation;
  try {
    plan = merge::plan(before ? &*before : nullptr, mutation, context_for(mutation, before.has_value()));
    if (plan.parked) return plan.parked;
    merge::apply(after, mutation, plan);
    // Of a group the account is judged by what the whole of it leaves.
    if (mutation.collection == "assignment" && !mutation.group)
      if (auto problem = owner_problem(writer_, after)) return problem;
    // What was done before a restore was judged then; the confirmation may come after it now.
    if (mutation.collection == "questionnaire" && before && !of_former_history(mutation))
      if (auto problem = resume_problem(writer_, *before, after)) return problem;
    if (before || prepared.erased) return std::nullopt;
    return schema::validate_complete(*schema::collection(mutation.collection), after.body);
  } catch (const ProblemError& error) {
    if (http_status(error.problem().code) >= 500) throw;
    return error.problem();
  }
}

MutationResult Intake::merge_in(const Prepared& prepared, bool journalled) {
  const auto& mutation = prepared.mutation;
  const auto previous = mutation.prev ? writer_.journal(*mutation.prev) : std::nullopt;
  if (previous && previous->result.status == ResultStatus::Parked)
    return park(prepared, {ProblemCode::ChainParked, {}, {}}, journalled);
  const auto head = writer_.head(mutation.record);
  const auto before = standing(head, mutation);
  // What waited was permitted when it came, to its own author, in the scope it names. Whoever wakes it has other
  // rights.
  const bool permitted = journalled && !(mutation.user == author_.user);
  const bool elsewhere = permitted && before && !(before->scope == mutation.scope);
  auto problem = permitted ? std::optional<Problem>() : refuse(mutation, before);
  if (elsewhere) problem = Problem{ProblemCode::Forbidden, {}, "scope"};
  if (problem) return park(prepared, std::move(*problem), journalled);

  const bool follows_unknown = mutation.prev && (!previous || previous->result.status == ResultStatus::Waiting);
  const bool lacks_what_it_saw = follows_unknown || (!before && edits_unknown(mutation));
  // What a restored server lacks of a record that was erased whole, nobody has any more.
  if (lacks_what_it_saw && !is_erased(mutation.record)) return wait(prepared, journalled);
  merge::Plan plan;
  RecordState after = before.value_or(RecordState{});
  if (auto refused = carry_out(prepared, before, plan, after)) return park(prepared, std::move(*refused), journalled);

  // Who sees a part of the record only is sent that part: he cannot tell its version. What waited is not the waker's.
  const bool sees_all =
      !journalled && access_.sees(mutation.scope) == all_classes && !forked_.contains(mutation.id) && !prepared.erased;
  const bool mirrors = sees_all && plan.as_in_own_view &&
                       (ANKETA_MUTANT("merged_record_not_sent") || !before || has_been_sent(*before) ||
                        mirrored_.contains(mutation.record));
  if (mirrors)
    mirrored_.insert(mutation.record);
  else
    mirrored_.erase(mutation.record);
  after.seq = writer_.take_seq();
  MutationResult result{
      mutation.id, mirrors ? ResultStatus::Applied : ResultStatus::Merged, false, after.version, after.seq, {}, {}};
  if (plan.conflicted) result.status = ResultStatus::Conflict;
  result.late = !permitted && access_.late(mutation.scope).has_value();
  writer_.put_head(make_head(after), head ? &*head : nullptr);
  writer_.project(after, now_);
  store_conflicts(plan, mutation, result);
  if (mutation.collection == "quality_case")
    follow_case(writer_, before.value_or(RecordState{}), after, mutation.id, now_);
  if (mutation.collection == "questionnaire" && before)
    follow_questionnaire(writer_, *before, after, mutation.id, now_);
  if (mutation.collection == "assignment") regrant(writer_, before.value_or(RecordState{}), after, after.seq);
  result = keep(prepared, std::move(result), journalled);
  wake(mutation);
  return result;
}

/// Not where its scope was granted, or its role changed, since: then the device has it from another time, or not at
/// all.
bool Intake::has_been_sent(const RecordState& record) const {
  if (record.seq > cursor_.seq || cursor_.backfill) return false;
  if (!cursor_.standing.empty() && cursor_.standing != access_.standing()) return false;
  if (record.scope == company_scope || access_.sees_every_scope()) return true;
  const auto grant = access_.scopes().find(record.scope);
  return grant != access_.scopes().end() && grant->second.from <= cursor_.granted;
}

void Intake::store_conflicts(const merge::Plan& plan, const Mutation& mutation, MutationResult& result) {
  for (const auto& [path, conflict] : plan.conflicts) {
    const auto id = merge::conflict_id(mutation.record, path);
    put_own_record(writer_, "conflict", id, mutation.scope, merge::to_json(conflict), mutation.id.text(), now_);
    if (conflict.open) result.conflicts.push_back(id);
  }
}

}  // namespace anketa::server
