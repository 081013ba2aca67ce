// The campaign's reports and the calendar feed, over TLS (R3-R5, R8, R9, R20, R21).
#include <catch2/catch_test_macros.hpp>

#include "shared/programme/reports.hpp"
#include "tests/sync-server/handlers/organisation.hpp"

using namespace anketa;
using namespace anketa::server;
using namespace anketa::server::test;

namespace {

struct Office : Organisation {
  Office() {
    lead_user = add("lead", Role::Lead);
    anna = add("anna", Role::Rep);
    boris = add("boris", Role::Rep);
    add("gromov", Role::Service);
    lead = log_in("lead", Uuid::v7(environment));
    rep = log_in("anna", Uuid::v7(environment));
    service = log_in("gromov", Uuid::v7(environment));
  }

  Answer ask(const std::string& method, const std::string& path, const Json& session) {
    return client().request(method, path, "", bearer(session));
  }
  Answer get(const std::string& path, const Json& session) { return ask("GET", path, session); }
  Json report(const std::string& path, const Json& session) { return Json::parse(get(path, session).text()); }

  /// What the lead's own device would send.
  Uuid put(std::string_view collection, const Scope& scope, Json body, std::optional<Uuid> id = {}) {
    Mutation mutation;
    mutation.id = Uuid::v7(environment);
    mutation.record = id.value_or(Uuid::v7(environment));
    mutation.collection = collection;
    mutation.scope = collection == "client" || collection == "reassignment" || collection == "campaign_cost"
                         ? mutation.record
                         : scope;
    mutation.at = environment.now();
    mutation.ops.push_back({OpKind::Set, "", std::move(body), {}, {}});
    mutation.user = mutation.device = lead_user;
    const Author author{lead_user, lead_user, Role::Lead, false};
    const std::vector<Mutation> one{mutation};
    const auto result = sync.submit(author, one).at(0);
    if (result.problem) throw std::runtime_error(result.problem->what(text::Language::English));
    return mutation.record;
  }

