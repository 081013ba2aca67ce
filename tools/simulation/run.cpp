#include "tools/simulation/run.hpp"

#include <numeric>

namespace anketa::simulation {

int usual_steps(std::uint64_t seed) {
  return seed % 16 == 0 ? RunOptions{}.steps : 120 + static_cast<int>(seed % 61);
}

Result run_seed(const RunOptions& options) {
  Result result;
  std::optional<World> world;
  try {
    sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, static_cast<int>(options.seed | 1U), nullptr);
    world.emplace(options);
    world->run();
  } catch (const Violation& violation) {
    result.failure = Failure{violation.invariant(), violation.what()};
  } catch (const ProblemError& error) {
    const auto told = error.problem().to_json(text::Language::English).dump();
    result.failure = Failure{Invariant::Ends, "the program failed: " + told};
  } catch (const std::exception& error) {
    result.failure = Failure{Invariant::Ends, std::string("the program failed: ") + error.what()};
  }
  if (world) result.tally = world->tally();
  result.tally.violations = result.failure ? 1 : 0;
  result.tally.fewest_steps = result.tally.steps;
  result.tally.fewest_kinds = result.tally.kinds_of_fault();
  return result;
}

RunOptions shrink(RunOptions options, Invariant invariant, int most_runs) {
  options.story = nullptr;
  std::vector<int> kept;
  for (int number = 1; number <= options.steps; ++number)
    if (!options.without.contains(number)) kept.push_back(number);
  int runs = 0;
  for (auto size = kept.size() / 2; size >= 1 && runs < most_runs;) {
    bool smaller = false;
    // From the end: what comes after the cause goes at once.
    for (auto end = kept.size(); end > 0 && runs < most_runs;) {
      const auto begin = end > size ? end - size : 0;
      auto trial = options;
      trial.without.insert(kept.begin() + static_cast<std::ptrdiff_t>(begin),
                           kept.begin() + static_cast<std::ptrdiff_t>(end));
      const auto failure = run_seed(trial).failure;
      ++runs;
      if (failure && failure->invariant == invariant) {
        options = std::move(trial);
        kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(begin), kept.begin() + static_cast<std::ptrdiff_t>(end));
        smaller = true;
      }
      end = begin;
    }
    if (size > 1)
      size /= 2;
    else if (!smaller)
      break;
  }
  return options;
}

}  // namespace anketa::simulation
