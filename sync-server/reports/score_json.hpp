// A recommendation score as every report tells it. Private to sync-server/reports.
#pragma once

#include "shared/programme/nps.hpp"
#include "shared/record/json.hpp"

namespace anketa::server::reports {

/// {"score", "answers", "promoters", "passives", "detractors"}; the score is null where nobody answered.
inline Json score_json(const programme::Nps& nps) {
  const auto score = nps.score();
  return {{"score", score ? Json(*score) : Json(nullptr)},
          {"answers", nps.answers()},
          {"promoters", nps.promoters},
          {"passives", nps.passives},
          {"detractors", nps.detractors}};
}

}  // namespace anketa::server::reports
