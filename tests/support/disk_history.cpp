#include "tests/support/disk_history.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace anketa::test {
namespace {

void carry_out(std::string& content, const DiskChange& change) {
  const auto at = static_cast<std::size_t>(change.at);
  if (change.kind == DiskChange::Kind::Truncate) {
    content.resize(at);
    return;
  }
  if (content.size() < at + change.bytes.size()) content.resize(at + change.bytes.size());
  content.replace(at, change.bytes.size(), change.bytes);
}

/// A write of which only the beginning reached the disk.
DiskChange in_part(DiskChange change, std::mt19937_64& random) {
  if (!change.bytes.empty()) change.bytes.resize(random() % change.bytes.size());
  return change;
}

}  // namespace

DiskHistory::DiskHistory(FaultVfs& vfs) {
  vfs.watch([this](DiskChange change) {
    change.path = std::filesystem::path(change.path).filename().string();
    changes_.push_back(std::move(change));
  });
}

void PoweredDisk::happen(const DiskChange& change) {
  if (change.kind == DiskChange::Kind::Delete) {
    files_.erase(change.path);
    return;
  }
  auto& file = files_[change.path];
  if (change.kind != DiskChange::Kind::Sync) {
    file.unsynced.push_back(change);
    return;
  }
  for (const auto& written : file.unsynced) carry_out(file.synced, written);
  file.unsynced.clear();
}

DiskImage PoweredDisk::without_unsynced() const {
  DiskImage image;
  for (const auto& [name, file] : files_) image[name] = file.synced;
  return image;
}

DiskImage PoweredDisk::with_unsynced() const {
  auto image = without_unsynced();
  for (const auto& [name, file] : files_)
    for (const auto& change : file.unsynced) carry_out(image[name], change);
  return image;
}

DiskImage PoweredDisk::torn(std::mt19937_64& random) const {
  auto image = without_unsynced();
  for (const auto& [name, file] : files_) {
    for (const auto& change : file.unsynced) {
      const auto chance = random() % 4;
      if (chance == 0) continue;
      const bool last = &change == &file.unsynced.back();
      carry_out(image[name], chance == 1 && last ? in_part(change, random) : change);
    }
  }
  return image;
}

void write_image(const DiskImage& image, const std::string& folder) {
  for (const auto& [name, content] : image) {
    std::ofstream out(std::filesystem::path(folder) / name, std::ios::binary);
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
    if (!out.flush()) throw std::runtime_error("cannot write " + name);
  }
}

}  // namespace anketa::test
