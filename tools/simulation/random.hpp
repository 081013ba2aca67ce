// Seeded randomness of the simulator: small, fast, the same on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace anketa::simulation {

/// SplitMix64. Streams of different seeds are independent for our purposes.
class Rng {
 public:
  explicit Rng(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
  }
  /// 0 … below-1; 0 where below is 0.
  std::uint64_t below(std::uint64_t below) { return below == 0 ? 0 : next() % below; }
  /// from … to, both included.
  std::int64_t between(std::int64_t from, std::int64_t to) {
    return from + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(to - from) + 1));
  }
  bool chance(std::uint64_t of_1000) { return below(1000) < of_1000; }
  template <typename Container>
  auto& pick(Container& from) {
    return from[static_cast<std::size_t>(below(from.size()))];
  }

 private:
  std::uint64_t state_;
};

/// A seed that follows from two others.
inline std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  return Rng(Rng(a).next() ^ (b * 0xd6e8feb86659fd93U)).next();
}

}  // namespace anketa::simulation
