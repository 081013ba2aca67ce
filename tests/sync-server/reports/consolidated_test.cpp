// The consolidated results of a small pass, against figures worked out by hand. The pass, on 10 June 2025:
//
//   client    segment   owner  what happened
//   Альфа     Банк      Анна   met on 1 Oct 2024 and on 2 June by questionnaire (NPS 10, support 8; persons: same, upd,
//   new) Бета      Банк      Анна   met on 1 March and on 9 June by questionnaire (NPS 6, paused; persons: left, same)
//   Вега      Торговля  Борис  two calls: a payment, a fault; its only contact has left; a draft that counts nowhere
//   Гамма     Торговля  nobody nothing
#include "shared/problem/problem.hpp"
#include "sync-server/reports/drill.hpp"
#include "tests/sync-server/reports/filled_office.hpp"

using namespace anketa;
using namespace anketa::server;
using namespace anketa::server::reports;
using namespace anketa::server::reports::test;

namespace {

Json person(const char* status, const char* name) {
  return {{"c_stat", status}, {"c_name", name}};
}

struct Pass : FilledOffice {
  Uuid boris = put("user", Uuid(), {{"name", "Борис Орлов"}, {"role", "rep"}, {"active", true}});
  Uuid season = put("campaign", company_scope,
                    {{"title", "Лето 2025"}, {"from", "2025-06-01"}, {"until", "2025-06-05"}, {"status", "planned"}});
  Uuid alfa = client("Альфа"), beta = client("Бета"), vega = client("Вега", "Торговля", boris),
       gamma = client("Гамма", "Торговля", Uuid());
  Uuid first, second, spot_meeting;
  int items = 0;

  Pass() {
    put_form();
    talks();
    sales();
    recommendations();
    dossiers();
  }

  std::string item() { return Uuid::derived(rep, "item " + std::to_string(++items)).text(); }

  Uuid met(const Uuid& client, const char* on, Json answers, const Json& persons, const char* status) {
    for (const auto& one : persons) answers["contacts"][item()] = one;
    answers.update(good_quality());
    const auto& form = form::default_template_json();
    const auto id =
        put("questionnaire", client,
            {{"client", client.text()},
             {"rep", rep.text()},
             {"form", {{"id", "vip-anketa"}, {"version", form["settings"]["version"]}, {"hash", hash_of(form)}}},
             {"date", on},
             {"answers", answers}});
    if (std::string_view(status) != "draft") transition("questionnaire", client, id, "draft", status);
    return id;
  }

  Uuid record(const char* collection, const Uuid& client, Json body) {
    body["client"] = client.text();
    return put(collection, client, std::move(body));
  }

  void talk(const Uuid& client, const char* kind, const char* on, const char* about = "relations") {
    record("interaction", client, {{"kind", kind}, {"date", on}, {"user", rep.text()}, {"about", about}});
  }

  void talks() {
    talk(alfa, "meeting", "2024-10-01");
    talk(beta, "meeting", "2025-03-01");
    talk(vega, "call", "2025-05-01", "payment");
    talk(vega, "call", "2025-05-05", "fault");
    first = met(alfa, "2025-06-02", {{"nps", 10}, {"sup", "yes"}, {"sup_score", 8}},
                {person("same", "Иванов"), person("upd", "Петров"), person("new", "Новый")}, "complete");
    second = met(beta, "2025-06-09", {{"nps", 6}}, {person("left", "Ушедший"), person("same", "Белова")}, "paused");
    met(vega, "2025-06-09", {{"nps", 0}}, {person("new", "Черновой")}, "draft");
    record("contact", alfa, {{"name", "Иванов"}, {"met", true}});
    record("contact", beta, {{"name", "Белова"}});
    record("contact", vega, {{"name", "Бывший"}, {"met", true}, {"state", "left"}});
  }

