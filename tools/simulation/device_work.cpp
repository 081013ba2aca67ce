// A device's side: local commits, syncs step by step, deaths and starts.
#include "client-core/bundle/device_bundle.hpp"
#include "client-core/store/edits.hpp"
#include "client-core/store/sql.hpp"
#include "sync-server/services/cursor.hpp"
#include "tools/simulation/world.hpp"

namespace anketa::simulation {
namespace {

using client::guarded;

std::string described(const Problem& problem) {
  return problem.what(text::Language::English) + (problem.where.empty() ? "" : " (" + problem.where + ")");
}

/// What may go wrong when somebody edits something, without anything being broken.
bool ordinary(ProblemCode code) {
  switch (code) {
    case ProblemCode::Internal:
    case ProblemCode::DatabaseDamaged:
    case ProblemCode::WrongKey:
    case ProblemCode::DatabaseInUse:
    case ProblemCode::DatabaseNewer:
    case ProblemCode::BadAnswer:
      return false;
    default:
      return true;
  }
}

}  // namespace

bool World::change(Device& device, const std::string& what, const std::function<void(Hand&)>& work) {
  if (!device.running()) return false;
  try {
    auto hand = device.hand();
    work(hand);
  } catch (const ProblemError& error) {
    if (device.disk.dead()) {
      tell(device.name + " dies while it would " + what);
      device_died(device);
      return false;
    }
    const auto code = error.problem().code;
    if (code == ProblemCode::DiskFull && device.disk.full()) {
      tell(device.name + " has no room to " + what);
      return false;
    }
    if (!ordinary(code) || code == ProblemCode::DiskFull)
      throw Violation(Invariant::KeptForEver, device.name + " could not " + what + ": " + error.what());
    tell(device.name + " may not " + what + ": " + described(error.problem()));
    return false;
  }
  tell(device.name + ": " + what);
  ++tally_.edits;
  // A machine that dies after the commit returned keeps what was committed.
  if (device.disk.dead()) {
    device_died(device);
    return false;
  }
  guarded([&] { device.ledger.note(device.store()); });
  return true;
}

void World::start_sync(Device& device) {
  if (!device.running() || device.engine) return;
  ++tally_.syncs;
  tell(device.name + " syncs");
  guarded([&] {
    device.began_at =
        static_cast<std::uint64_t>(device.store().database().query_integer("SELECT counter FROM device").value_or(0));
  });
  client::Instructions first;
  std::unique_ptr<client::Engine> engine;
  try {
    engine = device.hand().sync(faults_ ? static_cast<int>(rng_.between(1, 4)) : 4, first);
  } catch (const ProblemError& error) {
    return ended(device, {error.problem()});
  }
  begin(device, Doing::Syncing, std::move(engine), std::move(first));
}

void World::begin(Device& device, Doing doing, std::unique_ptr<client::Engine> engine, client::Instructions first) {
  device.doing = doing;
  device.engine = std::move(engine);
  follow(device, std::move(first));
}

void World::feed(Device& device, client::Event event) {
  follow(device, device.hand().step(*device.engine, std::move(event)));
}

void World::follow(Device& device, client::Instructions instructions) {
  if (device.disk.dead()) return device_died(device);
  obey(device, std::move(instructions));
  if (!device.running()) return;
  if (device.engine && rng_.chance(500)) device.hand().work_while_waiting(*device.engine);
  if (device.disk.dead()) return device_died(device);
  check_cursor(device);
}

void World::obey(Device& device, client::Instructions instructions) {
  for (auto& instruction : instructions) {
    if (const auto* send = std::get_if<client::SendRequest>(&instruction)) {
      send_request(device, *send);
    } else if (const auto* wait = std::get_if<client::Wait>(&instruction)) {
      const auto exchange = device.exchange = ++exchanges_;
      after(wait->milliseconds, [this, index = device.index, exchange] {
        auto& waiting = *devices_[static_cast<std::size_t>(index)];
        if (waiting.engine && waiting.exchange == exchange) feed(waiting, client::TimerFired{});
      });
    } else if (const auto* finished = std::get_if<client::Done>(&instruction)) {
      device.engine.reset();
      done(device, finished->summary);
    } else if (const auto* failed = std::get_if<client::Failed>(&instruction)) {
      device.engine.reset();
      ended(device, *failed);
    }
  }
}

void World::done(Device& device, const client::Summary& summary) {
  if (device.doing == Doing::LoggingIn) {
    tell(device.name + " is logged in");
    return start_sync(device);
  }
  if (device.doing == Doing::Downloading) return check_fetched(device);
  if (device.doing == Doing::Uploading) return tell(device.name + " has uploaded " + std::to_string(summary.pushed));
  tell(device.name + " is in step: " + client::to_json(summary).dump());
  if (summary.repaired > 0 && !device.copied && tally_.restores == 0 && !tombstones_go_)
    throw Violation(Invariant::CursorHonest, device.name + " found " + std::to_string(summary.repaired) +
                                                 " records that differ from the server's");
  device.pushes_since_copy += summary.pushed > 0 ? 1 : 0;
  check_synced(device);
  if (faults_ && rng_.chance(500)) start_upload(device);
}

void World::ended(Device& device, const client::Failed& failed) {
  tell(device.name + (device.doing == Doing::LoggingIn ? " cannot log in: " : " gives the sync up: ") +
       described(failed.problem));
  const auto code = failed.problem.code;
  if (code == ProblemCode::DiskFull && (device.disk.full() || lenient_)) return;
  // Answers that were cut are no answers.
  if (code == ProblemCode::BadAnswer && lenient_) return;
  // Its session has ended by time, by a restore of the server, or for another copy of it.
  if (code == ProblemCode::NotLoggedIn) return log_in_soon(device);
  // The file is on its way from the device that has it, or is not for this one.
  if (device.doing == Doing::Downloading && (code == ProblemCode::ContentMissing || code == ProblemCode::NotFound))
    return;
  if (code == ProblemCode::DeviceRevoked && !logged_in(device)) {
    check_wiped(device);
    return log_in_soon(device);
  }
  if (!ordinary(code) || code == ProblemCode::DiskFull)
    throw Violation(Invariant::Ends, device.name + " cannot sync: " + described(failed.problem));
}

bool World::logged_in(Device& device) {
  return client::guarded([&] {
    const auto account = device.store().device().account();
    return account && !account->refresh.empty();
  });
}

void World::log_in_soon(const Device& device) {
  after(faults_ ? rng_.between(1'000, 3'600'000) : 1'000, [this, index = device.index] {
    auto& again = *devices_[static_cast<std::size_t>(index)];
    if (!again.running() || again.engine) return;
    client::Instructions first;
    std::unique_ptr<client::Engine> engine;
    // It has keys of its own again, which it lost with all else where it was revoked.
    if (change(again, "log in", [&](Hand&) { engine = again.log_in(first); })) {
      --tally_.edits;
      begin(again, Doing::LoggingIn, std::move(engine), std::move(first));
    }
  });
}

/// After a sync that came to its end: everything committed before it began is with the server, however many edits it
/// refused, and the rows say so.
void World::check_synced(Device& device) {
  guarded([&] {
    auto& store = device.store();
    const auto unsent =
        store.database().query_integer("SELECT count(*) FROM outbox WHERE state < 2 AND counter <= ?", device.began_at);
    if (unsent != 0)
      throw Violation(Invariant::NothingDelayed, device.name + " has " + std::to_string(unsent.value_or(0)) +
                                                     " edits left over from before a sync that is done");
    device.ledger.check(store, in_journal());
  });
  check_views(device);
  check_groups(device);
}

void World::check_cursor(Device& device) {
  guarded([&] {
    const auto row = device.store().device().get();
    if (row.cursor.empty()) {
      device.cursor_seq = 0;
      return;
    }
    const auto cursor = server::decode_cursor(row.cursor);
    if (cursor.epoch == device.epoch && cursor.seq < device.cursor_seq)
      throw Violation(Invariant::CursorHonest, device.name + " went back from " + std::to_string(device.cursor_seq) +
                                                   " to " + std::to_string(cursor.seq));
    device.epoch = cursor.epoch;
    device.cursor_seq = cursor.seq;
  });
}

/// What the user sees is what the server sent with his own pending edits on top, and they are all counted.
void World::check_views(Device& device) {
  guarded([&] {
    auto& store = device.store();
    std::vector<client::RecordKey> keys;
    {
      auto pending = store.database().statement("SELECT DISTINCT record FROM outbox WHERE state < 4");
      while (pending.step()) keys.push_back(pending.integer(0));
    }
    for (const auto key : keys) {
      const auto row = store.records().find(key);
      if (!row) continue;
      const auto mutations = store.outbox().pending_of(key);
      if (static_cast<std::size_t>(row->pending) != mutations.size())
        throw Violation(Invariant::RevokedKept, device.name + " counts " + std::to_string(row->pending) + " of " +
                                                    std::to_string(mutations.size()) + " pending edits");
      const auto view = store.records().load_visible(*row);
      const auto last = mutation_from_json(Json::parse(mutations.back().text));
      if (last.ops.empty()) continue;
      const auto& op = last.ops.back();
      if (op.kind == OpKind::Set && !op.path.empty() && !op.value.is_structured() && !view.deleted &&
          view.at(op.path) != op.value)
        throw Violation(Invariant::OwnWritesRead,
                        device.name + " does not show its own " + op.value.dump() + " at '" + op.path + "'");
    }
  });
}

/// Records that were committed together show together.
void World::check_groups(Device& device) {
  guarded([&] {
    auto found = device.store().database().statement(
        "SELECT c.body ->> '$.pair' AS pair, count(*) FROM record r JOIN content c ON c.key = coalesce(r.view, "
        "r.server) "
        "WHERE r.collection IN ('interaction', 'offer') AND r.hidden = 0 AND pair IS NOT NULL GROUP BY pair "
        "HAVING count(*) = 1 AND max(r.pending) = 0");
    if (found.step())
      throw Violation(Invariant::OwnWritesRead, device.name + " shows half of the group " + found.string(0));
    // A meeting that ties an offer shows with the offer tied by it; parked ones are the device's own affair.
    auto ties = device.store().database().statement(
        "SELECT i.id, c.body ->> '$.tie.questionnaire', c.body ->> '$.tie.offer' FROM record i "
        "JOIN content c ON c.key = i.server WHERE i.collection = 'interaction' AND i.hidden = 0 AND i.pending = 0 "
        "AND c.body ->> '$.tie.offer' IS NOT NULL");
    while (ties.step()) {
      const auto offer = device.store().records().find(Uuid::from(ties.string(2)));
      if (offer && offer->server && device.role != Role::Service &&
          device.store().records().load_server(*offer).at("questionnaire") != ties.string(1))
        throw Violation(Invariant::OwnWritesRead, device.name + " shows half of a tie");
    }
  });
}

void World::device_died(Device& device) {
  constexpr MemoryDisk::Loss losses[] = {MemoryDisk::Loss::Nothing, MemoryDisk::Loss::Unsynced, MemoryDisk::Loss::Some};
  const auto loss = losses[rng_.below(3)];
  tally_.count(loss == MemoryDisk::Loss::Nothing ? FaultKind::DeviceKilled : FaultKind::PowerCut);
  device.crash(loss, rng_);
  after(rng_.between(100, 100'000),
        [this, index = device.index] { start_device(*devices_[static_cast<std::size_t>(index)]); });
}

void World::start_device(Device& device) {
  if (device.running()) return;
  tell(device.name + " starts");
  // Whoever finds his device without room makes some.
  device.disk.set_room(-1);
  try {
    device.start(rng_.chance(300) ? rng_.between(5, 100) : 8000);
  } catch (const ProblemError& error) {
    if (device.disk.dead()) return device_died(device);
    throw Violation(Invariant::KeptForEver, device.name + " does not start: " + error.what());
  }
  guarded([&] {
    device.ledger.note_after_crash(device.store(), true);
    device.ledger.check(device.store(), in_journal());
  });
  check_cursor(device);
  check_views(device);
}

void World::restart(Device& device) {
  if (!device.running()) return;
  tell(device.name + " is closed and opened");
  device.stop();
  if (device.disk.dead()) return device_died(device);
  start_device(device);
}

}  // namespace anketa::simulation
