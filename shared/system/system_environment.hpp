// The real world as an Environment: the system's clock and its random numbers. For programs; tests and the simulator
// bring their own.
#pragma once

#include "shared/record/environment.hpp"

namespace anketa {

/// Thread-safe.
class SystemEnvironment final : public Environment {
 public:
  Instant now() override;
  /// Throws std::system_error where the system has no random numbers to give.
  void random(std::span<std::byte> into) override;
};

}  // namespace anketa
