#include "tools/simulation/server_machine.hpp"

#include "sync-server/store/restore.hpp"

namespace anketa::simulation {
namespace {

constexpr auto file = "server/anketa.db";
constexpr std::string_view contents_folder = "server/blobs/";

/// The files of a store with all its tables and nothing in them.
const MemoryDisk::Image& blank_store() {
  static const MemoryDisk::Image image = [] {
    MemoryDisk disk("blank-server");
    const Instant now = 0;
    VirtualEnvironment environment(now, 2);
    const ServerProgram program(disk, environment, std::string(server::token_key_bytes, 'k'),
                                bundle::make_keys(environment));
    return disk.image();
  }();
  return image;
}

}  // namespace

ServerMachine::ServerMachine(const std::string& name, const Instant& now, std::uint64_t seed)
    : disk(name),
      environment(now, seed),
      keys(bundle::make_keys(environment)),
      token_key_(server::new_token_key(environment)) {}

void ServerMachine::set_up() {
  disk.load(blank_store());
  start();
}

std::unique_ptr<ServerProgram> ServerMachine::run() {
  return std::make_unique<ServerProgram>(disk, environment, token_key_, keys);
}

void ServerMachine::start() {
  programs_[0] = run();
}

void ServerMachine::start_second() {
  programs_[1] = run();
}

void ServerMachine::write_queued(bool second_first) {
  for (const std::size_t which : {second_first ? 1U : 0U, second_first ? 0U : 1U})
    if (programs_[which]) programs_[which]->store().write_queued();
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
  const auto contents = disk.names_below(std::string(contents_folder));
  backed_up_contents_ = {contents.begin(), contents.end()};
}

void ServerMachine::restore(bool own_machine) {
  programs_ = {};
  auto files = disk.image();
  std::erase_if(files, [&](const auto& one) {
    const auto& name = one.first;
    if (name.starts_with(file)) return true;
    const bool content = name.starts_with(contents_folder);
    return own_machine && content && !backed_up_contents_.contains(name.substr(contents_folder.size()));
  });
  files[file] = backup_;
  disk.load(files);
  start();
  const MemoryFiles beside(disk);
  server::begin_history(store(), server::read_beside(beside, server_folder), environment);
}

}  // namespace anketa::simulation
