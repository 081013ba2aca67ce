#include "tools/simulation/server_machine.hpp"

namespace anketa::simulation {
namespace {

constexpr auto folder = "server";
constexpr auto file = "server/anketa.db";

std::unique_ptr<server::Store> open(const MemoryDisk& disk, Environment& environment) {
  server::StoreOptions options;
  options.folder = folder;
  options.readers = 1;
  options.create = true;
  options.vfs = disk.vfs();
  options.writing = server::Writing::ByCaller;
  return server::open_sqlite_store(options, environment);
}

/// The files of a store with all its tables and nothing in them.
const MemoryDisk::Image& blank_store() {
  static const MemoryDisk::Image image = [] {
    MemoryDisk disk("blank-server");
    const Instant now = 0;
    VirtualEnvironment environment(now, 2);
    open(disk, environment);
    return disk.image();
  }();
  return image;
}

}  // namespace

ServerMachine::ServerMachine(const std::string& name, const Instant& now, std::uint64_t seed)
    : disk(name), environment(now, seed) {}

ServerMachine::~ServerMachine() {
  service_.reset();
  store_.reset();
}

void ServerMachine::set_up() {
  disk.load(blank_store());
  start();
}

void ServerMachine::start() {
  store_ = open(disk, environment);
  service_ = std::make_unique<server::SyncService>(*store_, environment);
}

void ServerMachine::crash(MemoryDisk::Loss loss, Rng& rng) {
  service_.reset();
  store_.reset();
  disk.reboot(loss, rng);
}

void ServerMachine::back_up() {
  constexpr auto copy = "server/backup.db";
  disk.remove(copy);
  store_->backup(copy);
  backup_ = disk.image().at(copy);
  disk.remove(copy);
}

void ServerMachine::restore() {
  service_.reset();
  store_.reset();
  disk.load({{file, backup_}});
  start();
  store_->write_and_wait([&](server::Writer& writer) { writer.set_epoch(Uuid::v7(environment).text()); });
}

}  // namespace anketa::simulation
