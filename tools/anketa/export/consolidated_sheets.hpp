// The consolidated results as sheets with charts: figures, key persons, sales, referrals, NPS, revisions.
#pragma once

#include <vector>

#include "tools/anketa/app.hpp"
#include "tools/anketa/export/sheet.hpp"

namespace anketa::cli {

/// `results`: /v1/results/consolidated.
std::vector<Sheet> consolidated_sheets(App& app, const Json& results);

}  // namespace anketa::cli
