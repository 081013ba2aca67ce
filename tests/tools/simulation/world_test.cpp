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

TEST_CASE("seeds are different runs, with at least five devices and three kinds of fault") {
  std::ostringstream first, second;
  const auto one = run_seed({1, 500, {}, &first});
  run_seed({2, 500, {}, &second});
  CHECK(first.str() != second.str());
  CHECK(one.tally.kinds_of_fault() >= 3);
}
