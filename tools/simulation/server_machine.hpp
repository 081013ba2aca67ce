// The simulated server: its disk, and the real store and sync service while the program runs; or two programs over the
// one store, each with what it remembers of it.
#pragma once

#include <array>
#include <memory>

#include "shared/bundle/keys.hpp"
#include "sync-server/services/sync_service.hpp"
#include "tools/simulation/memory_disk.hpp"
#include "tools/simulation/virtual_environment.hpp"

namespace anketa::simulation {

class ServerMachine {
 public:
  ServerMachine(const std::string& name, const Instant& now, std::uint64_t seed);
  ~ServerMachine();

  void set_up();
  /// Throws ProblemError.
  void start();
  void crash(MemoryDisk::Loss loss, Rng& rng);

  /// A second program beside the first. Throws ProblemError.
  void start_second();
  /// It ends as if it were killed: what it was asked and has not committed is gone.
  void kill_second() { programs_[1] = {}; }
  bool second_running() const { return programs_[1].service != nullptr; }

  bool running() const { return programs_[0].service != nullptr; }
  server::Store& store() { return *programs_[0].store; }
  server::SyncService& service() { return *programs_[0].service; }
  /// That of the second program.
  server::SyncService& second_service() { return *programs_[1].service; }
  /// Commits what either program was asked.
  void write_queued(bool second_first);

  /// Makes a backup, by the product's own means. Throws ProblemError.
  void back_up();
  bool has_backup() const { return !backup_.empty(); }
  /// The program starts from the last backup, with a history of its own from there on.
  void restore();

  MemoryDisk disk;
  VirtualEnvironment environment;
  /// For sync by file.
  const bundle::KeySet keys;

 private:
  struct Program {
    std::unique_ptr<server::Store> store;
    std::unique_ptr<server::SyncService> service;
  };
  Program run();

  std::array<Program, 2> programs_;
  std::string backup_;
};

}  // namespace anketa::simulation
