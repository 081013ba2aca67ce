#include "client-core/api/today.hpp"

#include <catch2/catch_test_macros.hpp>

#include "tests/client-core/api/fixture.hpp"

using namespace anketa;
using namespace anketa::client;
using namespace anketa::client::test;

namespace {

constexpr int moscow = 180;
constexpr Instant hour = 3'600'000;

Json visit(const Uuid& client, Instant at, std::string_view status = "booked") {
  return {{"client", client.text()}, {"rep", rep.text()}, {"at", at}, {"status", status}};
}

}  // namespace

TEST_CASE("the day shows the visits booked for it by time, without those gone by, cancelled or far ahead (R9)") {
  ClientFixture fixture;
  auto& client = *fixture.client;
  const auto account = fixture.make_client();
  const auto now = fixture.environment.now();
  const auto later = client.create("visit", account, visit(account, now + hour));
  const auto first = client.create("visit", account, visit(account, now));
  client.create("visit", account, visit(account, now - 48 * hour));
  client.create("visit", account, visit(account, now + 24 * 30 * hour));
  const auto cancelled = client.create("visit", account, visit(account, now + hour));
  client.apply(cancelled, {Op{OpKind::Transition, "status", {{"from", "booked"}, {"to", "cancelled"}}, {}, {}}});
  const auto visits = today(client, moscow)["visits"];
  REQUIRE(visits.size() == 2);
  CHECK(visits[0]["id"] == first.text());
  CHECK(visits[1]["id"] == later.text());
  CHECK(visits[0]["client"]["name"] == "ООО «Ромашка»");
}

TEST_CASE("a repair that service has reported waits for the rep's call (R17)") {
  ClientFixture fixture;
  auto& client = *fixture.client;
  const auto account = fixture.make_client();
  const auto id = client.create("quality_case", account, {{"client", account.text()}, {"status", "open"}});
  CHECK(today(client, moscow)["calls"].empty());
  for (const auto& [from, to] : {std::pair("open", "in_work"), std::pair("in_work", "reported_fixed")})
    client.apply(id, {Op{OpKind::Transition, "status", {{"from", from}, {"to", to}}, {}, {}}});
  const auto calls = today(client, moscow)["calls"];
  REQUIRE(calls.size() == 1);
  CHECK(calls[0]["id"] == id.text());
}

TEST_CASE("a questionnaire begun is a draft of the day, and its client no longer untouched (R20)") {
  ClientFixture fixture;
  auto& client = *fixture.client;
  const auto account = fixture.make_client();
  fixture.make_client("АО «Лютик»");
  CHECK(today(client, moscow)["clients"]["untouched"] == 2);
  const auto interview = client.start_questionnaire(account, {});
  const auto day = today(client, moscow);
  REQUIRE(day["drafts"].size() == 1);
  CHECK(day["drafts"][0]["id"] == interview.questionnaire().text());
  CHECK_FALSE(day["drafts"][0]["body"].contains("answers"));
  CHECK(day["clients"]["untouched"] == 1);
  CHECK(day["clients"]["booked"] == 1);
  CHECK(day["norm"]["norm"] == 5);
  CHECK(day["norm"]["done"] == 0);
}
