#include "shared/programme/nps.hpp"

namespace anketa::programme {

void Nps::add(long long answer, int times) {
  if (answer < 0 || answer > 10) return;
  (answer >= 9 ? promoters : answer >= 7 ? passives : detractors) += times;
}

std::optional<int> Nps::score() const {
  const int total = answers();
  if (total == 0) return std::nullopt;
  const int twice = 200 * (promoters - detractors);
  return (twice + (twice >= 0 ? total : -total)) / (2 * total);
}

}  // namespace anketa::programme
