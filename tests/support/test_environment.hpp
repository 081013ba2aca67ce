// Time and randomness for tests: a clock that moves only when told, and numbers from a seed.
#pragma once

#include <atomic>
#include <mutex>
#include <random>

#include "shared/record/environment.hpp"

namespace anketa::test {

class TestEnvironment final : public Environment {
 public:
  static constexpr Instant usual_start = 1'749'546'000'000;  // 2025-06-10T09:00Z

  explicit TestEnvironment(std::uint64_t seed = 1, Instant start = usual_start) : generator_(seed), now_(start) {}

  Instant now() override { return now_; }
  void random(std::span<std::byte> into) override {
    const std::lock_guard lock(mutex_);
    for (auto& byte : into) byte = static_cast<std::byte>(generator_() & 0xff);
  }
  void advance(Instant milliseconds) { now_ += milliseconds; }

 private:
  std::mutex mutex_;
  std::mt19937_64 generator_;
  std::atomic<Instant> now_;
};

}  // namespace anketa::test
