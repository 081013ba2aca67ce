// The files of a MemoryDisk as a service sees them that keeps more than a database: contents of attachments, the ledger
// of erasures. They share the disk's fate: its death at any write, its room, a power cut.
#pragma once

#include "sync-server/system/file_system.hpp"
#include "tools/simulation/memory_disk.hpp"

namespace anketa::simulation {

class MemoryFiles final : public server::FileSystem {
 public:
  explicit MemoryFiles(MemoryDisk& disk) : disk_(disk) {}

  std::optional<std::uint64_t> size(const std::string& path) const override;
  std::string read(const std::string& path) const override;
  std::shared_ptr<const server::FilePiece> piece(const std::string& path, std::uint64_t offset,
                                                 std::uint64_t length) const override;
  std::vector<std::string> files_below(const std::string& folder) const override;
  void make_folders(const std::string&) override {}
  void replace(const std::string& path, std::string_view content) override;
  void write_at(const std::string& path, std::uint64_t offset, std::string_view bytes) override;
  void append(const std::string& path, std::string_view bytes) override;
  void truncate(const std::string& path, std::uint64_t length) override;
  void rename(const std::string& from, const std::string& to) override;
  void remove(const std::string& path) override;
  void copy(const std::string& from, const std::string& to) override;

 private:
  std::shared_ptr<MemoryFile> need(const std::string& path) const;
  /// Throws where the machine dies, is dead, or the disk is full.
  void ask(const std::string& path, std::int64_t growth = 0);

  MemoryDisk& disk_;
};

}  // namespace anketa::simulation
