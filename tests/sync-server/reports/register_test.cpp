// The register and bottlenecks over a real store: filters, sums, and what each viewer is told (R14, R16, R22).
#include "sync-server/reports/register.hpp"
#include "sync-server/reports/daily.hpp"
#include "tests/sync-server/reports/filled_office.hpp"

using namespace anketa;
using namespace anketa::server;
using namespace anketa::server::reports;
using namespace anketa::server::reports::test;

namespace {

struct Cases : FilledOffice {
  Uuid alpha = client("ООО «Альфа»"), beta = client("ЗАО «Бета»");
  Uuid first, second;

  Cases() {
    first = put("quality_case", alpha,
                {{"client", alpha.text()},
                 {"severity", "stops"},
                 {"opened_on", "2025-06-01"},
                 {"cause", "старый порт"},
                 {"place", "узел 4"},
                 {"fix_cost", 1'000'00},
                 {"extra_profit_month", 300'00}});
    second = put("quality_case", beta,
                 {{"client", beta.text()},
                  {"severity", "annoys"},
                  {"opened_on", "2025-06-09"},
                  {"cause", "Старый порт"},
                  {"place", "Узел 4"},
                  {"complaints", {{"x", {{"p_text", "шумит"}}}}}});
  }
};

}  // namespace

TEST_CASE("R14: the register has every case with whose turn it is and until when; filters narrow it and its sums") {
  Cases office;
  const auto all = office.service.quality_register(office.lead(), {});
  REQUIRE(all["items"].size() == 2);
  const auto& first = all["items"][0];
  CHECK(first["id"] == office.first.text());
  CHECK(first["client"]["name"] == "ООО «Альфа»");
  CHECK(first["owner"]["name"] == "Анна Ковалёва");
  CHECK(first["turn"] == "service");
  CHECK(first["due_on"] == "2025-06-03");
  CHECK(first["overdue_days"] == 7);
  CHECK(all["totals"]["open"] == 2);
  CHECK(all["totals"]["overdue"] == 1);
  const auto found = [&](const Query& query) { return office.service.quality_register(office.lead(), query)["total"]; };
  CHECK(found({{"status", "overdue"}}) == 1);
  CHECK(found({{"status", "new"}}) == 2);
  CHECK(found({{"severity", "stops"}}) == 1);
  CHECK(found({{"place", "узел"}}) == 2);
  CHECK(found({{"search", "бета"}}) == 1);
  CHECK(found({{"client", office.alpha.text()}}) == 1);
  CHECK(found({{"rep", office.rep.text()}}) == 2);
  CHECK(found({{"age", "to_7"}}) == 1);
  CHECK_THROWS_AS(found({{"age", "old"}}), ProblemError);
}

TEST_CASE("R14, R36: service is not told what a repair brings, a rep sees his clients' cases only") {
  Cases office;
  const auto service = office.service.quality_register({Uuid(), Role::Service}, {});
  CHECK(service["items"][0]["fix_cost"] == 1'000'00);
  CHECK(service["items"][0]["extra_profit_month"].is_null());
  CHECK(office.service.bottlenecks({Uuid(), Role::Service}, {})["items"][0]["payback_months"].is_null());
  CHECK(office.service.quality_register({office.rep, Role::Rep}, {})["total"] == 2);
  CHECK(office.service.quality_register({Uuid::derived({}, "stranger"), Role::Rep}, {})["total"] == 0);
}

TEST_CASE("R22: bottlenecks with cost, gain and payback") {
  Cases office;
  const auto found = office.service.bottlenecks(office.lead(), {});
  REQUIRE(found["items"].size() == 1);
  const auto& item = found["items"][0];
  CHECK(item["cases"].size() == 2);
  CHECK(item["clients"] == 2);
  CHECK(item["severity"] == "stops");
  CHECK(item["payback_months"] == "3.4");
}

TEST_CASE("R18: a confirmed case makes one task, which the rep of the client is given") {
  Cases office;
  for (const auto& [from, to] :
       {std::pair("open", "in_work"), {"in_work", "reported_fixed"}, {"reported_fixed", "rep_called"}})
    office.transition("quality_case", office.alpha, office.first, from, to);
  CHECK(office.service.tasks(office.lead(), {})["items"].empty());
  office.transition("quality_case", office.alpha, office.first, "rep_called", "confirmed",
                    {{"confirmed_by", "Пётр"}, {"confirmed_on", "2025-06-10"}, {"confirmed_how", "call"}});
  const auto tasks = office.service.tasks(office.lead(), {})["items"];
  REQUIRE(tasks.size() == 1);
  CHECK(tasks[0]["kind"] == "agree_meeting");
  CHECK(tasks[0]["user"]["id"] == office.rep.text());
  CHECK(tasks[0]["due_on"] == "2025-06-15");
  CHECK(office.service.quality_register(office.lead(), {{"status", "closed"}})["items"][0]["confirmed_by"] == "Пётр");
}
