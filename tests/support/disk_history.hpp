// Everything a FaultVfs did to the disk, in order, and what the disk may hold if the power had gone at any moment of
// it.
//
// Model of the disk: what was synced is there. Of the writes and truncations of a file since its last sync any subset
// may be there, and the last one in part. A deleted file is gone (SQLite syncs the folder). Not thread-safe.
#pragma once

#include <map>
#include <random>
#include <string>
#include <vector>

#include "tests/support/fault_vfs.hpp"

namespace anketa::test {

/// Content of files by their name without the folder.
using DiskImage = std::map<std::string, std::string>;

class DiskHistory {
 public:
  /// Notes every change from now on. Both must outlive the files that are open.
  explicit DiskHistory(FaultVfs& vfs);

  std::size_t size() const { return changes_.size(); }
  const DiskChange& operator[](std::size_t index) const { return changes_[index]; }

 private:
  std::vector<DiskChange> changes_;
};

/// A disk on which a history happens, change by change.
class PoweredDisk {
 public:
  void happen(const DiskChange& change);

  /// Nothing that was not synced has survived.
  DiskImage without_unsynced() const;
  /// All of it has: what a killed program leaves.
  DiskImage with_unsynced() const;
  /// Chance decides about each.
  DiskImage torn(std::mt19937_64& random) const;

 private:
  struct File {
    std::string synced;
    std::vector<DiskChange> unsynced;
  };
  std::map<std::string, File> files_;
};

/// Puts the files of an image into a folder.
void write_image(const DiskImage& image, const std::string& folder);

}  // namespace anketa::test
