// Faults that strike by themselves: deaths, full disks, wrong clocks, clones, old copies, backups and restores.
#include "tools/simulation/world.hpp"

namespace anketa::simulation {
namespace {

constexpr Instant year = Instant{365} * 24 * 3600 * 1000;

}  // namespace

void World::strike() {
  for (const auto& fault : fault_weights) {
    if (fault.where != Where::Step || rng_.below(10'000) >= fault.chance) continue;
    if (fault.kind >= FaultKind::ServerBackedUp || fault.kind == FaultKind::ServerKilled ||
        fault.kind == FaultKind::ServerFull)
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
    default:
      return;
  }
}

void World::strike_server(FaultKind kind) {
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
    default:
      return;
  }
}

}  // namespace anketa::simulation
