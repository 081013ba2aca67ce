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
    : disk(name), environment(now, seed), keys(bundle::make_keys(environment)) {}

// Services go before their stores.
ServerMachine::~ServerMachine() = default;

void ServerMachine::set_up() {
  disk.load(blank_store());
  start();
}

ServerMachine::Program ServerMachine::run() {
  Program program;
  program.store = open(disk, environment);
  program.service = std::make_unique<server::SyncService>(*program.store, environment);
  return program;
}

void ServerMachine::start() {
  programs_[0] = run();
}

void ServerMachine::start_second() {
  programs_[1] = run();
}

void ServerMachine::write_queued(bool second_first) {
  for (const std::size_t which : {second_first ? 1U : 0U, second_first ? 0U : 1U})
    if (programs_[which].store) programs_[which].store->write_queued();
}

void ServerMachine::crash(MemoryDisk::Loss loss, Rng& rng) {
  programs_ = {};
  disk.reboot(loss, rng);
}

void ServerMachine::back_up() {
  constexpr auto copy = "server/backup.db";
  disk.remove(copy);
  store().backup(copy);
  backup_ = disk.image().at(copy);
  disk.remove(copy);
}

void ServerMachine::restore() {
  programs_ = {};
  disk.load({{file, backup_}});
  start();
  store().write_and_wait([&](server::Writer& writer) { writer.set_epoch(Uuid::v7(environment).text()); });
}

}  // namespace anketa::simulation
