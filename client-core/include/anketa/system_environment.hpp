// The real clock and the operating system's randomness. For programs; tests and the simulator bring their own.
#pragma once

#include <memory>

#include "shared/record/environment.hpp"

namespace anketa::client {

/// Thread-safe.
std::unique_ptr<Environment> system_environment();

}  // namespace anketa::client
