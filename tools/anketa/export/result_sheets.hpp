// The reading API's answers as tables: questionnaires, answers, the register, bottlenecks, norms, coverage.
#pragma once

#include <vector>

#include "tools/anketa/app.hpp"
#include "tools/anketa/export/sheet.hpp"

namespace anketa::cli {

/// What the server answered.
struct ResultAnswers {
  /// /v1/results/answers, /v1/register, /v1/bottlenecks, /v1/clients, /v1/campaign/norms, /v1/campaign/coverage.
  Json answers, cases, bottlenecks, clients, norms, coverage;
};

std::vector<Sheet> result_sheets(const App& app, const ResultAnswers& results);

}  // namespace anketa::cli
