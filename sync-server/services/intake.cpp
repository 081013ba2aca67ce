#include "sync-server/services/intake.hpp"

#include "shared/protocol/limits.hpp"
#include "shared/record/mutant.hpp"
#include "sync-server/services/account_owners.hpp"

namespace anketa::server {
namespace {

using protocol::MutationResult;
using protocol::ResultStatus;

#ifdef ANKETA_MUTANTS
/// What became of any mutation with that counter of that device.
std::optional<MutationResult> result_of_counter(Reader& reader, const Uuid& device, const Mutation& mutation) {
  std::optional<MutationResult> result;
  const std::array<SqlValue, 2> parameters{device, static_cast<std::int64_t>(mutation.counter)};
  reader.select("SELECT id FROM journal WHERE device = ?1 AND text ->> '$.counter' = ?2", parameters,
                [&](const Row& row) { result = reader.journal(row.id(0).value())->result; });
  if (result) result->id = mutation.id, result->repeat = true;
  return result;
}
#endif

}  // namespace

bool makes_record(const Mutation& mutation) {
  const auto& first = mutation.ops.front();
  return first.kind == OpKind::Set && first.path.empty();
}

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

Intake::Intake(Writer& writer, const Author& author, const Cursor& cursor, std::uint64_t honoured, Instant now)
    : writer_(writer),
      author_(author),
      access_(author, author.server ? std::vector<GrantRow>() : writer.grants(author.user), honoured),
      cursor_(cursor),
      now_(now) {}

std::vector<MutationResult> Intake::take(std::vector<Prepared>& mutations) {
  if (writer_.any_erasures()) use_erasures(mutations);
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
  use_aliases(prepared);
#ifdef ANKETA_MUTANTS
  if (ANKETA_MUTANT("deduplicated_by_counter"))
    if (auto result = result_of_counter(writer_, author_.device, prepared.mutation)) return *result;
#endif
  if (const auto known = writer_.journal(prepared.id)) {
    if (!(known->hash == prepared.hash) && !ANKETA_MUTANT("deduplicated_without_hash"))
      return take_fork(prepared, *known, all);
    auto result = known->result;
    result.repeat = true;
    result.late = (known->marks & LateMark) != 0;
    return shown(std::move(result), known->scope);
  }
  if (prepared.malformed) return park(prepared, *prepared.malformed, false);
  if (!author_.server && !(prepared.mutation.user == author_.user))
    return park(prepared, {ProblemCode::Forbidden, {}, "user"}, false);
  if (prepared.mutation.group) return take_group(prepared, all);
  return merge_in(prepared, false);
}

MutationResult Intake::take_fork(Prepared& prepared, const JournalRow& known, std::vector<Prepared>& all) {
  if (!author_.server && known.device == author_.device) throw ProblemError(ProblemCode::DeviceForked);
  const auto asked = prepared.id;
  prepared.id = prepared.mutation.id = Uuid::derived(asked, hex(prepared.hash));
  forked_.insert(prepared.id);
  writer_.put_alias(author_.device, asked, prepared.id);
  auto result = take_one(prepared, all);
  // What its author takes for his value stands under another id: he is to be sent the record.
  if (result.status == ResultStatus::Applied) result.status = ResultStatus::Merged;
  mirrored_.erase(prepared.mutation.record);
  result.id = asked;
  return result;
}

/// In a device's later mutations the id it gave means its own mutation, not the one that has the id here.
void Intake::use_aliases(Prepared& prepared) {
  auto& mutation = prepared.mutation;
  bool any = false;
  const auto use = [&](Uuid& id) {
    if (id == mutation.id) return;
    if (const auto kept = writer_.alias(author_.device, id)) id = *kept, any = true;
  };
  if (mutation.prev) use(*mutation.prev);
  for (auto& op : mutation.ops) {
    for (auto& id : op.over) use(id);
    for (auto& id : op.consumes) use(id);
  }
  if (!any) return;
  prepared.text = canonical(to_json(mutation));
  prepared.hash = mutation_hash(prepared.text);
}

MutationResult Intake::take_group(Prepared& prepared, std::vector<Prepared>& all) {
  const auto group = *prepared.mutation.group;
  if (group.size > protocol::max_group)
    return park(prepared, {ProblemCode::GroupTooLarge, {{"limit", std::to_string(protocol::max_group)}}, "group"},
                false);
  auto members = waiting_members(group.id);
  for (const auto& other : all)
    if (other.mutation.group && other.mutation.group->id == group.id && !other.malformed &&
        std::none_of(members.begin(), members.end(), [&](const auto& m) { return m.first.id == other.id; }))
      members.emplace_back(other, false);
  if (members.size() < static_cast<std::size_t>(group.size)) return wait(prepared, false);
  const auto results = merge_group(members);
  group_results_.insert(group_results_.end(), results.begin(), results.end());
  return *std::find_if(results.begin(), results.end(), [&](const MutationResult& r) { return r.id == prepared.id; });
}

std::vector<MutationResult> Intake::merge_group(const Members& members) {
  std::vector<MutationResult> results;
  {
    // What waited for a member goes on once it is certain what becomes of the group.
    const Held held(holding_);
    results = merge_all_or_none(members);
  }
  wake_all();
  return results;
}

/// The first that cannot be merged parks them all, the first that has to wait makes them all wait.
std::vector<MutationResult> Intake::merge_all_or_none(const Members& members) {
  std::optional<MutationResult> obstacle;
  std::vector<MutationResult> results;
  const auto mirrored = mirrored_;
  try {
    writer_.nested([&] {
      obstacle = refused_member(members);
      if (obstacle) throw ProblemError(ProblemCode::ChainParked);
      const auto first = writer_.history().last_seq + 1;
      OwnersBefore owners;
      for (const auto& member : members) owners.note(writer_, member.first.mutation);
      for (const auto& [member, journalled] : members) {
        results.push_back(merge_in(member, journalled));
        if (ANKETA_MUTANT("partial_group_applied")) continue;
        if (results.back().status == ResultStatus::Parked || results.back().status == ResultStatus::Waiting) {
          obstacle = results.back();
          throw ProblemError(ProblemCode::ChainParked);
        }
      }
      if (auto problem = owners.problem(writer_)) {
        obstacle = MutationResult{{}, ResultStatus::Parked, false, 0, 0, {}, std::move(problem)};
        throw ProblemError(ProblemCode::ChainParked);
      }
      writer_.note_group(first, writer_.history().last_seq);
    });
  } catch (const ProblemError&) {
    if (!obstacle) throw;
    mirrored_ = mirrored;
    results.clear();
    for (const auto& [member, journalled] : members)
      results.push_back(
          obstacle->status == ResultStatus::Waiting
              ? wait(member, journalled)
              : park(member, obstacle->problem.value_or(Problem{ProblemCode::ChainParked, {}, {}}), journalled));
  }
  return results;
}

std::optional<Problem> Intake::refuse(const Mutation& mutation, const std::optional<RecordState>& current) const {
  const auto* collection = schema::collection(mutation.collection);
  if (!collection) return std::nullopt;  // plan() parks it and names the collection
  const bool placed = collection->placement == schema::Placement::Own       ? mutation.scope == mutation.record
                      : collection->placement == schema::Placement::Company ? mutation.scope == company_scope
                      : collection->placement == schema::Placement::Client  ? !(mutation.scope == company_scope)
                                                                            : true;
  if (!placed) return Problem{ProblemCode::InvalidValue, {{"value", scope_text(mutation.scope)}}, "scope"};
  const auto& scope = current ? current->scope : mutation.scope;
  const auto right = access_.right(scope);
  const bool creates = !current && makes_record(mutation);
  for (const auto& op : mutation.ops)
    if (auto problem = schema::permit(*collection, op, right, creates)) return problem;
  const auto late = access_.late(scope);
  const auto seen = late ? late : access_.sees(scope);
  if (!seen || *seen == all_classes) return std::nullopt;
  const auto classes = classes_of(*seen);
  for (const auto& op : mutation.ops)
    if (auto problem = schema::permit_sight(*collection, op, classes)) return problem;
  return std::nullopt;
}

MutationResult Intake::park(const Prepared& prepared, Problem problem, bool journalled) {
  MutationResult result;
  result.id = prepared.id;
  result.status = ResultStatus::Parked;
  result.problem = std::move(problem);
  result = keep(prepared, std::move(result), journalled);
  // Nothing waits for what is refused: it is refused with it.
  wake(prepared.mutation);
  return result;
}

MutationResult Intake::keep(const Prepared& prepared, MutationResult result, bool journalled) {
  result.id = prepared.id;
  if (journalled) {
    writer_.set_result(result);
    return shown(std::move(result), prepared.mutation.scope);
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
  row.prev = mutation.prev;
  row.received_at = now_;
  row.text = prepared.text;
  row.result = result;
  row.marks = (forked_.contains(prepared.id) ? ForkedMark : 0) | (result.late ? LateMark : 0) |
              (prepared.erased ? ErasedMark : 0) | (quarantine_ ? QuarantineMark : 0);
  writer_.append(row);
  return shown(std::move(result), mutation.scope);
}

/// What the author may know of the result: the version of a whole record only where he sees the whole of it.
MutationResult Intake::shown(MutationResult result, const Scope& scope) const {
  if (access_.sees(scope) == all_classes) return result;
  result.version = 0;
  result.conflicts.clear();
  return result;
}

}  // namespace anketa::server
