// Chance that is the same every time: a seeded generator, and an environment for ids and times made from it.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "shared/record/environment.hpp"

namespace anketa::demo {

/// SplitMix64. Ranges are inclusive where they say between.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(seed) {}
  /// A generator of its own for one part, so that a change in one part leaves the others as they were.
  Chance part(std::string_view name) const;

  std::uint64_t next();
  int below(int bound);
  int between(int least, int most);
  bool percent(int likelihood);
  /// Index of one of the weights, as likely as its weight.
  std::size_t weighted(std::initializer_list<int> weights);
  template <typename T>
  const T& pick(const std::vector<T>& from) {
    return from[static_cast<std::size_t>(below(static_cast<int>(from.size())))];
  }

 private:
  std::uint64_t state_;
};

/// Time that is set by hand, randomness from a Chance.
class ScriptedEnvironment final : public Environment {
 public:
  ScriptedEnvironment(std::uint64_t seed, Instant now) : chance_(seed), now_(now) {}
  void set_now(Instant now) { now_ = now; }
  Instant now() override { return now_; }
  void random(std::span<std::byte> into) override;

 private:
  Chance chance_;
  Instant now_;
};

}  // namespace anketa::demo
