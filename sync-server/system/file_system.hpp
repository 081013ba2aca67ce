// Files that a service keeps beside its database: contents of attachments, the ledger of erasures.
//
// An interface, so that the simulator can put a disk in its place that fails at any write. What a call that changes
// something has done is on the disk when it returns. Failures throw ProblemError: DiskFull, FileUnwritable,
// FileUnreadable. Thread safety: as the file system's own; calls for one file come one after the other.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace anketa::server {

/// A piece of a file, read bit by bit, never held whole. Reading may happen on any thread.
class FilePiece {
 public:
  virtual ~FilePiece() = default;
  virtual std::uint64_t length() const noexcept = 0;
  /// Reads from a place within the piece; gives how many bytes came, 0 at its end or where the disk fails.
  virtual std::size_t read(std::uint64_t at, std::span<char> into) const = 0;
};

class FileSystem {
 public:
  virtual ~FileSystem() = default;

  /// nullopt: there is no such file.
  virtual std::optional<std::uint64_t> size(const std::string& path) const = 0;
  /// The whole of a small file.
  virtual std::string read(const std::string& path) const = 0;
  virtual std::shared_ptr<const FilePiece> piece(const std::string& path, std::uint64_t offset,
                                                 std::uint64_t length) const = 0;
  /// Every file in the folder and below it, as paths relative to it; none where there is no folder.
  virtual std::vector<std::string> files_below(const std::string& folder) const = 0;

  /// The folder and those above it, for the server's user only.
  virtual void make_folders(const std::string& folder) = 0;
  /// In one step: a crash leaves the old or the new content.
  virtual void replace(const std::string& path, std::string_view content) = 0;
  /// Writes at that place of an existing file; what stood behind it is cut off. Where it fails the file ends there.
  virtual void write_at(const std::string& path, std::uint64_t offset, std::string_view bytes) = 0;
  /// Adds to the end; makes the file where it is missing.
  virtual void append(const std::string& path, std::string_view bytes) = 0;
  virtual void truncate(const std::string& path, std::uint64_t length) = 0;
  /// In the place of whatever has the other name.
  virtual void rename(const std::string& from, const std::string& to) = 0;
  /// Nothing where the file is not there.
  virtual void remove(const std::string& path) = 0;
  /// In one step: nobody sees half of it.
  virtual void copy(const std::string& from, const std::string& to) = 0;
};

/// That of the machine.
FileSystem& real_files();

}  // namespace anketa::server
