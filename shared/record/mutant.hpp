// Checking the checker: places where a test build of the simulator can break the product on purpose, one at a time.
//
// In every other build ANKETA_MUTANT is the constant false and nothing of it is left. docs/simulation.md has the table
// of mutants and what catches them.
#pragma once

#ifdef ANKETA_MUTANTS

#include <string_view>

namespace anketa {

/// Whether the run is to be broken in that way.
bool mutant_chosen(std::string_view name);

}  // namespace anketa

#define ANKETA_MUTANT(name) (::anketa::mutant_chosen(name))

#else

#define ANKETA_MUTANT(name) false

#endif
