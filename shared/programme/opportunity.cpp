#include "shared/programme/opportunity.hpp"

#include <algorithm>

namespace anketa::programme {

void OpportunitySum::add(const Horizons& amounts, std::optional<std::int64_t> chance_percent) {
  const auto chance = std::clamp<std::int64_t>(chance_percent.value_or(100), 0, 100);
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    possible[i] += amounts[i];
    expected[i] += amounts[i] / 100 * chance + amounts[i] % 100 * chance / 100;
  }
  ++count;
}

}  // namespace anketa::programme
