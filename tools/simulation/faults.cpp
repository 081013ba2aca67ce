// Faults that strike by themselves: deaths, full disks, wrong clocks, clones, old copies, backups and restores.
#include "tools/simulation/world.hpp"

namespace anketa::simulation {
namespace {

constexpr Instant year = Instant{365} * 24 * 3600 * 1000;

}  // namespace

void World::strike() {
  for (const auto& fault : fault_weights) {
    if (fault.where != Where::Step || rng_.below(10'000) >= fault.chance) continue;
    if (fault.kind >= FaultKind::ServerKilled)
      strike_server(fault.kind);
    else
      strike_device(fault.kind, *rng_.pick(devices_));
  }
}

void World::strike_device(FaultKind kind, Device& device) {
  if (!device.running() || device.disk.dead()) return;
  switch (kind) {
    case FaultKind::DeviceKilled:
    case FaultKind::PowerCut:
      // Counted when it dies.
      device.disk.die_after(rng_.between(0, 40));
      return;
    case FaultKind::DeviceFull:
      tally_.count(kind);
      tell("the disk of " + device.name + " is full");
      device.disk.set_room(rng_.between(0, 60'000));
      after(rng_.between(10'000, 3'600'000), [&device] { device.disk.set_room(-1); });
      return;
    case FaultKind::ClockSet:
      tally_.count(kind);
      device.environment.skew = rng_.between(-20, 20) * year / 2 + rng_.between(-100'000, 100'000);
      tell("the clock of " + device.name + " is wrong by " + std::to_string(device.environment.skew / 1000) + " s");
      return;
    case FaultKind::DeviceCloned:
      return clone(device);
    case FaultKind::DeviceRolledBack:
      return roll_back(device);
    default:
      return;
  }
}

/// The files of a device, as they stand, go on to live on a second one of the same user: a backup of the phone put on a
/// new phone, while the old one is still in use.
void World::clone(Device& device) {
  if (devices_.size() > 60 || device.engine) return;
  tally_.count(FaultKind::DeviceCloned);
  tell(device.name + " is cloned");
  auto& twin = add_device(device.name + "'", device.user, device.role);
  twin.copy_of(device);
  device.copied = twin.copied = true;
  twin.copy_of_index = device.index;
  device.pushes_since_copy = 0;
  start_device(twin);
}

/// An old copy of the files takes the place of those there are. The first time, the copy is made.
void World::roll_back(Device& device) {
  if (device.engine) return;
  if (device.old_image.empty()) {
    device.old_image = device.disk.image();
    device.old_ledger = device.ledger;
    return;
  }
  tally_.count(FaultKind::DeviceRolledBack);
  tell(device.name + " is set back to an old copy of itself");
  device.copied = true;
  contents_may_be_lost_ = true;
  device.stop();
  // The copy is used once: the next rollback makes another one.
  device.disk.load(std::exchange(device.old_image, {}));
  device.ledger.excuse_all_but(std::exchange(device.old_ledger, {}));
  device.epoch.clear();
  device.cursor_seq = 0;
  start_device(device);
}

void World::strike_server(FaultKind kind) {
  // It may have died of what nobody waited for.
  if (server_.running() && server_.disk.dead()) after_server();
  if (!server_.running()) return;
  switch (kind) {
    case FaultKind::ServerKilled:
      tally_.count(kind);
      server_.disk.die_after(rng_.between(0, 60));
      return;
    case FaultKind::ServerFull:
      tally_.count(kind);
      tell("the server's disk is full");
      server_.disk.set_room(rng_.between(0, 100'000));
      after(rng_.between(10'000, 3'600'000), [this] { server_.disk.set_room(-1); });
      return;
    case FaultKind::OtherServerKilled:
      if (!server_.second_running()) return;
      tally_.count(kind);
      tell("the second server is killed");
      kill_second_server();
      after(rng_.between(1'000, 600'000), [this] { start_second_server(); });
      return;
    case FaultKind::ServerBackedUp:
      return back_up_server();
    case FaultKind::ServerRestored:
      return restore_server();
    case FaultKind::HalfYear:
      tally_.count(kind);
      tell("more than half a year passes: what was deleted before is forgotten");
      tombstones_go_ = true;
      return let_happen(now_ + Instant{200} * 24 * 3'600'000);
    default:
      return;
  }
}

/// Whoever waits for its answer waits in vain.
void World::kill_second_server() {
  const auto answered = outcomes_.size();
  server_.kill_second();
  outcomes_.resize(answered);
}

void World::back_up_server() {
  if (server_.disk.full()) return;
  tally_.count(FaultKind::ServerBackedUp);
  tell("the server is backed up");
  // A copy that is cut short is no backup; the program writes it beside the last one.
  server_.disk.die_after(-1);
  server_.back_up();
  after_server();
}

/// What was committed since the backup is gone from the server, and comes back from the devices.
void World::restore_server() {
  if (!server_.has_backup() || server_.disk.full()) return;
  tally_.count(FaultKind::ServerRestored);
  ++tally_.restores;
  tell("the server is restored from its last backup");
  server_.disk.die_after(-1);
  const bool own_machine = rng_.chance(500);
  contents_may_be_lost_with_disk_ = contents_may_be_lost_with_disk_ || own_machine;
  server_.restore(own_machine);
  outcomes_.clear();
  start_second_server();
  watch_.begin_anew(server_.store());
  check_orphans();
}

}  // namespace anketa::simulation
