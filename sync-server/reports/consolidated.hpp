// Everything a pass has brought in one object: the lead's first page (R1, R2, R10, R19, R23, R30, R31, R37).
//
// Shape: docs/api.md, "Consolidated results". Behind every figure stands a list, by the same selection (drill.hpp).
// Thread safety: pure functions over data that does not change meanwhile.
#pragma once

#include "sync-server/reports/answer_index.hpp"
#include "sync-server/reports/selection.hpp"

namespace anketa::server::reports {

/// `answers`: for recommendation scores by question; those of other questions than "nps" are left out without it.
Json consolidated(const Selection& selection, const AnswerIndex* answers);

}  // namespace anketa::server::reports
