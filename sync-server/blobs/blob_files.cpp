#include "sync-server/blobs/blob_files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "shared/problem/problem.hpp"

namespace anketa::server {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void failed(const std::string& path) {
  const bool full = errno == ENOSPC || errno == EDQUOT;
  throw ProblemError(full ? ProblemCode::DiskFull : ProblemCode::FileUnwritable, {{"path", path}}, path);
}

class File {
 public:
  File(const std::string& path, int flags) : path_(path), file_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {
    if (file_ < 0) failed(path_);
  }
  ~File() { ::close(file_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  void write(std::uint64_t offset, std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto written = ::pwrite(file_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) failed(path_);
      offset += static_cast<std::uint64_t>(written);
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  std::size_t read(std::uint64_t offset, std::string& into) const {
    const auto got = ::pread(file_, into.data(), into.size(), static_cast<off_t>(offset));
    if (got < 0) throw ProblemError(ProblemCode::FileUnreadable, {}, path_);
    return static_cast<std::size_t>(got);
  }
  void truncate(std::uint64_t length) const {
    if (::ftruncate(file_, static_cast<off_t>(length)) != 0) failed(path_);
  }
  void sync() const {
    if (::fsync(file_) != 0) failed(path_);
  }

 private:
  std::string path_;
  int file_;
};

void sync_folder_of(const std::string& path) {
  File(fs::path(path).parent_path().string(), O_RDONLY | O_DIRECTORY).sync();
}

}  // namespace

void append_durably(const std::string& path, std::uint64_t offset, std::string_view bytes) {
  const File file(path, O_WRONLY);
  try {
    file.write(offset, bytes);
    file.sync();
  } catch (...) {
    // Half a part on a full disk is no part: the sender goes on from what was acknowledged.
    file.truncate(offset);
    throw;
  }
}

void truncate_durably(const std::string& path, std::uint64_t length) {
  const File file(path, O_WRONLY);
  file.truncate(length);
  file.sync();
}

void rename_durably(const std::string& from, const std::string& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0) failed(to);
  sync_folder_of(to);
  sync_folder_of(from);
}

void remove_durably(const std::string& path) {
  if (::unlink(path.c_str()) == 0) return sync_folder_of(path);
  if (errno != ENOENT) failed(path);
}

void make_folders_durably(const std::string& root, const std::string& path) {
  auto folder = fs::path(root);
  for (const auto& name : fs::path(path).lexically_relative(root)) {
    folder /= name;
    if (::mkdir(folder.c_str(), 0700) == 0)
      sync_folder_of(folder.string());
    else if (errno != EEXIST)
      failed(folder.string());
  }
}

void copy_durably(const std::string& from, const std::string& to) {
  const auto temporary = to + ".new";
  remove_durably(temporary);
  {
    const File source(from, O_RDONLY);
    const File target(temporary, O_WRONLY | O_CREAT | O_EXCL);
    std::string piece(std::size_t{1} << 20, '\0');
    std::uint64_t at = 0;
    for (std::size_t got = source.read(at, piece); got > 0; got = source.read(at, piece)) {
      target.write(at, std::string_view(piece).substr(0, got));
      at += got;
    }
    target.sync();
  }
  rename_durably(temporary, to);
}

}  // namespace anketa::server
