// Help and complaints about the command line in the user's language.
#pragma once

#include <CLI/CLI.hpp>

#include "tools/anketa/app.hpp"

namespace anketa::cli {

/// Makes the library's own words Russian or English.
void translate_help(CLI::App& root, const App& app);
/// What is wrong with the command line.
Problem usage_problem(const CLI::ParseError& error);

}  // namespace anketa::cli
