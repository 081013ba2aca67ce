// The reading API's answers as tables: questionnaires, answers, cases, coverage.
#pragma once

#include <vector>

#include "tools/anketa/app.hpp"
#include "tools/anketa/export/sheet.hpp"

namespace anketa::cli {

/// `answers`: /v1/results/answers; `cases`: /v1/cases; `clients`: /v1/clients.
std::vector<Sheet> result_sheets(const App& app, const Json& answers, const Json& cases, const Json& clients);

}  // namespace anketa::cli
