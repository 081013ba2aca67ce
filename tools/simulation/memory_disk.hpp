// The disk of one simulated machine: a SQLite VFS whose files are in memory and which fails when it is told to.
//
// Model: SQLite writes to files; what it has not synced is at risk. The machine can die at any write: from then on
// every operation fails, and reboot() decides what of the unsynced writes is there afterwards (all, as after a killed
// process; none, or any of them and some in part, as after a power cut). The disk can be full. Copies of all files
// stand for a backup, a cloned phone, a phone set back to an old copy.
// Several connections to a file work as on a real disk (locks, shared memory of the WAL), within one thread.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tools/simulation/memory_file.hpp"
#include "tools/simulation/random.hpp"

namespace anketa::simulation {

class MemoryDisk {
 public:
  /// Registers itself as a VFS of that name; one at a time for each name.
  explicit MemoryDisk(std::string name);
  ~MemoryDisk();
  MemoryDisk(const MemoryDisk&) = delete;
  MemoryDisk& operator=(const MemoryDisk&) = delete;

  const std::string& vfs() const { return name_; }

  /// Contents of the files by name, as a program that copies them sees them.
  using Image = std::map<std::string, std::string>;
  Image image() const;
  /// In place of all files there are. No file may be open.
  void load(const Image& image);

  /// The machine dies at that write, sync, truncation or deletion from now on (0: the next). -1: it lives.
  void die_after(std::int64_t operations) { countdown_ = operations; }
  bool dead() const { return dead_; }
  /// Files may grow by that many bytes together; -1: no limit.
  void set_room(std::int64_t bytes) { room_ = bytes; }
  bool full() const { return room_ >= 0; }

  enum class Loss { Nothing, Unsynced, Some };
  /// After all connections are closed.
  void reboot(Loss loss, Rng& rng);

  // For the VFS.

  std::shared_ptr<MemoryFile> open(const std::string& name, bool create);
  bool exists(const std::string& name) const { return files_.contains(name); }
  void remove(const std::string& name) { files_.erase(name); }
  /// What follows the prefix in the names that begin with it.
  std::vector<std::string> names_below(const std::string& prefix) const;
  /// 0, or the code to fail with. `growth`: of a write.
  int before_write(int code, std::int64_t growth = 0);
  int before_read() const { return dead_ ? SQLITE_IOERR : SQLITE_OK; }
  std::uint64_t random() { return rng_.next(); }

 private:
  std::string name_;
  sqlite3_vfs vfs_{};
  std::map<std::string, std::shared_ptr<MemoryFile>> files_;
  Rng rng_;
  std::int64_t countdown_ = -1;
  std::int64_t room_ = -1;
  bool dead_ = false;
};

}  // namespace anketa::simulation
