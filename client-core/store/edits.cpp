#include "client-core/store/edits.hpp"

#include "client-core/store/coalesce.hpp"
#include "client-core/store/sql.hpp"
#include "shared/merge/merge.hpp"
#include "shared/protocol/limits.hpp"
#include "shared/record/mutant.hpp"
#include "shared/schema/schema.hpp"

namespace anketa::client {
namespace {

/// An open mutation that has grown so large is sealed, and a new one begun.
constexpr std::size_t full_mutation_bytes = protocol::max_mutation_bytes / 2;

Mutation parse_mutation(std::string_view text) {
  return mutation_from_json(Json::parse(text));
}

/// Sets are sorted arrays without repetition, however they were given.
void sort_sets(Json& value) {
  if (value.is_object()) {
    for (auto& child : value) sort_sets(child);
  } else if (value.is_array()) {
    std::sort(value.begin(), value.end());
    value.erase(std::unique(value.begin(), value.end()), value.end());
  }
}

/// The right the server will find, as far as the device knows its grants.
schema::Right right_over(ClientStore& store, Role role, const Scope& scope) {
  using schema::Right;
  const bool company = scope == company_scope;
  switch (role) {
    case Role::Lead:
      return Right::Lead;
    case Role::Service:
      return company ? Right::Read : Right::Service;
    case Role::Manager:
      return Right::Read;
    case Role::Admin:
      return company ? Right::Lead : Right::None;
    case Role::Rep:
      break;
  }
  if (company) return Right::Read;
  // Before the first sync nothing is known; the server will say.
  if (!store.scopes().any_grants()) return Right::Team;
  const auto grant = store.scopes().grant(scope);
  if (!grant) return Right::None;
  return grant->role == "owner" || grant->role == "member" ? Right::Team : Right::Read;
}

/// Field classes the user sees in a scope, as far as the device knows; nullopt: all.
std::optional<std::vector<schema::FieldClass>> classes_in(ClientStore& store, Role role, const Scope& scope) {
  if (role == Role::Lead || role == Role::Manager || scope == company_scope) return std::nullopt;
  auto grant = store.scopes().grant(scope);
  if (!grant) grant = store.scopes().grant(every_scope);
  if (!grant) return std::nullopt;
  std::vector<schema::FieldClass> classes;
  for (const auto& name : grant->classes)
    if (const auto known = schema::field_class(name)) classes.push_back(*known);
  return classes;
}

void throw_if(std::optional<Problem> problem) {
  if (problem) throw ProblemError(std::move(*problem));
}

}  // namespace

std::optional<std::vector<schema::FieldClass>> LocalEdits::classes_seen(const Scope& scope) {
  const auto account = store_.device().account();
  return account ? classes_in(store_, account->role, scope) : std::nullopt;
}

struct LocalEdits::Work {
  RecordEdit& edit;
  AccountRow account;
  RecordRow row;
  std::vector<OutboxRow> pending;
  RecordState before;
  bool creates = false;
  /// The mutation the ops go into: a new one, or the record's open one.
  Mutation mutation;
  std::string text;
};

std::vector<Op> LocalEdits::creation(Json body) {
  std::vector<Op> ops(1);
  ops.front().value = std::move(body);
  return ops;
}

void LocalEdits::commit(RecordEdit edit) {
  guarded([&] {
    Atomic atomic(store_.database());
    commit_one(edit, std::nullopt);
    atomic.commit();
  });
}

void LocalEdits::commit_group(std::vector<RecordEdit> edits) {
  if (edits.size() > static_cast<std::size_t>(protocol::max_group))
    throw ProblemError(ProblemCode::GroupTooLarge, {{"limit", std::to_string(protocol::max_group)}});
  guarded([&] {
    Atomic atomic(store_.database());
    const Group group{Uuid::v7(store_.environment()), static_cast<int>(edits.size())};
    for (auto& edit : edits) commit_one(edit, group);
    atomic.commit();
  });
}

void LocalEdits::commit_one(RecordEdit& edit, const std::optional<Group>& group) {
  if (edit.ops.empty()) return;
  const auto account = store_.device().account();
  if (!account) throw ProblemError(ProblemCode::NotLoggedIn);
  auto found = store_.records().find(edit.record);
  if (!found && !schema::collection(edit.collection))
    throw ProblemError(ProblemCode::UnknownCollection, {{"collection", edit.collection}});
  Work work{edit, *account, {}, {}, {}, false, {}, {}};
  work.row = found ? *found : store_.records().add(edit.record, edit.collection, edit.scope);
  work.creates = work.row.visible() == 0;
  if (work.row.hidden) throw ProblemError(ProblemCode::RecordNotFound);
  work.before = store_.records().load_visible(work.row);
  if (work.row.pending > 0) work.pending = store_.outbox().pending_of(work.row.key);
  for (auto& op : edit.ops) sort_sets(op.value);
  if (group || !join_open(work)) add_mutation(work, group);
  refresh_view(work);
}

/// Each op's `over`, seen from the view with the ops before it applied; and the check by the server's own rules.
void LocalEdits::note_over(Work& work) {
  auto view = work.before;
  Mutation step;
  step.id = work.mutation.id;
  step.record = work.row.id;
  step.collection = work.row.collection;
  step.scope = work.row.scope;
  merge::Context own;
  own.in_own_chain = [](const Uuid&) { return true; };
  own.conflict = [&](std::string_view path) -> std::optional<merge::Conflict> {
    const auto row = store_.records().find(merge::conflict_id(work.row.id, path));
    if (!row || !row->visible()) return std::nullopt;
    const auto conflict = store_.records().load_visible(*row);
    // One that is gone was erased with what its sides said.
    if (conflict.deleted) return std::nullopt;
    return merge::conflict_from_json(conflict.body);
  };
  const auto* collection = schema::collection(work.row.collection);
  const auto right = right_over(store_, work.account.role, work.row.scope);
  const auto classes = classes_in(store_, work.account.role, work.row.scope);
  for (auto& op : work.edit.ops) {
    if (collection) throw_if(schema::permit(*collection, op, right, work.creates));
    if (collection && classes) throw_if(schema::permit_sight(*collection, op, *classes));
    merge::note_what_was_seen(op, view);
    step.ops.assign(1, op);
    throw_if(merge::plan(view.by.is_nil() ? nullptr : &view, step, own).parked);
    merge::overlay(view, step);
  }
  // Of a record the server knows, the device may see a part only.
  if (collection && !work.row.server && !view.deleted) throw_if(schema::validate_complete(*collection, view.body));
}

bool LocalEdits::join_open(Work& work) {
  if (work.pending.empty() || (work.pending.back().state != OutboxState::Open && !ANKETA_MUTANT("joins_sealed")))
    return false;
  auto& row = work.pending.back();
  work.mutation = parse_mutation(row.text);
  note_over(work);
  auto joined = work.mutation;
  for (const auto& op : work.edit.ops) join(joined, op);
  joined.at = store_.device().tick(store_.environment().now());
  auto text = canonical(to_json(joined));
  if (text.size() > full_mutation_bytes) return false;
  store_.outbox().replace_text(row.counter, text);
  row.text = std::move(text);
  return true;
}

void LocalEdits::add_mutation(Work& work, const std::optional<Group>& group) {
  auto& mutation = work.mutation;
  mutation = Mutation();
  mutation.id = Uuid::v7(store_.environment());
  const auto device = store_.device().get();
  const auto stamp = store_.device().stamp(store_.environment().now());
  mutation.device = device.id;
  mutation.user = work.account.user;
  mutation.counter = stamp.counter;
  mutation.at = stamp.at;
  mutation.epoch = device.epoch;
  mutation.schema = schema::version;
  mutation.record = work.row.id;
  mutation.collection = work.row.collection;
  mutation.scope = work.row.scope;
  mutation.group = group;
  if (!work.pending.empty()) {
    mutation.prev = work.pending.back().id;
    if (work.pending.back().state == OutboxState::Open)
      store_.outbox().set_state(work.pending.back().counter, OutboxState::Sealed);
  }
  note_over(work);
  mutation.ops = work.edit.ops;
  auto text = canonical(to_json(mutation));
  if (text.size() > protocol::max_mutation_bytes)
    throw ProblemError(ProblemCode::TooLarge, {{"limit", std::to_string(protocol::max_mutation_bytes)}});
  // A group is complete as it stands: nothing joins its mutations.
  store_.outbox().add(mutation, work.row.key, group ? OutboxState::Sealed : OutboxState::Open, text);
  work.pending.push_back({stamp.counter, mutation.id, work.row.key, OutboxState::Open, {}, std::move(text)});
  ++work.row.pending;
}

void LocalEdits::refresh_view(Work& work) {
  const auto view = with_pending(store_.records().load_server(work.row), work.pending);
  store_.records().put_view(work.row, view);
  store_.records().update(work.row);
  store_.search().put(work.row.key, view);
}

RecordState with_pending(RecordState server, const std::vector<OutboxRow>& pending) {
  for (const auto& row : pending) merge::overlay(server, parse_mutation(row.text));
  return server;
}

void rebuild_view(ClientStore& store, RecordRow& row) {
  auto visible = store.records().load_server(row);
  if (row.pending > 0) {
    visible = with_pending(std::move(visible), store.outbox().pending_of(row.key));
    store.records().put_view(row, visible);
  } else {
    store.records().drop_view(row);
  }
  store.records().update(row);
  store.search().put(row.key, visible);
}

void rebuild_or_drop(ClientStore& store, RecordRow& row) {
  if (row.server != 0 || row.pending > 0) return rebuild_view(store, row);
  store.search().erase(row.key);
  store.records().erase(row);
}

}  // namespace anketa::client
