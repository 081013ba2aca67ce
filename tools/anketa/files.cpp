#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "tools/anketa/app.hpp"

namespace anketa::cli {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ > STDERR_FILENO) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  operator int() const { return number_; }

 private:
  int number_;
};

[[noreturn]] void unwritable(const std::string& path) {
  throw ProblemError(errno == ENOSPC || errno == EDQUOT ? ProblemCode::DiskFull : ProblemCode::FileUnwritable, {},
                     path);
}

}  // namespace

std::string read_file(const std::string& path, std::size_t max_bytes) {
  const Descriptor file(path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file < 0) throw ProblemError(ProblemCode::FileUnreadable, {}, path);
  std::string content;
  std::array<char, 65536> part{};
  while (true) {
    const auto got = ::read(file, part.data(), part.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw ProblemError(ProblemCode::FileUnreadable, {}, path);
    if (got == 0) return content;
    content.append(part.data(), static_cast<std::size_t>(got));
    if (content.size() > max_bytes)
      throw ProblemError(ProblemCode::TooLarge, {{"limit", std::to_string(max_bytes)}}, path);
  }
}

void write_file(const std::string& path, std::string_view content) {
  const auto beside = path + ".new";
  {
    const Descriptor file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (file < 0) unwritable(path);
    while (!content.empty()) {
      const auto written = ::write(file, content.data(), content.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) {
        const int cause = errno;
        ::unlink(beside.c_str());
        errno = cause;
        unwritable(path);
      }
      content.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  if (::rename(beside.c_str(), path.c_str()) != 0) unwritable(path);
}

}  // namespace anketa::cli
