// The consolidated results on the terminal.
#pragma once

#include "tools/anketa/app.hpp"

namespace anketa::cli {

/// `results`: /v1/results/consolidated.
void print_consolidated(App& app, const Json& results);

}  // namespace anketa::cli
