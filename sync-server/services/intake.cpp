#include "sync-server/services/intake.hpp"

#include "shared/merge/history.hpp"
#include "shared/protocol/limits.hpp"
#include "sync-server/store/own_record.hpp"

namespace anketa::server {
namespace {

using protocol::MutationResult;
using protocol::ResultStatus;

/// The record's mutations in the order in which they took effect.
std::vector<Mutation> in_effect(const std::vector<JournalRow>& journal) {
  std::map<std::uint64_t, Mutation> by_seq;
  for (const auto& row : journal)
    if (row.result.seq > 0) by_seq.emplace(row.result.seq, mutation_from_json(Json::parse(row.text)));
  std::vector<Mutation> mutations;
  for (auto& [seq, mutation] : by_seq) mutations.push_back(std::move(mutation));
  return mutations;
}

}  // namespace

Prepared prepare(Json json) {
  Prepared prepared;
  const auto id = Uuid::parse(string_or_empty(json, "id"));
  if (!id) throw ProblemError(ProblemCode::BadRequest, {}, "mutations/id");
  prepared.id = *id;
  prepared.text = canonical(json);
  prepared.hash = mutation_hash(prepared.text);
  const auto record = Uuid::parse(string_or_empty(json, "record")).value_or(Uuid());
  const auto scope = parse_scope(string_or_empty(json, "scope")).value_or(company_scope);
  try {
    if (prepared.text.size() > protocol::max_mutation_bytes)
      throw ProblemError(ProblemCode::TooLarge, {{"limit", std::to_string(protocol::max_mutation_bytes)}});
    prepared.mutation = mutation_from_json(std::move(json));
  } catch (const ProblemError& error) {
    prepared.malformed = error.problem();
    prepared.mutation.id = *id;
    prepared.mutation.record = record;
    prepared.mutation.scope = scope;
  }
  return prepared;
}

Intake::Intake(Writer& writer, const Author& author, std::uint64_t cursor_seq, Instant now)
    : writer_(writer),
      author_(author),
      access_(author, author.server ? std::vector<GrantRow>() : writer.grants(author.user)),
      cursor_seq_(cursor_seq),
      now_(now) {}

std::vector<MutationResult> Intake::take(std::vector<Prepared>& mutations) {
  std::vector<MutationResult> results;
  results.reserve(mutations.size());
  for (auto& prepared : mutations) {
    const auto done = std::find_if(group_results_.begin(), group_results_.end(),
                                   [&](const MutationResult& result) { return result.id == prepared.id; });
    if (done != group_results_.end()) {
      results.push_back(*done);
      continue;
    }
    results.push_back(take_one(prepared, mutations));
  }
  return results;
}

MutationResult Intake::take_one(Prepared& prepared, std::vector<Prepared>& all) {
  if (const auto known = writer_.journal(prepared.id)) {
    if (known->hash == prepared.hash) {
      auto result = known->result;
      result.repeat = true;
      return result;
    }
    // Another mutation under the same id (a cloned device): kept under an id of its own, so that neither is lost.
    const auto asked = prepared.id;
    prepared.id = prepared.mutation.id = Uuid::derived(asked, hex(prepared.hash));
    auto result = take_one(prepared, all);
    result.id = asked;
    return result;
  }
  if (prepared.malformed) return park(prepared, *prepared.malformed, false);
  if (!author_.server && !(prepared.mutation.user == author_.user))
    return park(prepared, {ProblemCode::Forbidden, {}, "user"}, false);
  if (prepared.mutation.group) return take_group(prepared, all);
  return merge_in(prepared, false);
}

MutationResult Intake::take_group(Prepared& prepared, std::vector<Prepared>& all) {
  const auto group = *prepared.mutation.group;
  if (group.size > protocol::max_group)
    return park(prepared, {ProblemCode::GroupTooLarge, {{"limit", std::to_string(protocol::max_group)}}, "group"},
                false);
  std::vector<std::pair<Prepared, bool>> members;
  for (const auto& row : writer_.waiting_in_group(group.id)) {
    auto member = prepare(parse_json(row.text, {protocol::max_mutation_bytes, protocol::max_depth}));
    members.emplace_back(std::move(member), true);
  }
  for (const auto& other : all)
    if (other.mutation.group && other.mutation.group->id == group.id && !other.malformed &&
        std::none_of(members.begin(), members.end(), [&](const auto& m) { return m.first.id == other.id; }))
      members.emplace_back(other, false);
  if (members.size() < static_cast<std::size_t>(group.size)) {
    MutationResult result;
    result.id = prepared.id;
    result.status = ResultStatus::Waiting;
    return keep(prepared, result, false);
  }
  // All or none: the first that cannot be merged parks them all.
  std::optional<Problem> obstacle;
  std::vector<MutationResult> results;
  const auto mirrored = mirrored_;
  try {
    writer_.nested([&] {
      for (const auto& [member, journalled] : members) {
        results.push_back(merge_in(member, journalled));
        if (results.back().status == ResultStatus::Parked || results.back().status == ResultStatus::Waiting) {
          obstacle = results.back().problem.value_or(Problem{ProblemCode::ChainParked, {}, {}});
          throw ProblemError(*obstacle);
        }
      }
    });
  } catch (const ProblemError&) {
    if (!obstacle) throw;
    mirrored_ = mirrored;
    results.clear();
    for (const auto& [member, journalled] : members) results.push_back(park(member, *obstacle, journalled));
  }
  group_results_.insert(group_results_.end(), results.begin(), results.end());
  return *std::find_if(results.begin(), results.end(), [&](const MutationResult& r) { return r.id == prepared.id; });
}

std::optional<Problem> Intake::refuse(const Mutation& mutation, const std::optional<RecordState>& current) const {
  const auto* collection = schema::collection(mutation.collection);
  if (!collection) return std::nullopt;  // plan() parks it and names the collection
  const bool placed = collection->placement == schema::Placement::Own       ? mutation.scope == mutation.record
                      : collection->placement == schema::Placement::Company ? mutation.scope == company_scope
                      : collection->placement == schema::Placement::Client  ? !(mutation.scope == company_scope)
                                                                            : true;
  if (!placed) return Problem{ProblemCode::InvalidValue, {{"value", scope_text(mutation.scope)}}, "scope"};
  const auto right = access_.right(current ? current->scope : mutation.scope);
  for (const auto& op : mutation.ops)
    if (auto problem = schema::permit(*collection, op, right, !current)) return problem;
  return std::nullopt;
}

bool Intake::in_chain(const Mutation& mutation, const Uuid& ancestor) {
  auto at = mutation.prev;
  while (at) {
    if (*at == ancestor) return true;
    const auto row = writer_.journal(*at);
    if (!row) return false;
    at = Uuid::parse(string_or_empty(Json::parse(row->text), "prev"));
  }
  return false;
}

merge::Context Intake::context_for(const Mutation& mutation, bool exists) {
  merge::Context context;
  if (!exists) return context;
  context.in_own_chain = [this, &mutation](const Uuid& ancestor) { return in_chain(mutation, ancestor); };
  auto history = std::make_shared<std::optional<merge::History>>();
  context.earlier = [this, &mutation, history](const Uuid& id, std::string_view path) -> std::optional<merge::Earlier> {
    if (const auto row = writer_.journal(id)) {
      const auto earlier = mutation_from_json(Json::parse(row->text));
      return merge::Earlier{earlier.user, earlier.at, merge::value_given(earlier.ops, path).value_or(Json())};
    }
    // A merged text, which no mutation says: found by doing the record's history again. Rare.
    if (!*history) history->emplace(in_effect(writer_.journal_of(mutation.record)));
    return (*history)->earlier(id, path);
  };
  context.conflict = [this, &mutation](std::string_view path) -> std::optional<merge::Conflict> {
    const auto head = writer_.head(merge::conflict_id(mutation.record, path));
    if (!head) return std::nullopt;
    return merge::conflict_from_json(Json::parse(head->body));
  };
  return context;
}

MutationResult Intake::merge_in(const Prepared& prepared, bool journalled) {
  const auto& mutation = prepared.mutation;
  if (mutation.prev) {
    const auto before = writer_.journal(*mutation.prev);
    if (!before || before->result.status == ResultStatus::Waiting)
      return keep(prepared, {mutation.id, ResultStatus::Waiting, false, 0, 0, {}, {}}, journalled);
    if (before->result.status == ResultStatus::Parked)
      return park(prepared, {ProblemCode::ChainParked, {}, {}}, journalled);
  }
  const auto head = writer_.head(mutation.record);
  std::optional<RecordState> before;
  if (head) before = parse_head(*head);
  if (auto problem = refuse(mutation, before)) return park(prepared, std::move(*problem), journalled);

  const auto plan = merge::plan(before ? &*before : nullptr, mutation, context_for(mutation, before.has_value()));
  if (plan.parked) return park(prepared, *plan.parked, journalled);
  RecordState after = before.value_or(RecordState{});
  merge::apply(after, mutation, plan);
  if (!before)
    if (auto problem = schema::validate_complete(*schema::collection(mutation.collection), after.body))
      return park(prepared, std::move(*problem), journalled);

  const bool mirrors =
      plan.as_in_own_view && (!before || before->seq <= cursor_seq_ || mirrored_.contains(mutation.record));
  if (mirrors)
    mirrored_.insert(mutation.record);
  else
    mirrored_.erase(mutation.record);
  after.seq = writer_.take_seq();
  MutationResult result{
      mutation.id, mirrors ? ResultStatus::Applied : ResultStatus::Merged, false, after.version, after.seq, {}, {}};
  if (plan.conflicted) result.status = ResultStatus::Conflict;
  writer_.put_head(make_head(after));
  writer_.project(after, now_);
  store_conflicts(plan, mutation, result);
  if (mutation.collection == "assignment") regrant(writer_, before.value_or(RecordState{}), after, after.seq);
  result = keep(prepared, std::move(result), journalled);
  wake(mutation);
  return result;
}

void Intake::store_conflicts(const merge::Plan& plan, const Mutation& mutation, MutationResult& result) {
  for (const auto& [path, conflict] : plan.conflicts) {
    const auto id = merge::conflict_id(mutation.record, path);
    put_own_record(writer_, "conflict", id, mutation.scope, merge::to_json(conflict), mutation.id.text(), now_);
    if (conflict.open) result.conflicts.push_back(id);
  }
}

/// Whatever waited for this mutation can go on now.
void Intake::wake(const Mutation& mutation) {
  for (const auto& row : writer_.waiting_for_record(mutation.record)) {
    auto waiting = prepare(parse_json(row.text, {protocol::max_mutation_bytes, protocol::max_depth}));
    if (!waiting.mutation.prev || !(*waiting.mutation.prev == mutation.id) || waiting.mutation.group) continue;
    merge_in(waiting, true);
    // Its author learns of it by the record: he gets no result for what he does not send again.
    mirrored_.erase(mutation.record);
  }
}

MutationResult Intake::park(const Prepared& prepared, Problem problem, bool journalled) {
  MutationResult result;
  result.id = prepared.id;
  result.status = ResultStatus::Parked;
  result.problem = std::move(problem);
  return keep(prepared, std::move(result), journalled);
}

MutationResult Intake::keep(const Prepared& prepared, MutationResult result, bool journalled) {
  result.id = prepared.id;
  if (journalled) {
    writer_.set_result(result);
    return result;
  }
  const auto& mutation = prepared.mutation;
  JournalRow row;
  row.id = prepared.id;
  row.hash = prepared.hash;
  row.record = mutation.record;
  row.scope = mutation.scope;
  row.device = author_.device;
  row.user = author_.user;
  if (mutation.group) row.group = mutation.group->id;
  row.received_at = now_;
  row.text = prepared.text;
  row.result = result;
  writer_.append(row);
  return result;
}

}  // namespace anketa::server
