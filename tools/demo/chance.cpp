#include "tools/demo/chance.hpp"

#include <numeric>

namespace anketa::demo {

Chance Chance::part(std::string_view name) const {
  // FNV-1a, to turn a name into a number.
  std::uint64_t hash = 1469598103934665603ULL ^ state_;
  for (const char c : name) hash = (hash ^ static_cast<std::uint8_t>(c)) * 1099511628211ULL;
  return Chance(hash);
}

std::uint64_t Chance::next() {
  std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

int Chance::below(int bound) {
  return static_cast<int>(next() % static_cast<std::uint64_t>(bound));
}

int Chance::between(int least, int most) {
  return least + below(most - least + 1);
}

bool Chance::percent(int likelihood) {
  return below(100) < likelihood;
}

std::size_t Chance::weighted(std::initializer_list<int> weights) {
  int place = below(std::accumulate(weights.begin(), weights.end(), 0));
  std::size_t index = 0;
  for (const int weight : weights) {
    if (place < weight) return index;
    place -= weight;
    ++index;
  }
  return index - 1;
}

void ScriptedEnvironment::random(std::span<std::byte> into) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < into.size(); ++i) {
    if (i % 8 == 0) word = chance_.next();
    into[i] = static_cast<std::byte>(word >> (i % 8 * 8) & 0xFF);
  }
}

}  // namespace anketa::demo
