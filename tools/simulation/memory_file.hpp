// A file of a MemoryDisk: its bytes, what of them a power cut would take, its locks and its shared memory.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tools/simulation/random.hpp"

namespace anketa::simulation {

/// A write or a truncation that no sync has made durable.
struct Unsynced {
  std::size_t at = 0;
  /// Bytes written; for a truncation none.
  std::string after;
  /// What stood there, and how long the file was.
  std::string before;
  std::size_t size_before = 0;
  bool truncation = false;
};

/// Locks of the database file (SQLite's five levels) and of its shared memory, per open handle.
struct FileHandle;

class MemoryFile {
 public:
  static constexpr int shm_slots = 8;

  const std::string& bytes() const { return bytes_; }
  void set_bytes(std::string bytes);
  void write(std::size_t at, std::string_view data);
  void truncate(std::size_t size);
  void sync() { unsynced_.clear(); }

  /// The file after a power cut: each write that was not synced is there, or not, or in part.
  void lose(Rng& rng);
  /// The same where nothing that was not synced survives.
  void lose_all();

  // SQLite's locks; false: busy.
  bool lock(FileHandle& handle, int level);
  void unlock(FileHandle& handle, int level);
  bool reserved() const { return reserved_ || pending_; }
  bool shm_lock(FileHandle& handle, int offset, int count, int flags);
  char* shm_region(std::size_t index, std::size_t size, bool extend);
  void shm_leave(FileHandle& handle, bool remove);
  /// A handle goes, with all it holds.
  void leave(FileHandle& handle);
  int open_handles = 0;

 private:
  void undo_all();

  std::string bytes_;
  std::vector<Unsynced> unsynced_;
  int shared_ = 0;
  FileHandle* reserved_ = nullptr;
  FileHandle* pending_ = nullptr;
  std::array<int, shm_slots> shm_shared_{};
  std::array<FileHandle*, shm_slots> shm_exclusive_{};
  std::vector<std::unique_ptr<char[]>> shm_;
};

/// What one open file holds.
struct FileHandle {
  int level = 0;
  std::uint8_t shm_shared = 0;
  std::uint8_t shm_exclusive = 0;
};

}  // namespace anketa::simulation
