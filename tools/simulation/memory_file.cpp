#include "tools/simulation/memory_file.hpp"

#include <sqlite3.h>

#include <algorithm>

namespace anketa::simulation {
namespace {

/// What a disk writes whole or not at all.
constexpr std::size_t sector = 512;

void put(std::string& bytes, std::size_t at, std::string_view data) {
  if (bytes.size() < at + data.size()) bytes.resize(at + data.size());
  std::copy(data.begin(), data.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
}

}  // namespace

void MemoryFile::set_bytes(std::string bytes) {
  bytes_ = std::move(bytes);
  unsynced_.clear();
}

void MemoryFile::write(std::size_t at, std::string_view data) {
  Unsynced write;
  write.at = at;
  write.after = data;
  write.size_before = bytes_.size();
  if (at < bytes_.size()) write.before = bytes_.substr(at, data.size());
  unsynced_.push_back(std::move(write));
  put(bytes_, at, data);
}

void MemoryFile::truncate(std::size_t size) {
  Unsynced cut;
  cut.at = size;
  cut.size_before = bytes_.size();
  cut.truncation = true;
  if (size < bytes_.size()) cut.before = bytes_.substr(size);
  unsynced_.push_back(std::move(cut));
  bytes_.resize(size);
}

void MemoryFile::undo_all() {
  for (auto write = unsynced_.rbegin(); write != unsynced_.rend(); ++write) {
    put(bytes_, write->at, write->before);
    bytes_.resize(write->size_before);
  }
}

void MemoryFile::lose_all() {
  undo_all();
  unsynced_.clear();
}

void MemoryFile::lose(Rng& rng) {
  undo_all();
  for (const auto& write : unsynced_) {
    if (rng.chance(500)) continue;
    if (write.truncation) {
      bytes_.resize(write.at);
      continue;
    }
    std::string_view kept = write.after;
    if (rng.chance(200)) kept = kept.substr(0, sector * rng.below(kept.size() / sector + 1));
    put(bytes_, write.at, kept);
  }
  unsynced_.clear();
}

bool MemoryFile::lock(FileHandle& handle, int level) {
  if (handle.level >= level) return true;
  if (level == SQLITE_LOCK_SHARED) {
    if (pending_) return false;
    ++shared_;
  } else if (level == SQLITE_LOCK_RESERVED) {
    if (reserved_ || pending_) return false;
    reserved_ = &handle;
  } else {
    if ((reserved_ && reserved_ != &handle) || (pending_ && pending_ != &handle)) return false;
    pending_ = &handle;
    if (shared_ > 1) return false;
  }
  handle.level = level;
  return true;
}

void MemoryFile::unlock(FileHandle& handle, int level) {
  if (level <= SQLITE_LOCK_SHARED) {
    if (reserved_ == &handle) reserved_ = nullptr;
    if (pending_ == &handle) pending_ = nullptr;
  }
  if (level == SQLITE_LOCK_NONE && handle.level >= SQLITE_LOCK_SHARED) --shared_;
  handle.level = std::min(handle.level, level);
}

bool MemoryFile::shm_lock(FileHandle& handle, int offset, int count, int flags) {
  const bool unlock = (flags & SQLITE_SHM_UNLOCK) != 0, exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
  const auto bit = [](int slot) { return static_cast<std::uint8_t>(1U << static_cast<unsigned>(slot)); };
  const auto holds = [&](std::uint8_t mask, int slot) { return (mask & bit(slot)) != 0; };
  if (!unlock)
    for (int slot = offset; slot < offset + count; ++slot) {
      const auto index = static_cast<std::size_t>(slot);
      if (shm_exclusive_[index] && shm_exclusive_[index] != &handle) return false;
      const int others = shm_shared_[index] - (holds(handle.shm_shared, slot) ? 1 : 0);
      if (exclusive && others > 0) return false;
    }
  for (int slot = offset; slot < offset + count; ++slot) {
    const auto index = static_cast<std::size_t>(slot);
    auto& mask = exclusive ? handle.shm_exclusive : handle.shm_shared;
    if (unlock == !holds(mask, slot)) continue;
    mask = static_cast<std::uint8_t>(mask ^ bit(slot));
    if (exclusive)
      shm_exclusive_[index] = unlock ? nullptr : &handle;
    else
      shm_shared_[index] += unlock ? -1 : 1;
  }
  return true;
}

char* MemoryFile::shm_region(std::size_t index, std::size_t size, bool extend) {
  if (index >= shm_.size() && !extend) return nullptr;
  while (shm_.size() <= index) shm_.push_back(std::make_unique<char[]>(size));
  return shm_[index].get();
}

void MemoryFile::shm_leave(FileHandle& handle, bool remove) {
  shm_lock(handle, 0, shm_slots, SQLITE_SHM_UNLOCK | SQLITE_SHM_EXCLUSIVE);
  shm_lock(handle, 0, shm_slots, SQLITE_SHM_UNLOCK | SQLITE_SHM_SHARED);
  if (remove) shm_.clear();
}

void MemoryFile::leave(FileHandle& handle) {
  shm_leave(handle, false);
  unlock(handle, SQLITE_LOCK_NONE);
  // Shared memory lives as long as a process that uses it.
  if (--open_handles == 0) shm_.clear();
}

}  // namespace anketa::simulation
