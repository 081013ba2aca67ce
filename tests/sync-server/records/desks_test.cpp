// What the console's users do about a campaign and a case: by the rules a device goes by, in one request each.
#include <catch2/catch_test_macros.hpp>

#include "sync-server/records/campaign_desk.hpp"
#include "sync-server/records/case_desk.hpp"
#include "sync-server/reports/campaign_reports.hpp"
#include "tests/support/refused.hpp"
#include "tests/sync-server/services/office.hpp"

using namespace anketa;
using namespace anketa::server;
using namespace anketa::server::test;
using anketa::test::refused;

namespace {

constexpr const char* zone = "Europe/Moscow";

/// A lead, two reps with log-ins, a service owner, and a client of Anna's.
struct House : Office {
  House() {
    for (auto* each : {&anna, &boris, &lead, &service}) {
      const auto login = each->author.user.text();
      store().accounts().add_account({each->author.user, login, login, each->author.role, "-", true});
    }
    client = client_of(lead, anna, "Ромашка");
  }

  Json wish(const char* title = "Лето") {
    return {{"title", title},
            {"from", format_date(environment_.now(), 180)},
            {"until", format_date(environment_.now() + 60LL * 86'400'000, 180)},
            {"status", "running"},
            {"filter", {{"segments", Json::array()}}},
            {"staff",
             {{{"user", anna.author.user.text()}, {"share", "full"}},
              {{"user", boris.author.user.text()}, {"share", "part"}}}}};
  }
  Uuid summer() { return Uuid::from(campaigns.create(lead.author, wish()).at("id").get<std::string>()); }

  Json report(std::string_view name) { return campaign_reports.report({lead.author.user, Role::Lead}, name, {}); }
  Json entry() { return report("lists").at("items").at(0); }
  std::map<std::string, std::string> team() {
    std::map<std::string, std::string> roles;
    store().read([&](Reader& reader) {
      for (const auto& head : reader.heads_of("assignment", client))
        if (const auto body = Json::parse(head.body); !head.deleted) roles[body.at("user")] = body.at("role");
    });
    return roles;
  }

  SyncService sync_service{store(), environment_};
  records::CampaignDesk campaigns{store(), sync_service, environment_, zone};
  records::CaseDesk cases{store(), sync_service, environment_, zone};
  reports::CampaignReports campaign_reports{store(), environment_, zone};
  Person lead = person(Role::Lead), anna = person(Role::Rep), boris = person(Role::Rep),
         service = person(Role::Service), manager = person(Role::Manager);
  Uuid client;
};

}  // namespace

TEST_CASE("The lead makes a pass at the console, changes it, and its staff are who he names (R3, R4, R8)") {
  House house;
  const auto campaign = house.summer();
  CHECK(house.report("campaign").at("staff").size() == 2);
  const Json only_boris{{"staff", {{{"user", house.boris.author.user.text()}, {"share", "full"}}}},
                        {"norm", {{"full", 12}}}};
  CHECK(house.campaigns.edit(house.lead.author, campaign, only_boris).at("changed") > 0);
  const auto view = house.report("campaign");
  REQUIRE(view.at("staff").size() == 1);
  CHECK(view.at("staff")[0].at("user").at("id") == house.boris.author.user.text());
  CHECK(view.at("staff")[0].at("share") == "full");
  CHECK(view.at("norms").at("full") == 12);
  CHECK(house.campaigns.edit(house.lead.author, campaign, only_boris).at("changed") == 0);
  const auto edit = [&](Person& by, const Json& wanted) {
    return refused([&] { house.campaigns.edit(by.author, campaign, wanted); });
  };
  CHECK(edit(house.lead, {{"until", "2001-01-01"}}) == ProblemCode::InvalidValue);
  CHECK(edit(house.lead, {{"staff", {{{"user", house.anna.author.user.text()}, {"share", "half"}}}}}) ==
        ProblemCode::InvalidValue);
  CHECK(edit(house.anna, only_boris) == ProblemCode::Forbidden);
  CHECK(edit(house.manager, only_boris) == ProblemCode::Forbidden);
}

