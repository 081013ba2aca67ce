// A SQLite VFS over the system's own that fails when a test says so: a quota of bytes, or the Nth operation and every
// one after it, as if the power had gone.
//
// It has no shared memory, like a browser's storage: WAL works in exclusive locking mode only.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <functional>
#include <string>

namespace anketa::test {

/// One change of a file, as it reached the operating system.
struct DiskChange {
  enum class Kind { Write, Truncate, Sync, Delete };
  Kind kind = Kind::Write;
  std::string path;
  /// Where a write begins; the size a truncated file has.
  std::int64_t at = 0;
  std::string bytes;
};

class FaultVfs {
 public:
  /// Registers itself under the name; one at a time for each name.
  explicit FaultVfs(std::string name);
  ~FaultVfs();
  FaultVfs(const FaultVfs&) = delete;
  FaultVfs& operator=(const FaultVfs&) = delete;

  /// The VFS to open files with.
  const std::string& name() const { return name_; }
  /// The same with encryption on top.
  const std::string& encrypting() const { return encrypting_; }

  /// Files may grow by that many bytes together from now on; then writes fail as on a full disk. -1: no limit.
  void set_quota(std::int64_t bytes) { quota_ = bytes; }
  /// The operation (write, sync, truncate, delete) with that number from now on fails, and all after it. -1: none.
  void fail_from(std::int64_t operation) { countdown_ = operation; }
  /// Operations since the last fail_from.
  std::int64_t operations() const { return operations_; }
  void count_from_zero() { operations_ = 0; }
  /// Told of every change that is made; see disk_history.hpp.
  void watch(std::function<void(DiskChange)> watcher) { watcher_ = std::move(watcher); }

  /// Called by the VFS: 0, or the code to fail with.
  int before_write(sqlite3_int64 growth);
  int before_operation(int code);
  void changed(DiskChange change) const {
    if (watcher_) watcher_(std::move(change));
  }

 private:
  std::string name_, encrypting_;
  sqlite3_vfs vfs_{};
  std::function<void(DiskChange)> watcher_;
  std::int64_t quota_ = -1;
  std::int64_t countdown_ = -1;
  std::int64_t operations_ = 0;
};

}  // namespace anketa::test