  void sales() {
    const auto one = [&](const Uuid& client, Json body, const char* status) {
      const auto id = record("offer", client, std::move(body));
      if (std::string_view(status) != "planned") transition("offer", client, id, "planned", status);
    };
    one(alfa, {{"service", "access"}, {"kind", "volume"}, {"questionnaire", first.text()}, {"amount_month", 10'000}},
        "won");
    one(alfa, {{"service", "vpn"}, {"kind", "new_line"}, {"questionnaire", first.text()}, {"amount_month", 50'000}},
        "planned");
    one(beta, {{"service", "vpn"}, {"kind", "new_line"}, {"questionnaire", second.text()}, {"amount_month", 7'000}},
        "lost");
    one(beta,
        {{"service", "wifi"},
         {"kind", "new_line"},
         {"rep", rep.text()},
         {"made_on", "2025-06-09"},
         {"on_the_spot", true},
         {"amount_month", 20'000},
         {"amount_once", 5'000}},
        "won");
    one(beta,
        {{"service", "pbx"},
         {"kind", "new_line"},
         {"rep", rep.text()},
         {"made_on", "2024-01-01"},
         {"amount_month", 999}},
        "won");
  }

  void recommendations() {
    const auto one = [&](const Uuid& client, Json body, std::vector<const char*> way) {
      body.update({{"rep", rep.text()}, {"named_on", "2025-06-02"}, {"company", "ООО «Сосед»"}});
      const auto id = record("referral", client, std::move(body));
      std::string from = "named";
      for (const auto* to : way) transition("referral", client, id, std::exchange(from, to), to);
    };
    one(alfa, {{"introduction", "call"}}, {});
    one(alfa, {{"introduction", "meet"}, {"introduced_on", "2025-06-03"}}, {"introduced"});
    one(alfa, {{"introduction", "meet"}, {"introduced_on", "2025-06-03"}, {"won_client", beta.text()}},
        {"introduced", "contacted", "met", "won"});
    one(beta, {{"introduction", "mention"}, {"won_client", vega.text()}}, {"contacted", "met", "won"});
  }

  void dossiers() {
    put("range_item", company_scope, {{"code", "wifi"}, {"name", {{"ru", "Wi-Fi"}}}, {"since", "2025-06-05"}});
    put("range_item", company_scope, {{"code", "vpn"}, {"name", {{"ru", "VPN"}}}, {"since", "2023-01-01"}});
    record("opportunity", alfa, {{"what", "Склад"}, {"year1", 100'000}, {"year5", 900'000}, {"chance_percent", 50}});
    record("opportunity", beta, {{"what", "Филиал"}, {"year1", 20'000}});
    record("opportunity", beta, {{"what", "Упущено"}, {"year1", 70'000}, {"state", "lost"}});
    record("dossier_part", alfa, {{"part", "general"}, {"revised_on", "2025-05-01"}});
    record("dossier_part", beta, {{"part", "general"}, {"revised_on", "2025-01-01"}});
  }

  Json results(const Query& query = {}, const Viewer& viewer = lead()) { return service.consolidated(viewer, query); }
  std::size_t listed(const std::string& list, const Query& query = {}) {
    return service.records(lead(), list, query)["total"].get<std::size_t>();
  }
};

}  // namespace

TEST_CASE("R10: key persons of delivered questionnaires: unchanged, changed, new, left") {
  Pass pass;
  const auto persons = pass.results()["key_persons"];
  CHECK(persons ==
        Json{{"verified", 5}, {"unchanged", 2}, {"changed", 1}, {"new", 1}, {"left", 1}, {"left_percent", 25}});
  const auto left = pass.service.records(FilledOffice::lead(), "key_persons", {{"outcome", "left"}});
  REQUIRE(left["total"] == 1);
  CHECK(left["items"][0]["name"] == "Ушедший");
  CHECK(left["items"][0]["questionnaire"] == pass.second.text());
  CHECK(left["items"][0]["client"]["name"] == "Бета");
}

TEST_CASE("R1, R2: relations renewed and clients at risk") {
  Pass pass;
  const Query june{{"since", "2025-06-01"}};
  const auto results = pass.results(june);
  CHECK(results["relations"] == Json{{"clients", 4}, {"met", 2}, {"renewed", 1}, {"never_met", 2}});
  CHECK(results["risk"] == Json{{"clients", 1}, {"only_trouble", 1}, {"nobody_known", 1}});
  CHECK(pass.service.records(FilledOffice::lead(), "clients",
                             {{"since", "2025-06-01"}, {"relation", "renewed"}})["items"][0]["client"]["name"] ==
        "Альфа");
  CHECK(pass.service.records(FilledOffice::lead(), "risk", {})["items"][0]["client"]["name"] == "Вега");
}

TEST_CASE("R23: growth, new lines and sales on the spot with their amounts, by kind, rep and campaign") {
  Pass pass;
  const auto sales = pass.results()["sales"];
  CHECK(sales["offers"] == 4);
  CHECK(sales["won"] == 2);
  CHECK(sales["lost"] == 1);
  CHECK(sales["open"] == 1);
  CHECK(sales["on_the_spot"] == 1);
  CHECK(sales["won_amount_month"] == 30'000);
  CHECK(sales["won_amount_once"] == 5'000);
  CHECK(sales["open_amount_month"] == 50'000);
  CHECK(sales["by_kind"]["volume"]["won_amount_month"] == 10'000);
  CHECK(sales["by_kind"]["new_line"]["offers"] == 3);
  CHECK(sales["by_service"][0]["service"] == "wifi");
  REQUIRE(sales["by_rep"].size() == 1);
  CHECK(sales["by_rep"][0]["rep"]["name"] == "Анна Ковалёва");
  CHECK(pass.listed("sales", {{"status", "won"}}) == 2);
  CHECK(pass.listed("sales", {{"status", "open"}}) == 1);
  const auto volume = pass.service.records(FilledOffice::lead(), "sales", {{"kind", "volume"}})["items"][0];
  CHECK(volume["on"] == "2025-06-02");
  CHECK(volume["questionnaire"] == pass.first.text());
}

TEST_CASE("R19, R23: referrals as a chain with the kind of introduction") {
  Pass pass;
  const auto referrals = pass.results()["referrals"];
  CHECK(referrals["named"] == 4);
  CHECK(referrals["introduced"] == 2);
  CHECK(referrals["contacted"] == 2);
  CHECK(referrals["met"] == 2);
  CHECK(referrals["won"] == 2);
  CHECK(referrals["lost"] == 0);
  CHECK(referrals["longest_chain"] == 2);
  REQUIRE(referrals["by_introduction"].size() == 3);
  CHECK(referrals["by_introduction"][0]["introduction"] == "meet");
  CHECK(referrals["by_introduction"][0]["named"] == 2);
  CHECK(referrals["by_introduction"][0]["won"] == 1);
  CHECK(pass.listed("referrals", {{"step", "won"}}) == 2);
}

TEST_CASE("R19: what is new in our range since the last personal meeting with each client") {
  Pass pass;
  const auto news = pass.results()["new_in_range"];
  REQUIRE(news.size() == 1);
  CHECK(news[0]["code"] == "wifi");
  CHECK(news[0]["clients"] == 3);  // all but Бета, who was met on 9 June
  CHECK(pass.listed("new_in_range", {{"item", news[0]["id"].get<std::string>()}}) == 3);
}

TEST_CASE("NPS by question, segment, rep and month") {
  Pass pass;
  const auto nps = pass.results()["nps"];
  CHECK(nps["score"] == 0);
  CHECK(nps["answers"] == 2);
  REQUIRE(nps["by_segment"].size() == 1);
  CHECK(nps["by_segment"][0]["segment"] == "Банк");
  CHECK(nps["by_month"][0]["month"] == "2025-06");
  CHECK(nps["by_rep"][0]["rep"]["name"] == "Анна Ковалёва");
  REQUIRE(nps["by_question"].size() == 2);
  CHECK(nps["by_question"][0]["question"] == "nps");
  CHECK(nps["by_question"][1]["question"] == "sup_score");
  CHECK(nps["by_question"][1]["passives"] == 1);
  CHECK(pass.listed("nps", {{"group", "detractor"}}) == 1);
}

TEST_CASE("R30, R31, R37: opportunities, revisions and accounts without an owner") {
  Pass pass;
  const auto results = pass.results();
  CHECK(results["opportunities"]["count"] == 2);
  CHECK(results["opportunities"]["possible"] == Json{{"year1", 120'000}, {"year3", 0}, {"year5", 900'000}});
  CHECK(results["opportunities"]["expected"] == Json{{"year1", 70'000}, {"year3", 0}, {"year5", 450'000}});
  CHECK(results["revisions"][0] == Json{{"part", "general"}, {"current", 1}, {"due", 0}, {"overdue", 1}, {"never", 2}});
  CHECK(results["revisions"][2]["never"] == 4);
  CHECK(results["accounts"] == Json{{"one", 3}, {"none", 1}, {"several", 0}});
  CHECK(pass.listed("revisions", {{"part", "general"}, {"state", "overdue"}}) == 1);
  CHECK(pass.service.records(FilledOffice::lead(), "accounts", {{"ownership", "none"}})["items"][0]["client"]["name"] ==
        "Гамма");
  CHECK(pass.listed("opportunities") == 2);
}

TEST_CASE("R37: whose account is closed answers for no client any more") {
  Pass pass;
  const auto gone = pass.put("user", company_scope, {{"name", "Ушедшая"}, {"role", "rep"}, {"active", false}});
  const auto left = pass.client("Дельта", "Банк", gone);
  CHECK(pass.results()["accounts"] == Json{{"one", 3}, {"none", 2}, {"several", 0}});
  const auto listed = pass.service.records(FilledOffice::lead(), "accounts", {{"ownership", "none"}});
  REQUIRE(listed["total"] == 2);
  for (const auto& line : listed["items"])
    if (line["client"]["id"] == left.text()) CHECK(line["owner"]["name"] == "Ушедшая");
}

TEST_CASE("the consolidated results follow campaign, period, rep and segment") {
  Pass pass;
  const auto season = pass.results({{"campaign", pass.season.text()}});
  CHECK(season["campaign"]["title"] == "Лето 2025");
  CHECK(season["since"] == "2025-06-01");
  CHECK(season["key_persons"]["verified"] == 3);
  CHECK(season["sales"]["offers"] == 2);
  CHECK(pass.results({{"since", "2025-06-08"}})["key_persons"]["verified"] == 2);
  CHECK(pass.results({{"segment", "Торговля"}})["questionnaires"]["delivered"] == 0);
  const auto boris = pass.results({{"rep", pass.boris.text()}});
  CHECK(boris["relations"]["clients"] == 1);
  CHECK(boris["risk"]["clients"] == 1);
  CHECK(boris["sales"]["offers"] == 0);
  CHECK_THROWS_AS(pass.results({{"campaign", pass.rep.text()}}), ProblemError);
  CHECK_THROWS_AS(pass.results({{"since", "gestern"}}), ProblemError);
}

TEST_CASE("R36: a rep sees the results of his own clients, the service side none") {
  Pass pass;
  const auto own = pass.results({}, {pass.boris, Role::Rep});
  CHECK(own["relations"]["clients"] == 1);
  CHECK(own["sales"]["offers"] == 0);
  CHECK(own["nps"]["answers"] == 0);
  CHECK_THROWS_AS(pass.results({}, {Uuid(), Role::Service}), ProblemError);
}

TEST_CASE("the consolidated results follow every change and removal") {
  Pass pass;
  REQUIRE(pass.results()["questionnaires"] == Json{{"delivered", 2}, {"complete", 1}});
  pass.transition("questionnaire", pass.beta, pass.second, "paused", "resumed");
  pass.transition("questionnaire", pass.beta, pass.second, "resumed", "complete_after_pause");
  CHECK(pass.results()["questionnaires"] == Json{{"delivered", 2}, {"complete", 2}});
  pass.remove("questionnaire", pass.alfa, pass.first);
  const auto after = pass.results();
  CHECK(after["questionnaires"]["delivered"] == 1);
  CHECK(after["key_persons"]["verified"] == 2);
  CHECK(pass.results({{"since", "2025-06-01"}})["relations"]["renewed"] == 0);
}

TEST_CASE("every list behind the results pages and refuses what it does not know") {
  Pass pass;
  for (const auto name : drill_names()) {
    CAPTURE(name);
    const auto all = pass.service.records(FilledOffice::lead(), std::string(name), {});
    std::size_t seen = 0;
    for (std::size_t offset = 0; offset < all["total"].get<std::size_t>(); ++offset) {
      const auto page = pass.service.records(FilledOffice::lead(), std::string(name),
                                             {{"limit", "1"}, {"offset", std::to_string(offset)}});
      REQUIRE(page["items"].size() == 1);
      CHECK(page["items"][0] == all["items"][offset]);
      ++seen;
    }
    CHECK(seen == all["items"].size());
  }
  CHECK_THROWS_AS(pass.service.records(FilledOffice::lead(), "horoscope", {}), ProblemError);
}