  /// A client of the rep's.
  Uuid client_of(const Uuid& owner, const std::string& name) {
    const auto id = put("client", {}, {{"name", name}, {"income_year", 100'00}, {"address", "Тверь, ул. Мира, 1"}});
    put("assignment", id, {{"client", id.text()}, {"user", owner.text()}, {"role", "owner"}});
    return id;
  }

  Uuid visit(const Uuid& of_client, const Uuid& rep, Instant at) {
    return put("visit", of_client,
               {{"client", of_client.text()}, {"rep", rep.text()}, {"at", at}, {"minutes", 90}, {"status", "booked"}});
  }

  Uuid lead_user, anna, boris;
  Json lead, rep, service;
};

std::string address_of(Office& office, const Json& session) {
  const auto answer = office.ask("POST", "/v1/calendar", session);
  REQUIRE(answer.status == 200);
  return Json::parse(answer.text()).at("path");
}

Answer read_calendar(Office& office, const std::string& path) {
  return office.client().request("GET", path, "", {});
}

}  // namespace

TEST_CASE("Every report of the campaign answers the lead, also while there is nothing to report") {
  Office office;
  for (const auto& kind : programme::report_kinds()) {
    const auto path = "/v1/campaign/" + std::string(kind.name);
    CAPTURE(path);
    CHECK(office.get(path, office.lead).status == 200);
    CHECK(office.client().request("GET", path, "", {}).status == 401);
    // The service side sees cases; how the programme goes is not its business (R14).
    CHECK(office.get(path, office.service).status == 403);
    CHECK(office.get(path, office.rep).status == (kind.whom == programme::ReportFor::Lead ? 403 : 200));
  }
  CHECK(office.get("/v1/campaign/horoscope", office.lead).status == 404);
  CHECK(office.get("/v1/campaign/coverage?rep=anna", office.lead).status == 422);
}

TEST_CASE(
    "The server's campaign: lists, calls and coverage from what devices have sent, to each his own (R5, R9, R36)") {
  Office office;
  const auto now = office.environment.now();
  const auto today = format_date(now, 180);
  const auto campaign = office.put(
      "campaign", company_scope, {{"title", "Лето"}, {"from", today}, {"until", "2099-12-31"}, {"status", "planned"}});
  const auto shield = office.client_of(office.anna, "Щит"), sword = office.client_of(office.boris, "Меч");
  office.put(
      "campaign_client", shield,
      {{"client", shield.text()}, {"campaign", campaign.text()}, {"rep", office.anna.text()}, {"relation", "unsure"}});
  office.put("call", sword,
             {{"client", sword.text()}, {"rep", office.boris.text()}, {"at", now}, {"outcome", "refused"}});
  office.visit(shield, office.anna, now + 86'400'000);
  office.put("reassignment", {},
             {{"campaign", campaign.text()},
              {"client", shield.text()},
              {"from", office.anna.text()},
              {"to", office.boris.text()},
              {"reason", "monopolised"},
              {"status", "suggested"}});
  office.put("campaign_cost", {}, {{"campaign", campaign.text()}, {"title", "Выезды"}, {"amount", 5'000'00}});

  const auto coverage = office.report("/v1/campaign/coverage", office.lead);
  CHECK(coverage.at("total") == 2);
  CHECK(coverage.at("booked") == 1);
  CHECK(coverage.at("called") == 1);
  CHECK(coverage.at("refused") == 1);
  const auto lists = office.report("/v1/campaign/lists?rep=" + office.anna.text(), office.lead);
  REQUIRE(lists.at("total") == 1);
  CHECK(lists.at("items")[0].at("relation") == "unsure");
  CHECK(office.report("/v1/campaign/suggestions", office.lead).at("items")[0].at("reason") == "monopolised");
  CHECK(office.report("/v1/campaign/seasons", office.lead).at("items")[0].at("cost") == 5'000'00);
  CHECK(office.report("/v1/campaign/pareto", office.lead).at("income_year") == 200'00);

  const auto own = office.report("/v1/campaign/coverage", office.rep);
  CHECK(own.at("total") == 1);
  CHECK(own.at("booked") == 1);
}

TEST_CASE("The overview counts a client somebody has called as called (R20)") {
  Office office;
  const auto sword = office.client_of(office.boris, "Меч");
  office.put("call", sword,
             {{"client", sword.text()},
              {"rep", office.boris.text()},
              {"at", office.environment.now()},
              {"outcome", "no_answer"}});
  const auto coverage = office.report("/v1/results/overview", office.lead).at("coverage");
  CHECK(coverage.at("called") == 1);
  CHECK(coverage.at("untouched") == 0);
}

TEST_CASE("A holiday and an absence make the week's norm smaller, in the overview too (R8)") {
  Office office;
  const auto before = office.report("/v1/results/overview", office.lead).at("norm");
  const auto week = office.report("/v1/results/overview", office.lead).at("week");
  const std::string monday = week.at("monday");
  office.put("holiday", company_scope, {{"date", monday}, {"kind", "day_off"}, {"title", "Праздник"}});
  const auto after = office.report("/v1/results/overview", office.lead).at("norm");
  CHECK(before.at("norm") == 10);
  CHECK(after.at("norm") == 8);
  office.put("absence", company_scope,
             {{"user", office.anna.text()}, {"from", monday}, {"until", "2099-01-01"}, {"kind", "vacation"}});
  CHECK(office.report("/v1/results/overview", office.lead).at("norm").at("norm") == 4);
}

TEST_CASE("A phone's calendar reads its owner's visits at a secret address, without a log-in (R9)") {
  Office office;
  const auto shield = office.client_of(office.anna, "Щит; Меч"), sword = office.client_of(office.boris, "Секрет");
  const auto at = office.environment.now() + 86'400'000;
  const auto visit = office.visit(shield, office.anna, at);
  office.visit(sword, office.boris, at);
  CHECK(office.report("/v1/calendar", office.rep).at("made_at").is_null());
  const auto path = address_of(office, office.rep);
  CHECK(office.report("/v1/calendar", office.rep).at("made_at").is_number());
  const auto answer = read_calendar(office, path);
  REQUIRE(answer.status == 200);
  CHECK(answer.header("content-type") == "text/calendar; charset=utf-8");
  const auto text = answer.text();
  CHECK(text.starts_with("BEGIN:VCALENDAR\r\n"));
  CHECK(text.find("UID:" + visit.text() + "@anketa\r\n") != text.npos);
  CHECK(text.find("SUMMARY:Встреча: Щит\\; Меч\r\n") != text.npos);
  CHECK(text.find("LOCATION:Тверь\\, ул. Мира\\, 1\r\n") != text.npos);
  CHECK(text.find("Секрет") == text.npos);
}

TEST_CASE("A renewed address ends the old one; a removed one is gone; a guess finds nothing (R9)") {
  Office office;
  const auto first = address_of(office, office.rep);
  const auto second = address_of(office, office.rep);
  CHECK(first != second);
  CHECK(read_calendar(office, first).status == 404);
  CHECK(read_calendar(office, second).status == 200);
  CHECK(read_calendar(office, second.substr(0, second.size() - 4)).status == 404);
  CHECK(read_calendar(office, "/v1/calendar/guess.ics").status == 404);
  CHECK(read_calendar(office, "/v1/calendar/.ics").status == 404);
  CHECK(office.ask("DELETE", "/v1/calendar", office.rep).status == 204);
  CHECK(read_calendar(office, second).status == 404);
}

TEST_CASE("The calendar of who has left, and visits at a client handed to another, are not shown (R34, R36)") {
  Office office;
  const auto shield = office.client_of(office.anna, "Щит");
  office.visit(shield, office.anna, office.environment.now() + 86'400'000);
  const auto path = address_of(office, office.rep);
  CHECK(read_calendar(office, path).text().find("Щит") != std::string::npos);
  const auto foreign = office.client_of(office.boris, "Чужой");
  office.visit(foreign, office.anna, office.environment.now() + 86'400'000);
  CHECK(read_calendar(office, path).text().find("Чужой") == std::string::npos);
  auto account = office.store->accounts().account(office.anna).value();
  account.active = false;
  office.store->accounts().update_account(account);
  CHECK(read_calendar(office, path).status == 404);
}

TEST_CASE("A visit that is moved and one that is cancelled keep their UID, with a higher SEQUENCE (R9)") {
  Office office;
  const auto shield = office.client_of(office.anna, "Щит");
  const auto visit = office.visit(shield, office.anna, office.environment.now() + 86'400'000);
  const auto path = address_of(office, office.rep);
  CHECK(read_calendar(office, path).text().find("SEQUENCE:1\r\n") != std::string::npos);
  Mutation cancel;
  cancel.id = Uuid::v7(office.environment);
  cancel.record = visit;
  cancel.collection = "visit";
  cancel.scope = shield;
  cancel.user = cancel.device = office.lead_user;
  cancel.at = office.environment.now();
  cancel.ops.push_back({OpKind::Transition, "status", {{"from", "booked"}, {"to", "cancelled"}}, {}, {}});
  const std::vector<Mutation> one{cancel};
  office.sync.submit({office.lead_user, office.lead_user, Role::Lead, false}, one);
  const auto text = read_calendar(office, path).text();
  CHECK(text.find("SEQUENCE:2\r\n") != text.npos);
  CHECK(text.find("STATUS:CANCELLED\r\n") != text.npos);
}
