// The consolidated results on the terminal.
#pragma once

#include "tools/anketa/app.hpp"

namespace anketa::cli {

/// `results`: /v1/results/consolidated.
void print_consolidated(App& app, const Json& results);
/// A list behind a figure: /v1/results/records/{list}.
void print_list(App& app, const Json& list);

}  // namespace anketa::cli
