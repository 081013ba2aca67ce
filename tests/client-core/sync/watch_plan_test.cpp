#include "client-core/sync/watch_plan.hpp"

#include <catch2/catch_test_macros.hpp>

#include "tests/support/test_environment.hpp"

using namespace anketa;
using namespace anketa::client;
using Step = WatchPlan::Step;

TEST_CASE("A watch syncs, connects, and syncs at each word of the server") {
  test::TestEnvironment environment;
  WatchPlan plan(environment);
  CHECK(plan.next().step == Step::Sync);
  plan.synced();
  CHECK(plan.next().step == Step::Connect);
  plan.connected();
  CHECK(plan.next().step == Step::Listen);
  plan.news();
  CHECK(plan.next().step == Step::Sync);
  plan.synced();
  CHECK(plan.next().step == Step::Listen);
  plan.quiet();
  CHECK(plan.next().step == Step::Sync);
}

TEST_CASE("Without a live connection it syncs after pauses that grow to a minute") {
  test::TestEnvironment environment;
  WatchPlan plan(environment);
  std::int64_t longest = 0;
  for (int i = 0; i < 20; ++i) {
    REQUIRE(plan.next().step == Step::Sync);
    plan.synced();
    REQUIRE(plan.next().step == Step::Connect);
    plan.lost();
    const auto pause = plan.next();
    REQUIRE(pause.step == Step::Pause);
    CHECK(pause.milliseconds <= 60'000);
    longest = std::max(longest, pause.milliseconds);
    plan.paused();
  }
  CHECK(longest >= 30'000);
  plan.synced();
  plan.connected();
  plan.news();
  plan.synced();
  plan.lost();
  CHECK(plan.next().milliseconds <= 800);
}

TEST_CASE("A failed sync is tried again after a pause, and the live connection made anew") {
  test::TestEnvironment environment;
  WatchPlan plan(environment);
  plan.synced();
  plan.connected();
  plan.news();
  plan.failed();
  CHECK(plan.next().step == Step::Pause);
  plan.paused();
  CHECK(plan.next().step == Step::Sync);
  plan.synced();
  CHECK(plan.next().step == Step::Connect);
}
