// The simulated server: its disk, and the real program while it runs; or two programs over the one store, each with
// what it remembers of it.
#pragma once

#include <array>
#include <set>

#include "tools/simulation/server_program.hpp"
#include "tools/simulation/virtual_environment.hpp"

namespace anketa::simulation {

class ServerMachine {
 public:
  ServerMachine(const std::string& name, const Instant& now, std::uint64_t seed);

  void set_up();
  /// Throws ProblemError.
  void start();
  void crash(MemoryDisk::Loss loss, Rng& rng);

  /// A second program beside the first. Throws ProblemError.
  void start_second();
  /// It ends as if it were killed: what it was asked and has not committed is gone.
  void kill_second() { programs_[1].reset(); }
  bool second_running() const { return programs_[1] != nullptr; }

  bool running() const { return programs_[0] != nullptr; }
  ServerProgram& program() { return *programs_[0]; }
  ServerProgram& second_program() { return *programs_[1]; }
  server::Store& store() { return program().store(); }
  server::SyncService& service() { return program().sync(); }
  /// Commits what either program was asked.
  void write_queued(bool second_first);

  /// Makes a backup, by the product's own means. Throws ProblemError.
  void back_up();
  bool has_backup() const { return !backup_.empty(); }
  /// The database of the last backup takes the place of the one there is, with a history of its own from there on. What
  /// lies beside it stays: the ledger, what was handed over, the key of tokens; on a machine of its own, of the
  /// contents of attachments those that the backup holds.
  void restore(bool own_machine);

  MemoryDisk disk;
  VirtualEnvironment environment;
  /// For sync by file.
  const bundle::KeySet keys;

 private:
  std::unique_ptr<ServerProgram> run();

  const std::string token_key_;
  std::array<std::unique_ptr<ServerProgram>, 2> programs_;
  std::string backup_;
  /// Files of contents at the time of the backup.
  std::set<std::string> backed_up_contents_;
};

}  // namespace anketa::simulation
