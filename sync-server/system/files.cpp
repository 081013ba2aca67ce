#include "sync-server/system/files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "shared/problem/problem.hpp"

namespace anketa::server {
namespace {

[[noreturn]] void unwritable(const std::string& path) {
  const bool full = errno == ENOSPC || errno == EDQUOT;
  throw ProblemError(full ? ProblemCode::DiskFull : ProblemCode::FileUnwritable, {}, path);
}

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  int get() const noexcept { return descriptor_; }
  bool ok() const noexcept { return descriptor_ >= 0; }

 private:
  int descriptor_;
};

void write_all(const Descriptor& file, std::string_view content, const std::string& path) {
  while (!content.empty()) {
    const auto written = ::write(file.get(), content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) unwritable(path);
    content.remove_prefix(static_cast<std::size_t>(written));
  }
}

void sync_folder(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path();
  const Descriptor handle(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (handle.ok()) ::fsync(handle.get());
}

}  // namespace

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string content((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!file.is_open() || file.bad()) throw ProblemError(ProblemCode::FileUnreadable, {}, path);
  return content;
}

void write_private_file(const std::string& path, std::string_view content) {
  const auto temporary = path + ".new";
  ::unlink(temporary.c_str());
  {
    const Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file.ok()) unwritable(path);
    write_all(file, content, path);
    if (::fsync(file.get()) != 0) unwritable(path);
  }
  if (std::rename(temporary.c_str(), path.c_str()) != 0) unwritable(path);
  sync_folder(path);
}

void make_private_folder(const std::string& path) {
  std::error_code error;
  if (std::filesystem::create_directories(path, error))
    std::filesystem::permissions(path, std::filesystem::perms::owner_all, error);
  if (error || !std::filesystem::is_directory(path)) throw ProblemError(ProblemCode::FileUnwritable, {}, path);
}

}  // namespace anketa::server
