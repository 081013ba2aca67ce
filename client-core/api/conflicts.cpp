// Conflicts as the user sees and settles them, and the edits the server refused.
#include "anketa/client.hpp"
#include "client-core/api/parts.hpp"
#include "client-core/store/parked.hpp"
#include "shared/merge/settle.hpp"

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

/// The conflict as this device shows it: what its own unsynced edits settle is settled.
merge::Conflict shown_conflict(const ConflictView& view) {
  merge::Conflict conflict;
  conflict.record = view.record;
  conflict.collection = view.collection;
  conflict.path = view.path;
  for (const auto& side : view.sides)
    conflict.sides.push_back({side.value, side.mutation, side.user, side.at, side.consumed});
  return conflict;
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
  commit(*parts_, {view.record, {}, {}, {merge::settle_with_value(shown_conflict(view), value)}});
  parts_->changed({conflict});
}

void Client::resolve_with_side(const Uuid& conflict, std::size_t side) {
  const auto view = guarded([&] { return need_conflict(*parts_, conflict); });
  if (side >= view.sides.size())
    throw ProblemError(ProblemCode::InvalidValue, {{"value", std::to_string(side)}}, "side");
  auto op = guarded([&] {
    const auto shown = shown_conflict(view);
    const auto record = find_record(*parts_, view.record);
    return merge::settle_with_side(shown, shown.sides[side], record ? record->view : RecordState{});
  });
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
  parts_->changed(ParkedMutations(parts_->store).retry(record));
}

void Client::dismiss_parked(const Uuid& record) {
  parts_->changed(ParkedMutations(parts_->store).dismiss(record));
}

}  // namespace anketa::client
