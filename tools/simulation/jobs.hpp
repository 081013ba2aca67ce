// Many seeds on several cores: one process a job, so that a run that crashes takes nothing with it.
#pragma once

#include <functional>
#include <vector>

#include "tools/simulation/run.hpp"

namespace anketa::simulation {

struct Batch {
  std::vector<std::uint64_t> seeds;
  /// Of each seed; 0: usual_steps.
  int steps = RunOptions{}.steps;
  int jobs = 1;
  /// Stop at the first violation.
  bool stop = true;

  int steps_of(std::uint64_t seed) const { return steps > 0 ? steps : usual_steps(seed); }
};

struct BadSeed {
  std::uint64_t seed = 0;
  Failure failure;
};

struct BatchResult {
  Tally tally;
  std::vector<BadSeed> bad;
};

/// `progress` is told how many seeds are done.
BatchResult run_batch(const Batch& batch, const std::function<void(std::uint64_t done)>& progress);

}  // namespace anketa::simulation
