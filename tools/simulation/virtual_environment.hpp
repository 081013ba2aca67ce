// Time and randomness of one simulated machine.
#pragma once

#include "shared/record/environment.hpp"
#include "tools/simulation/random.hpp"

namespace anketa::simulation {

class VirtualEnvironment final : public Environment {
 public:
  /// `world` is the true time, which outlives this.
  VirtualEnvironment(const Instant& world, std::uint64_t seed) : world_(world), rng_(seed) {}

  Instant now() override { return world_ + skew; }
  void random(std::span<std::byte> into) override {
    for (auto& byte : into) byte = static_cast<std::byte>(rng_.next() >> 56U);
    if (drawn) drawn->append(reinterpret_cast<const char*>(into.data()), into.size());
  }

  /// How wrong the machine's clock is, milliseconds.
  Instant skew = 0;
  /// Gets what is drawn, while a transcript is interested.
  std::string* drawn = nullptr;

 private:
  const Instant& world_;
  Rng rng_;
};

}  // namespace anketa::simulation
