#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "shared/problem/problem.hpp"
#include "sync-server/system/file_system.hpp"
#include "sync-server/system/files.hpp"

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
  std::uint64_t size() const {
    struct stat about {};
    if (::fstat(file_, &about) != 0) failed(path_);
    return static_cast<std::uint64_t>(about.st_size);
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
  const auto folder = fs::path(path).parent_path();
  File(folder.empty() ? "." : folder.string(), O_RDONLY | O_DIRECTORY).sync();
}

class RealPiece final : public FilePiece {
 public:
  RealPiece(const std::string& path, std::uint64_t offset, std::uint64_t length)
      : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)), offset_(offset), length_(length) {
    if (file_ < 0) throw ProblemError(ProblemCode::FileUnreadable, {}, path);
  }
  ~RealPiece() override { ::close(file_); }
  RealPiece(const RealPiece&) = delete;
  RealPiece& operator=(const RealPiece&) = delete;

  std::uint64_t length() const noexcept override { return length_; }
  std::size_t read(std::uint64_t at, std::span<char> into) const override {
    if (at >= length_) return 0;
    const auto wanted = std::min<std::uint64_t>(into.size(), length_ - at);
    const auto got = ::pread(file_, into.data(), wanted, static_cast<off_t>(offset_ + at));
    return got < 0 ? 0 : static_cast<std::size_t>(got);
  }

 private:
  int file_;
  std::uint64_t offset_;
  std::uint64_t length_;
};

class RealFiles final : public FileSystem {
 public:
  std::optional<std::uint64_t> size(const std::string& path) const override {
    std::error_code missing;
    const auto bytes = fs::file_size(path, missing);
    return missing ? std::nullopt : std::optional<std::uint64_t>(bytes);
  }
  std::string read(const std::string& path) const override { return read_file(path); }
  std::shared_ptr<const FilePiece> piece(const std::string& path, std::uint64_t offset,
                                         std::uint64_t length) const override {
    return std::make_shared<RealPiece>(path, offset, length);
  }
  std::vector<std::string> files_below(const std::string& folder) const override {
    std::vector<std::string> all;
    if (!fs::exists(folder)) return all;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      if (entry.is_regular_file()) all.push_back(entry.path().lexically_relative(folder).string());
    return all;
  }

  void make_folders(const std::string& folder) override {
    fs::path made;
    for (const auto& name : fs::path(folder)) {
      made /= name;
      if (::mkdir(made.c_str(), 0700) == 0)
        sync_folder_of(made.string());
      else if (errno != EEXIST && !fs::is_directory(made))
        failed(made.string());
    }
  }
  void replace(const std::string& path, std::string_view content) override { write_private_file(path, content); }
  void write_at(const std::string& path, std::uint64_t offset, std::string_view bytes) override {
    const File file(path, O_WRONLY);
    write_or_cut(file, offset, bytes);
  }
  void append(const std::string& path, std::string_view bytes) override {
    const bool made = !fs::exists(path);
    const File file(path, O_WRONLY | O_CREAT);
    write_or_cut(file, file.size(), bytes);
    if (made) sync_folder_of(path);
  }
  void truncate(const std::string& path, std::uint64_t length) override {
    const File file(path, O_WRONLY);
    file.truncate(length);
    file.sync();
  }
  void rename(const std::string& from, const std::string& to) override {
    if (std::rename(from.c_str(), to.c_str()) != 0) failed(to);
    sync_folder_of(to);
    sync_folder_of(from);
  }
  void remove(const std::string& path) override {
    if (::unlink(path.c_str()) == 0) return sync_folder_of(path);
    if (errno != ENOENT) failed(path);
  }
  void copy(const std::string& from, const std::string& to) override {
    const auto temporary = to + ".new";
    remove(temporary);
    {
      const File source(from, O_RDONLY);
      const File target(temporary, O_WRONLY | O_CREAT | O_EXCL);
      std::string bytes(std::size_t{1} << 20, '\0');
      std::uint64_t at = 0;
      for (std::size_t got = source.read(at, bytes); got > 0; got = source.read(at, bytes)) {
        target.write(at, std::string_view(bytes).substr(0, got));
        at += got;
      }
      target.sync();
    }
    rename(temporary, to);
  }

 private:
  static void write_or_cut(const File& file, std::uint64_t offset, std::string_view bytes) {
    try {
      file.write(offset, bytes);
      file.sync();
    } catch (...) {
      // Half a part on a full disk is no part: the sender goes on from what was acknowledged.
      file.truncate(offset);
      throw;
    }
  }
};

}  // namespace

FileSystem& real_files() {
  static RealFiles files;
  return files;
}

}  // namespace anketa::server
