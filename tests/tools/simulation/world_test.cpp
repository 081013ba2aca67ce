// Whole runs of the simulator.
#include <catch2/catch_test_macros.hpp>
#include <sstream>

#include "tools/simulation/run.hpp"

using namespace anketa::simulation;

TEST_CASE("a seed is the same run every time") {
  std::ostringstream first, second;
  const auto one = run_seed({7, 150, {}, &first});
  const auto two = run_seed({7, 150, {}, &second});
  CHECK_FALSE(one.failure);
  CHECK(first.str() == second.str());
  CHECK(one.tally.to_json() == two.tally.to_json());
}

TEST_CASE("seeds are different runs") {
  std::ostringstream first, second;
  run_seed({1, 20, {}, &first});
  run_seed({2, 20, {}, &second});
  CHECK(first.str() != second.str());
}

TEST_CASE("a seed of any length has at least 500 steps and three kinds of fault") {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    const auto short_one = run_seed({seed * 61, usual_steps(seed * 61), {}, nullptr, nullptr});
    CHECK_FALSE(short_one.failure);
    CHECK(short_one.tally.steps >= 500);
    CHECK(short_one.tally.kinds_of_fault() >= 3);
  }
  CHECK(usual_steps(16) == 500);
}
