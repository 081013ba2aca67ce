#include "shared/system/system_environment.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <system_error>

namespace anketa {
namespace {

/// The most that getentropy gives in one call.
constexpr std::size_t entropy_step = 256;

}  // namespace

Instant SystemEnvironment::now() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

void SystemEnvironment::random(std::span<std::byte> into) {
  while (!into.empty()) {
    const auto size = std::min(into.size(), entropy_step);
    if (getentropy(into.data(), size) != 0) throw std::system_error(errno, std::generic_category(), "getentropy");
    into = into.subspan(size);
  }
}

}  // namespace anketa
