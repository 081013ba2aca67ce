// A piece of a file, as the content of a response: read bit by bit while it is sent, never held whole.
//
// Thread safety: reading is const and may happen on any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace anketa::server::http {

class FileBody {
 public:
  /// Opens the file. Throws ProblemError(FileUnreadable).
  FileBody(const std::string& path, std::uint64_t offset, std::uint64_t length);
  ~FileBody();
  FileBody(const FileBody&) = delete;
  FileBody& operator=(const FileBody&) = delete;

  std::uint64_t length() const noexcept { return length_; }
  /// Reads from a place within the piece; gives how many bytes came, 0 at its end or where the disk fails.
  std::size_t read(std::uint64_t at, std::span<char> into) const;

 private:
  int file_;
  std::uint64_t offset_;
  std::uint64_t length_;
};

}  // namespace anketa::server::http
