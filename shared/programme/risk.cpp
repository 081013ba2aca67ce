#include "shared/programme/risk.hpp"

namespace anketa::programme {

bool is_trouble(std::string_view about) {
  return about == "payment" || about == "fault";
}

Risk risk_of(const RiskFacts& facts) {
  return {facts.talks > 0 && facts.talks == facts.talks_of_trouble, facts.persons > 0 && facts.persons_known == 0};
}

}  // namespace anketa::programme
