#include "sync-server/http/file_body.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "shared/problem/problem.hpp"

namespace anketa::server::http {

FileBody::FileBody(const std::string& path, std::uint64_t offset, std::uint64_t length)
    : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)), offset_(offset), length_(length) {
  if (file_ < 0) throw ProblemError(ProblemCode::FileUnreadable, {}, path);
}

FileBody::~FileBody() {
  ::close(file_);
}

std::size_t FileBody::read(std::uint64_t at, std::span<char> into) const {
  if (at >= length_) return 0;
  const auto wanted = std::min<std::uint64_t>(into.size(), length_ - at);
  const auto got = ::pread(file_, into.data(), wanted, static_cast<off_t>(offset_ + at));
  return got < 0 ? 0 : static_cast<std::size_t>(got);
}

}  // namespace anketa::server::http
