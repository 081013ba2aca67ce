// anketa-sim-mutants: the simulator over a product that is broken on purpose. A mutant that no seed catches is a hole
// in the checkers.
#include <CLI/CLI.hpp>
#include <iostream>
#include <numeric>

#include "shared/record/mutant.hpp"
#include "tools/simulation/jobs.hpp"
#include "tools/simulation/mutants/mutants.hpp"

namespace {

std::string chosen;

}  // namespace

namespace anketa {

bool mutant_chosen(std::string_view name) {
  return chosen == name;
}

}  // namespace anketa

namespace anketa::simulation {
namespace {

/// The first seed that catches a mutant, as a line of the table; false: none does.
bool hunt(const Mutant& mutant, std::uint64_t first, std::uint64_t last) {
  chosen = mutant.name;
  Batch batch;
  batch.seeds.resize(static_cast<std::size_t>(last - first + 1));
  std::iota(batch.seeds.begin(), batch.seeds.end(), first);
  const auto result = run_batch(batch, [](std::uint64_t) {});
  if (result.bad.empty()) {
    std::cout << "| `" << mutant.name << "` | NOT CAUGHT | " << last - first + 1 << " |" << std::endl;
    return false;
  }
  const auto& bad = result.bad.front();
  std::cout << "| `" << mutant.name << "` | " << mutant.what << " | " << static_cast<int>(bad.failure.invariant)
            << " | " << bad.seed << " |" << std::endl;
  std::cerr << "    " << bad.failure.what.substr(0, 160) << std::endl;
  return true;
}

int run(const std::string& name, std::uint64_t most, bool replay) {
  bool all = true, any = false;
  for (const auto& mutant : mutants) {
    if (!name.empty() && mutant.name != name) continue;
    any = true;
    if (replay && mutant.seed == 0) {
      std::cout << mutant.name << ": no seed is known that catches it\n";
      all = false;
    } else {
      all = hunt(mutant, replay ? mutant.seed : 1, replay ? mutant.seed : most) && all;
    }
  }
  if (!any) std::cerr << "there is no mutant of that name\n";
  return all && any ? 0 : 1;
}

}  // namespace
}  // namespace anketa::simulation

int main(int argc, char** argv) {
  std::string name;
  std::uint64_t most = 10'000;
  bool replay = false;
  CLI::App app{"Runs the simulator over mutants of the product, until each is caught."};
  app.add_option("mutant", name, "One of them; without it, all");
  app.add_option("--most", most, "Seeds to try")->capture_default_str();
  app.add_flag("--replay", replay, "Only the seed known to catch it");
  CLI11_PARSE(app, argc, argv);
  return anketa::simulation::run(name, most, replay);
}
