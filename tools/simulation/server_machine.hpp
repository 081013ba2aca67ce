// The simulated server: its disk, and the real store and sync service while the program runs.
#pragma once

#include <memory>

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

  bool running() const { return service_ != nullptr; }
  server::Store& store() { return *store_; }
  server::SyncService& service() { return *service_; }

  /// Makes a backup, by the product's own means. Throws ProblemError.
  void back_up();
  bool has_backup() const { return !backup_.empty(); }
  /// The program starts from the last backup, with a history of its own from there on.
  void restore();

  MemoryDisk disk;
  VirtualEnvironment environment;

 private:
  std::unique_ptr<server::Store> store_;
  std::unique_ptr<server::SyncService> service_;
  std::string backup_;
};

}  // namespace anketa::simulation
