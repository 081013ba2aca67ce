#include "tools/simulation/quiet.hpp"

#include "client-core/store/sql.hpp"
#include "sync-server/store/class_view.hpp"

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
  for (auto& device : world_.devices_) {
    world_.start_upload(*device);
    world_.let_happen(world_.now_ + 3'600'000);
  }
  world_.watch_.check_all(world_.server_.store());
  world_.check_contents();
  world_.check_erased();
  world_.check_orphans();
  for (auto& device : world_.devices_) check_device(*device);
  if (world_.tally_.restores == 0) check_copies();
  check_first_sync();
  const bool copies =
      std::any_of(world_.devices_.begin(), world_.devices_.end(), [](const auto& device) { return device->copied; });
  // What copies of a device pushed depends on who came first, and what is long deleted on when that was.
  if (world_.options_.seed % 4 == 0 && !world_.tombstones_go_ && !copies && world_.watch_.nothing_erased())
    check_replay();
}

/// Copies of a device go on as two: otherwise their counters and chains mean two things. The first push of each may
/// pass for the same one sent twice; with the second they name different successors of one nonce.
void Quiet::check_copies() {
  for (const auto& device : world_.devices_) {
    if (device->copy_of_index < 0 || device->pushes_since_copy < 2) continue;
    auto& original = *world_.devices_[static_cast<std::size_t>(device->copy_of_index)];
    if (original.pushes_since_copy < 2) continue;
    if (device->store().device().get().id == original.store().device().get().id)
      throw Violation(Invariant::OneEffect, device->name + " and " + original.name + " go on as one device");
  }
}

/// A new device that comes by everything page by page holds what the others hold, however large the pages are.
void Quiet::check_first_sync() {
  const auto& like = *world_.devices_[world_.options_.seed % world_.devices_.size()];
  world_.page_limit_ = static_cast<int>(1 + world_.options_.seed % 7);
  auto& device = world_.add_device("new", like.user, like.role);
  world_.add(device);
  world_.start_sync(device);
  world_.let_happen(world_.now_ + 36'000'000);
  if (device.engine) throw Violation(Invariant::Ends, "a first sync does not end");
  check_device(device);
}

