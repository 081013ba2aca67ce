#include "tools/simulation/quiet.hpp"

#include "client-core/store/sql.hpp"
#include "shared/schema/schema.hpp"

namespace anketa::simulation {
namespace {

/// Rounds in which everybody syncs once. A chain of reactions is short: pushed, pulled, and nothing more.
constexpr int most_rounds = 6;

std::string text_of(const RecordState& record) {
  return to_json(record).dump();
}

}  // namespace

void Quiet::run() {
  end_faults();
  settle();
  world_.watch_.check_all(world_.server_.store());
  for (auto& device : world_.devices_) check_device(*device);
}

void Quiet::end_faults() {
  world_.tell("quiet");
  world_.faults_ = false;
  world_.server_.disk.die_after(-1);
  world_.server_.disk.set_room(-1);
  for (auto& device : world_.devices_) {
    device->disk.die_after(-1);
    device->disk.set_room(-1);
  }
  // What is still on its way arrives; who is down starts.
  world_.let_happen(world_.now_ + 48 * 3'600'000);
  world_.start_server();
  for (auto& device : world_.devices_)
    if (!device->running()) world_.start_device(*device);
  world_.lenient_ = false;
}

void Quiet::settle() {
  for (int round = 1;; ++round) {
    const auto before = world_.watch_.last_seq();
    bool moved = false;
    for (auto& device : world_.devices_) {
      const auto cursor = device->cursor_seq;
      world_.start_sync(*device);
      world_.let_happen(world_.now_ + 7'200'000);
      if (device->engine) throw Violation(Invariant::Ends, device->name + " syncs without end");
      moved = moved || device->cursor_seq != cursor;
    }
    if (!moved && world_.watch_.last_seq() == before) return;
    if (round == most_rounds) throw Violation(Invariant::Ends, "no rest after " + std::to_string(round) + " rounds");
  }
}

void Quiet::check_device(Device& device) {
  client::guarded([&] {
    const auto last = device.store().device().get().last_sync;
    if (!last) throw Violation(Invariant::Ends, device.name + " never came to the end of a sync");
    check_missing(device);
    check_records(device);
  });
}

void Quiet::check_missing(Device& device) {
  auto& outbox = device.store().outbox();
  using client::OutboxState;
  for (const auto state : {OutboxState::Open, OutboxState::Sealed, OutboxState::Waiting})
    if (const auto count = outbox.count(state); count > 0)
      throw Violation(Invariant::Ends, device.name + " still has " + std::to_string(count) + " edits in state " +
                                           std::to_string(static_cast<int>(state)));
  const auto missing = device.ledger.missing(
      device.store(), [&](const Uuid& id, const std::string& text) { return world_.watch_.has(id, text); });
  if (!missing.empty())
    throw Violation(Invariant::SurvivesServer, std::to_string(missing.size()) + " edits of " + device.name +
                                                   " are in no journal, the first is " + missing.front().text());
}

/// The record as that device should hold it.
RecordState Quiet::expected(const Device& device, const RecordState& head) const {
  if (device.role != Role::Service || head.scope == company_scope) return head;
  static const schema::Collection undeclared;
  const auto* found = schema::collection(head.collection);
  const auto& collection = found ? *found : undeclared;
  constexpr std::array classes{schema::FieldClass::Service};
  auto part = head;
  part.body = schema::visible(collection, head.body, classes);
  const auto hidden = [&](const std::string& path) {
    const auto field_class = schema::resolve(collection, path, OpKind::Set, Json()).field_class;
    return field_class != schema::FieldClass::General && field_class != schema::FieldClass::Service;
  };
  std::erase_if(part.cells, [&](const auto& cell) { return hidden(cell.first); });
  std::erase_if(part.removed, [&](const auto& removed) { return hidden(removed.first); });
  return part;
}

void Quiet::check_records(Device& device) {
  auto& records = device.store().records();
  const bool all = device.role != Role::Rep;
  const auto scopes = world_.watch_.scopes_of(device.user);
  std::set<Uuid> granted;
  for (const auto& [id, head] : world_.watch_.heads()) {
    if (!all && !(head.scope == company_scope) && !scopes.contains(head.scope)) continue;
    granted.insert(id);
    const auto row = records.find(id);
    if (!row || !row->server) {
      if (head.deleted) continue;
      throw Violation(Invariant::EqualDevices, device.name + " lacks " + head.collection + " " + id.text());
    }
    const auto wanted = text_of(expected(device, head)), has = text_of(records.load_server(*row));
    if (wanted != has)
      throw Violation(Invariant::EqualDevices, device.name + " has " + has + " where the server has " + wanted);
  }
  auto row = device.store().database().statement("SELECT id, pending FROM record");
  while (row.step()) {
    const auto id = client::uuid_at(row, 0);
    if (!granted.contains(id) && row.integer(1) == 0)
      throw Violation(Invariant::NothingDisclosed, device.name + " holds record " + id.text() + ", which is not his");
  }
}

}  // namespace anketa::simulation
