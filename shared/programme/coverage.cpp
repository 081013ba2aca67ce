#include "shared/programme/coverage.hpp"

namespace anketa::programme {

Coverage coverage_of(const CoverageFacts& facts) {
  if (facts.has_complete) return Coverage::Done;
  if (facts.has_paused) return Coverage::Paused;
  if (facts.has_draft || facts.has_visit) return Coverage::Booked;
  return facts.has_call ? Coverage::Called : Coverage::Untouched;
}

}  // namespace anketa::programme