TEST_CASE("Clients come onto lists at the console, and change hands with all that goes along (R5, R37)") {
  House house;
  const auto campaign = house.summer();
  const auto anna = house.anna.author.user.text(), boris = house.boris.author.user.text();
  const auto outcome = house.campaigns.split(house.lead.author, campaign);
  CHECK(outcome.at("listed") == 1);
  CHECK(house.campaigns.split(house.lead.author, campaign).at("listed") == 0);
  CHECK(house.entry().at("rep").at("id") == anna);

  house.campaigns.move(house.lead.author, campaign, house.client, {{"to", boris}});
  CHECK(house.entry().at("rep").at("id") == boris);
  using Team = std::map<std::string, std::string>;
  CHECK(house.team() == Team{{anna, "owner"}, {boris, "member"}});
  house.campaigns.move(house.lead.author, campaign, house.client, {{"to", boris}, {"with_responsibility", true}});
  CHECK(house.team() == Team{{anna, "member"}, {boris, "owner"}});
  CHECK(holds(house.sync(house.boris), house.client));
  CHECK(refused([&] { house.campaigns.move(house.lead.author, campaign, house.client, Json::object()); }) ==
        ProblemCode::RequiredMissing);
  CHECK(refused([&] { house.campaigns.split(house.anna.author, campaign); }) == ProblemCode::Forbidden);
}

TEST_CASE("A relation that is judged not sure makes a suggestion, and its acceptance hands the client over (R5)") {
  House house;
  const auto campaign = house.summer();
  house.campaigns.split(house.lead.author, campaign);
  house.campaigns.judge(house.lead.author, campaign, house.client, {{"relation", "monopolised"}});
  // That somebody shields a client is not for the eyes of who reads the list.
  CHECK(house.entry().at("relation") == "good");
  const auto suggested = house.report("suggestions").at("items").at(0);
  CHECK(suggested.at("reason") == "monopolised");
  const auto id = Uuid::from(suggested.at("id").get<std::string>());
  house.campaigns.decide(house.lead.author, id, {{"accept", true}});
  CHECK(house.team().at(house.boris.author.user.text()) == "owner");
  CHECK(house.entry().at("rep").at("id") == house.boris.author.user.text());
  CHECK(refused([&] {
          house.campaigns.decide(house.lead.author, id, {{"accept", false}});
        }) == ProblemCode::IllegalTransition);
}

TEST_CASE("The split by income makes key clients, and the lead's own decision stands above it (R20)") {
  House house;
  house.sync(house.lead, {house.mutation(house.lead, "client", house.client, house.client,
                                         {{OpKind::Set, "income_year", 900'000'00, {}, {}}})});
  const auto status = [&] { return house.at_server(house.client).at("key_status"); };
  CHECK(house.campaigns.make_key(house.lead.author, Json::object()).at("changed") == 1);
  CHECK(status() == "key");
  CHECK(house.campaigns.make_key(house.lead.author, Json::object()).at("changed") == 0);
  house.campaigns.decide_key_status(house.lead.author, house.client, {{"status", "ordinary"}});
  CHECK(house.campaigns.make_key(house.lead.author, {{"percent", 90}}).at("changed") == 0);
  CHECK(status() == "ordinary");
  house.campaigns.decide_key_status(house.lead.author, house.client, {{"status", nullptr}});
  CHECK(house.campaigns.make_key(house.lead.author, Json::object()).at("changed") == 1);
  CHECK(status() == "key");
}

TEST_CASE("A case goes its way at the console, and back to work when the client says no (R15, R17)") {
  House house;
  const auto id = house.id();
  house.sync(house.lead, {house.create(house.lead, "quality_case", id, house.client,
                                       {{"client", house.client.text()},
                                        {"status", "open"},
                                        {"severity", "stops"},
                                        {"opened_on", format_date(house.environment_.now(), 180)}})});
  const auto shown = [&](Person& viewer) { return house.cases.show(viewer.author, id); };
  const auto take = [&](Person& by, const char* step, const Json& said = Json::object()) {
    house.cases.take(by.author, id, step, said);
    return house.at_server(id).at("status");
  };
  CHECK(shown(house.lead).at("turn") == "service");
  CHECK(take(house.service, "accept",
             {{"promised_on", format_date(house.environment_.now() + 3 * 86'400'000LL, 180)}}) == "accepted");
  CHECK(take(house.service, "fixed") == "reported_fixed");
  CHECK(shown(house.anna).at("turn") == "rep");
  CHECK(take(house.anna, "reject", {{"contact", "Петров"}, {"text", "снова пропадает"}}) == "rejected");
  const auto fields = shown(house.lead).at("fields");
  CHECK(fields.at("reopenings") == 1);
  CHECK(refused([&] { take(house.lead, "confirm", {{"contact", "Петров"}}); }) == ProblemCode::IllegalTransition);
  CHECK(refused([&] { take(house.lead, "dance"); }) == ProblemCode::NotFound);
  CHECK(refused([&] { shown(house.boris); }) == ProblemCode::RecordNotFound);
}
