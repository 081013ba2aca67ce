// The records behind a figure of the results, as tables for people (`anketa results --list`).
#pragma once

#include "tools/anketa/app.hpp"

namespace anketa::cli {

/// A list of /v1/results/records, under the name it was asked by.
void print_list(App& app, const std::string& name, const Json& list);

}  // namespace anketa::cli