/// The same mutations in the same order, in other batches and some of them twice, give the same records.
void Quiet::check_replay() {
  ServerMachine other("other-server", world_.now_, 3);
  other.set_up();
  // Before a restore some waited for a record that others had yet to bring; they do here.
  if (world_.tally_.restores > 0)
    other.store().write_and_wait([&](server::Writer& writer) { writer.set_epoch(Uuid::v7(other.environment).text()); });
  Rng rng(mix(world_.options_.seed, 4));
  std::map<Uuid, Role> roles;
  for (const auto& device : world_.devices_) roles[device->user] = device->role;
  struct Row {
    server::Author author;
    Json mutation;
    bool refused = false;
  };
  std::vector<Row> all;
  world_.server_.store().read([&](server::Reader& reader) {
    reader.select("SELECT person, device, text, status FROM journal ORDER BY position", {},
                  [&](const server::Row& row) {
                    const auto role = roles.find(row.id(0).value());
                    if (role == roles.end()) return;  // the server's own follow by themselves
                    const auto status = static_cast<protocol::ResultStatus>(row.integer(3));
                    all.push_back({{role->first, row.id(1).value(), role->second, false},
                                   Json::parse(row.text(2)),
                                   status == protocol::ResultStatus::Parked});
                  });
  });
  for (std::size_t at = 0; at < all.size();) {
    const auto& first = all[at];
    // What was refused was refused by rights that have passed. It has no effect, but others have seen it.
    if (first.refused) {
      other.program().quarantine().take(first.author, {{"mutations", {first.mutation}}});
      ++at;
      continue;
    }
    std::vector<Mutation> batch;
    const auto most = at + 1 + rng.below(20);
    for (; at < all.size() && at < most && !all[at].refused && all[at].author.user == first.author.user; ++at)
      batch.push_back(mutation_from_json(all[at].mutation));
    other.service().submit(first.author, batch);
    if (rng.chance(300)) other.service().submit(first.author, batch);
  }
  other.store().read([&](server::Reader& reader) {
    for (const auto& [id, head] : world_.watch_.heads()) {
      // Accounts are made at the server.
      if (head.collection == "user") continue;
      const auto found = reader.head(id);
      if (found && found->deleted == head.deleted && Json::parse(found->body) == head.body) continue;
      std::string journals;
      const auto list = [&](server::Reader& of) {
        for (const auto& row : of.journal_of(id))
          journals += "\n  " + std::to_string(row.position) + " " + std::string(protocol::name(row.result.status)) +
                      " " + std::to_string(row.result.seq) + " " + row.text;
        journals += "\n  and";
      };
      world_.server_.store().read(list);
      list(reader);
      throw Violation(Invariant::Independent, head.collection + " " + id.text() + " is " + head.body.dump() + ", and " +
                                                  (found ? found->body : "nothing") +
                                                  " where the same came in other batches; the journals:" + journals);
    }
  });
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

/// What a restored server has lost comes back from the device that made it; where that device was set back as well, or
/// handed it over and nobody has accepted it yet, edits by others wait for it, kept by their devices and by the
/// journal. With an edit wait those that were made in one step with it.
bool Quiet::waits_in_vain(Device& device, const Mutation& mutation) const {
  if (world_.tally_.restores == 0) return false;
  const auto in_vain = [&](const Mutation& one) {
    return std::any_of(world_.devices_.begin(), world_.devices_.end(),
                       [&](const auto& other) { return other->ledger.gave_up(one.record); });
  };
  if (!mutation.group) return in_vain(mutation);
  const auto members = device.store().outbox().pending_of_group(mutation.group->id);
  return std::any_of(members.begin(), members.end(), [&](const client::OutboxRow& member) {
    return in_vain(mutation_from_json(Json::parse(member.text)));
  });
}

void Quiet::check_missing(Device& device) {
  auto unsent = device.store().database().statement(
      "SELECT o.state, t.text FROM outbox o JOIN outbox_text t ON t.counter = o.counter WHERE o.state < 3");
  while (unsent.step()) {
    const auto waits = static_cast<client::OutboxState>(unsent.integer(0)) == client::OutboxState::Waiting;
    if (!waits || !waits_in_vain(device, mutation_from_json(Json::parse(unsent.string(1)))))
      throw Violation(Invariant::Ends,
                      device.name + (waits ? " still waits with " : " has not pushed ") + unsent.string(1));
  }
  const auto missing = device.ledger.missing(device.store(), world_.in_journal());
  if (!missing.empty())
    throw Violation(Invariant::SurvivesServer, std::to_string(missing.size()) + " edits of " + device.name +
                                                   " are in no journal, the first is " + missing.front().text());
}

/// The record as that device should hold it.
std::optional<RecordState> Quiet::expected(const Device& device, const RecordState& head) const {
  if (device.role != Role::Service || head.scope == company_scope) return head;
  return server::visible_part(head, server::service_side);
}

void Quiet::check_records(Device& device) {
  auto& records = device.store().records();
  const bool all = device.role != Role::Rep;
  const auto scopes = world_.watch_.scopes_of(device.user);
  std::set<Uuid> granted;
  for (const auto& [id, head] : world_.watch_.heads()) {
    if (!all && !(head.scope == company_scope) && !scopes.contains(head.scope)) continue;
    const auto due = expected(device, head);
    if (!due) continue;
    granted.insert(id);
    const auto row = records.find(id);
    if (!row || !row->server) {
      if (head.deleted) continue;
      throw Violation(Invariant::EqualDevices, device.name + " lacks " + head.collection + " " + id.text());
    }
    const auto held = records.load_server(*row);
    // Of a part its viewer knows another version than that of the whole.
    const bool part = device.role == Role::Service && !(head.scope == company_scope);
    const auto wanted = part ? due->body.dump() : text_of(*due), has = part ? held.body.dump() : text_of(held);
    if (row->pending == 0 && row->view)
      throw Violation(Invariant::OwnWritesRead, device.name + " shows an old view of " + id.text());
    // Of what was deleted long ago the server knows nothing any more; who has an edit of it keeps what he had.
    const bool forgotten = head.deleted && world_.tombstones_go_ && (held.deleted || row->pending > 0);
    if (wanted != has && !forgotten)
      throw Violation(Invariant::EqualDevices, device.name + " has " + has + " where the server has " + wanted);
  }
  auto row = device.store().database().statement("SELECT id, pending FROM record");
  while (row.step()) {
    const auto id = client::uuid_at(row, 0);
    const auto held = records.find(id);
    // A deleted record tells nothing; the server may have forgotten it.
    if (held && held->server && records.load_server(*held).deleted) continue;
    if (!granted.contains(id) && row.integer(1) == 0)
      throw Violation(Invariant::NothingDisclosed, device.name + " holds record " + id.text() + ", which is not his");
  }
}

}  // namespace anketa::simulation
