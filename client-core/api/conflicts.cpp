// Conflicts as the user sees and settles them, and the edits the server refused.
#include "anketa/client.hpp"
#include "client-core/api/parts.hpp"
#include "client-core/store/parked.hpp"
#include "shared/merge/merge.hpp"
#include "shared/schema/schema.hpp"

namespace anketa::client {
namespace {

/// Sides that the user's own unsynced edits of the record settle.
std::set<Uuid> settled_locally(ClientStore& store, const Uuid& record) {
  std::set<Uuid> settled;
  const auto row = store.records().find(record);
  if (!row || row->pending == 0) return settled;
  for (const auto& pending : store.outbox().pending_of(row->key))
    for (const auto& op : mutation_from_json(Json::parse(pending.text)).ops)
      settled.insert(op.consumes.begin(), op.consumes.end());
  return settled;
}

std::string user_name(ClientParts& parts, const Uuid& user) {
  const auto record = find_record(parts, user);
  return record ? string_or_empty(record->view.body, "name") : std::string();
}

ConflictView view_of(ClientParts& parts, const Uuid& id, const merge::Conflict& conflict) {
  ConflictView view{id, conflict.record, conflict.collection, conflict.path, conflict.base, {}};
  const auto record = find_record(parts, conflict.record);
  const auto shown = record ? value_at(record->view.body, conflict.path) : Json();
  const auto settled = settled_locally(parts.store, conflict.record);
  for (const auto& side : conflict.sides)
    view.sides.push_back({side.value, side.mutation, side.user, user_name(parts, side.user), side.at,
                          side.consumed || settled.contains(side.mutation), side.value == shown});
  return view;
}

bool is_open(const ConflictView& view) {
  return std::any_of(view.sides.begin(), view.sides.end(), [](const ConflictSide& side) { return !side.consumed; });
}

ConflictView need_conflict(ClientParts& parts, const Uuid& id) {
  const auto record = need_record(parts, id);
  if (record.view.collection != "conflict") throw ProblemError(ProblemCode::RecordNotFound, {}, id.text());
  const auto conflict = merge::conflict_from_json(record.view.body);
  auto view = view_of(parts, id, conflict);
  if (!conflict.open || !is_open(view)) throw ProblemError(ProblemCode::ConflictNotOpen, {}, id.text());
  return view;
}

/// The op that puts a value in the conflict's place. An item or a record that stays is an op that sets nothing: its
/// cells are what they are.
Op settling_op(const ConflictView& conflict, const Json& value) {
  static const schema::Collection undeclared;
  const auto* declared = schema::collection(conflict.collection);
  const auto cell = schema::resolve(declared ? *declared : undeclared, conflict.path, OpKind::Set, value);
  const bool whole = cell.kind == schema::CellKind::Record || cell.kind == schema::CellKind::ListItem;
  Op op;
  op.path = conflict.path;
  op.kind = whole && value.is_null() ? OpKind::Remove : OpKind::Set;
  op.value = cell.kind == schema::CellKind::Record && !value.is_null() ? Json::object() : value;
  for (const auto& side : conflict.sides)
    if (!side.consumed) op.consumes.push_back(side.mutation);
  return op;
}

/// A status that could not move is kept as the move it wanted, {from, to, facts}: settling for that side makes the move
/// from where the status stands, with all that was noted along with it.
Op settling_op(ClientParts& parts, const ConflictView& conflict, const ConflictSide& side) {
  const bool move = side.value.is_object() && side.value.contains("from") && side.value.contains("to");
  if (!move) return settling_op(conflict, side.value);
  auto op = settling_op(conflict, side.value.at("to"));
  op.kind = OpKind::Transition;
  op.value = side.value;
  if (const auto record = find_record(parts, conflict.record))
    if (const auto& now = record->view.at(conflict.path); now.is_string()) op.value["from"] = now;
  return op;
}

}  // namespace

std::vector<ConflictView> Client::conflicts(const std::optional<Uuid>& record) const {
  std::vector<ConflictView> open;
  for (const auto& found : list("conflict")) {
    const auto conflict = merge::conflict_from_json(found.view.body);
    if (!conflict.open || (record && !(*record == conflict.record))) continue;
    auto view = guarded([&] { return view_of(*parts_, found.view.id, conflict); });
    if (is_open(view)) open.push_back(std::move(view));
  }
  return open;
}

void Client::resolve(const Uuid& conflict, const Json& value) {
  const auto view = guarded([&] { return need_conflict(*parts_, conflict); });
  commit(*parts_, {view.record, {}, {}, {settling_op(view, value)}});
  parts_->changed({conflict});
}

void Client::resolve_with_side(const Uuid& conflict, std::size_t side) {
  const auto view = guarded([&] { return need_conflict(*parts_, conflict); });
  if (side >= view.sides.size())
    throw ProblemError(ProblemCode::InvalidValue, {{"value", std::to_string(side)}}, "side");
  auto op = guarded([&] { return settling_op(*parts_, view, view.sides[side]); });
  commit(*parts_, {view.record, {}, {}, {std::move(op)}});
  parts_->changed({conflict});
}

std::vector<ParkedEdit> Client::parked() const {
  return guarded([&] {
    std::vector<ParkedEdit> all;
    for (const auto& row : parts_->store.outbox().parked(std::nullopt)) {
      const auto json = Json::parse(row.text);
      const auto mutation = mutation_from_json(json);
      all.push_back({mutation.id, mutation.record, mutation.collection, mutation.at, row.problem.value_or(Problem{}),
                     json.at("ops")});
    }
    return all;
  });
}

void Client::retry_parked(const Uuid& record) {
  ParkedMutations(parts_->store).retry(record);
  parts_->changed({record});
}

void Client::dismiss_parked(const Uuid& record) {
  ParkedMutations(parts_->store).dismiss(record);
  parts_->changed({record});
}

}  // namespace anketa::client
