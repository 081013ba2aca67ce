// One seed run to its end, and a failing one made small.
#pragma once

#include <optional>
#include <string>

#include "tools/simulation/world.hpp"

namespace anketa::simulation {

struct Failure {
  Invariant invariant = Invariant::Ends;
  std::string what;
};

struct Result {
  Tally tally;
  std::optional<Failure> failure;
};

/// Steps of a run when nobody says how many. Mostly few: the same time shows more by many worlds than by long ones. Every
/// sixteenth seed is a long run, for what takes long to come about.
int usual_steps(std::uint64_t seed);

/// Whatever the run throws is a failure; nothing is thrown on.
Result run_seed(const RunOptions& options);

/// Leaves out steps for as long as the run still breaks the same invariant. Gives the options of the smallest run
/// found within `most_runs` runs.
RunOptions shrink(RunOptions options, Invariant invariant, int most_runs = 400);

}  // namespace anketa::simulation
