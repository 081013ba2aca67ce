// The demo in a real SQLite store.
#include "tools/demo/server/load_demo.hpp"

#include <catch2/catch_test_macros.hpp>

#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_environment.hpp"

using namespace anketa;
using namespace anketa::demo;

TEST_CASE("the demo goes into an empty store without a parked mutation, and into a used one not at all") {
  test::TemporaryFolder folder;
  test::TestEnvironment environment;
  const auto store = server::open_sqlite_store({folder.path().string(), 2, true}, environment);
  LoadOptions options;
  options.demo.now = environment.now();
  options.demo.clients = 40;
  options.demo.weeks_before = 1;
  options.password_hash = "x";
  std::size_t last = 0;
  const auto report = load_demo(*store, options, [&](std::size_t done, std::size_t of) {
    REQUIRE(done > last);
    REQUIRE(done <= of);
    last = done;
  });
  REQUIRE(report.parked == 0);
  REQUIRE(store->accounts().account_by_login("ivanova"));
  store->read([&](server::Reader& reader) {
    REQUIRE(reader.heads_of("client", std::nullopt).size() == 40);
    REQUIRE(reader.heads_of("questionnaire", std::nullopt).size() >= 10);
    REQUIRE(reader.heads_of("conflict", std::nullopt).empty());
    bool full_time = false;
    for (const auto& user : reader.heads_of("user", std::nullopt))
      full_time = full_time || Json::parse(user.body).value("share", "") == "full";
    REQUIRE(full_time);
  });
  REQUIRE(store->verify().empty());
  REQUIRE_THROWS_AS(load_demo(*store, options), ProblemError);
}
