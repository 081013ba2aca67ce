// The programme on devices of the lead and of a rep, with a real server between them: figures without a connection,
// calls, visits, and the lead's work (R3-R5, R8, R9, R20).
#include "anketa/programme.hpp"

#include "tests/client-core/sync/office.hpp"
#include "tests/support/refused.hpp"

using namespace anketa;
using namespace anketa::client;
using namespace anketa::client::test;
using anketa::test::refused;

namespace {

constexpr int moscow = 180;

struct Programme {
  Programme() {
    anna = person("Анна");
    boris = person("Борис");
    lead = office.device(Role::Lead);
    rep = office.device(Role::Rep, anna);
    office.sync(lead);
    client = lead.client.get();
  }

  Uuid person(const std::string& name) {
    const auto user = Uuid::v7(environment);
    office.store().accounts().add_account({user, name, name, Role::Rep, "-", true});
    return user;
  }

  Uuid client_of(const Uuid& owner, const std::string& name, std::int64_t income = 0) {
    const auto id = client->create("client", {}, {{"name", name}, {"income_year", income}});
    if (!owner.is_nil())
      client->create("assignment", id, {{"client", id.text()}, {"user", owner.text()}, {"role", "owner"}});
    return id;
  }

  /// The one owner by the lead's device; fails where there is not exactly one.
  std::string owner(const Uuid& account) {
    std::vector<std::string> owners;
    for (const auto& one : client->list("assignment", account))
      if (string_or_empty(one.view.body, "role") == "owner") owners.push_back(string_or_empty(one.view.body, "user"));
    REQUIRE(owners.size() == 1);
    return owners.front();
  }

  Json member(const Uuid& user, const char* share, const char* place) {
    return {{"user", user.text()}, {"share", share}, {"pos", place}};
  }

  Uuid summer() {
    return create_campaign(*client, {{"title", "Лето"},
                                     {"from", format_date(environment.now(), moscow)},
                                     {"until", format_date(environment.now() + 69LL * 86'400'000, moscow)},
                                     {"staff",
                                      {{Uuid::v7(environment).text(), member(anna, "full", "ma")},
                                       {Uuid::v7(environment).text(), member(boris, "part", "mb")}}}});
  }

  Json report(std::string_view name, const programme::ReportParameters& parameters = {}) {
    return programme_report(*client, name, parameters, moscow);
  }

  Office office;
  anketa::test::TestEnvironment& environment = office.environment();
  Office::Device lead, rep;
  Uuid anna, boris;
  /// The lead's.
  Client* client = nullptr;
};

std::string field(Client& client, const Uuid& id, std::string_view name) {
  return string_or_empty(client.need(id).view.body, name);
}

}  // namespace

TEST_CASE("A new campaign comes with the phone script in both languages and the rules' own settings (R3, R8, R9)") {
  Programme programme;
  const auto id = programme.summer();
  const auto body = programme.client->need(id).view.body;
  CHECK(body.at("script").at("ru").get<std::string>().find("как эксперта") != std::string::npos);
  CHECK(body.at("script").at("en").get<std::string>().find("as an expert") != std::string::npos);
  const auto json = programme.report("campaign");
  CHECK(json.at("campaign").at("id") == id.text());
  CHECK(json.at("norms") == Json{{"part", 5}, {"full", 15}});
  CHECK(json.at("paused_counts") == true);
}

TEST_CASE("A campaign that ends before it begins is refused") {
  Programme programme;
  CHECK(refused([&] {
          create_campaign(*programme.client, {{"title", "X"}, {"from", "2025-08-10"}, {"until", "2025-06-02"}});
        }) == ProblemCode::InvalidValue);
}

TEST_CASE("Splitting puts every client onto a list once; again only what has come since (R5)") {
  Programme programme;
  const auto shield = programme.client_of(programme.anna, "Щит");
  programme.client_of({}, "Ничей");
  const auto campaign = programme.summer();
  auto outcome = split_campaign(*programme.client, campaign, moscow);
  CHECK(outcome.clients == 2);
  CHECK(outcome.listed == 2);
  CHECK(outcome.suggestions == 0);
  programme.client_of(programme.boris, "Меч");
  outcome = split_campaign(*programme.client, campaign, moscow);
  CHECK(outcome.listed == 1);
  const auto lists = programme.report("lists", {{"rep", programme.anna.text()}});
  CHECK(lists.at("total") == 2);
  CHECK(programme.client->list("campaign_client", shield).size() == 1);
}

TEST_CASE(
    "Who gets a client by the split sees it: as its owner where nobody answers for it, else in its team (R5, R37)") {
  Programme programme;
  const auto nobodys = programme.client_of({}, "Ничей");
  const auto leaver = programme.person("Вера");
  const auto left = programme.client_of(leaver, "Осиротел");
  const auto elsewhere = programme.client_of(programme.person("Глеб"), "Чужой");
  programme.office.sync(programme.lead);
  auto account = programme.office.store().accounts().account(leaver).value();
  account.active = false;
  programme.office.store().accounts().update_account(account);
  programme.office.sync(programme.lead);
  const auto campaign = programme.summer();
  CHECK(split_campaign(*programme.client, campaign, moscow).listed == 3);
  const auto owner_of = [&](const Uuid& client) { return programme.owner(client); };
  const auto rep_of = [&](const Uuid& client) {
    return string_or_empty(programme.client->list("campaign_client", client).at(0).view.body, "rep");
  };
  CHECK(owner_of(nobodys) == rep_of(nobodys));
  CHECK(owner_of(left) == rep_of(left));
  CHECK(owner_of(elsewhere) != rep_of(elsewhere));
  CHECK(programme.office.sync(programme.lead).parked == 0);
  programme.office.sync(programme.rep);
  for (const auto& client : {nobodys, left, elsewhere})
    CHECK(programme.rep.client->get(client).has_value() == (rep_of(client) == programme.anna.text()));
}

TEST_CASE("The lead moves a client to another list, with responsibility or without (R5)") {
  Programme programme;
  const auto shield = programme.client_of(programme.anna, "Щит");
  const auto campaign = programme.summer();
  split_campaign(*programme.client, campaign, moscow);
  const auto suggested = judge_relation(*programme.client, campaign, shield, "unsure", moscow);
  const auto visit = book_visit(*programme.client, shield, {programme.environment.now() + 3'600'000}, programme.anna);
  move_client(*programme.client, campaign, shield, programme.boris, false);
  const auto entry = programme.client->list("campaign_client", shield).at(0).view.body;
  CHECK(entry.at("rep") == programme.boris.text());
  CHECK(field(*programme.client, visit, "rep") == programme.boris.text());
  CHECK(field(*programme.client, *suggested, "status") == "declined");
  CHECK(programme.owner(shield) == programme.anna.text());
  CHECK(programme.client->list("assignment", shield).size() == 2);
  move_client(*programme.client, campaign, shield, programme.boris, true);
  CHECK(programme.owner(shield) == programme.boris.text());
  CHECK(programme.office.sync(programme.lead).parked == 0);
}

TEST_CASE("Two leads accept the same suggestion: the second one's decision is refused as a whole (R5, R37)") {
  Programme programme;
  auto colleague = programme.office.device(Role::Lead);
  const auto shield = programme.client_of(programme.anna, "Щит");
  const auto campaign = programme.summer();
  split_campaign(*programme.client, campaign, moscow);
  const auto made = judge_relation(*programme.client, campaign, shield, "unsure", moscow);
  programme.office.sync(programme.lead);
  programme.office.sync(colleague);
  const auto vera = programme.person("Вера");
  programme.office.sync(colleague);
  decide_suggestion(*programme.client, *made, true);
  decide_suggestion(*colleague.client, *made, true, vera);
  programme.office.sync(programme.lead);
  const auto pushed = programme.office.sync(colleague);
  CHECK(pushed.parked == 4);  // his owner, the end of the former one, the list, the suggestion
  for (const auto& parked : colleague.client->parked()) CHECK(parked.problem.code == ProblemCode::SecondOwner);
  programme.office.sync(programme.lead);
  CHECK(programme.owner(shield) == programme.boris.text());
  CHECK(field(*programme.client, *made, "to") == programme.boris.text());
}

TEST_CASE("A campaign's settings change after it was made; what is not named stays (R3, R4, R8)") {
  Programme programme;
  const auto shield = programme.client_of(programme.anna, "Щит");
  const auto campaign = programme.summer();
  split_campaign(*programme.client, campaign, moscow);
  edit_campaign(*programme.client, campaign,
                {{"title", "Осень"},
                 {"norm", {{"part", 6}}},
                 {"paused_counts", false},
                 {"cadence", {{"key_months", 2}}},
                 {"filter", {{"without", {shield.text()}}}}});
  const auto json = programme.report("campaign");
  CHECK(json.at("campaign").at("title") == "Осень");
  CHECK(json.at("norms") == Json{{"part", 6}, {"full", 15}});
  CHECK(json.at("paused_counts") == false);
  // Left out by name, the client is in the pass no more, although it stands on a list.
  CHECK(json.at("clients") == 0);
  CHECK(json.at("staff").size() == 2);
  CHECK(refused([&] {
          edit_campaign(*programme.client, campaign, {{"until", "2020-01-01"}});
        }) == ProblemCode::InvalidValue);
  CHECK(refused([&] { edit_campaign(*programme.rep.client, campaign, {{"title", "Моя"}}); }) == ProblemCode::Forbidden);
}

TEST_CASE(
    "A relation that is not sure makes a suggestion; accepted, the client goes over with all that is booked (R5)") {
  Programme programme;
  const auto shield = programme.client_of(programme.anna, "Щит");
  const auto campaign = programme.summer();
  split_campaign(*programme.client, campaign, moscow);
  const auto visit = book_visit(*programme.client, shield, {programme.environment.now() + 3'600'000}, programme.anna);
  end_visit(*programme.client, visit, false);
  const auto made = judge_relation(*programme.client, campaign, shield, "unsure", moscow);
  REQUIRE(made);
  CHECK(field(*programme.client, *made, "to") == programme.boris.text());
  const auto entry = programme.client->list("campaign_client", shield).at(0);
  CHECK(string_or_empty(entry.view.body, "relation") == "unsure");
  CHECK(string_or_empty(entry.view.body, "rep") == programme.anna.text());
  const auto booked = book_visit(*programme.client, shield, {programme.environment.now() + 7'200'000}, programme.anna);

  decide_suggestion(*programme.client, *made, true);
  CHECK(field(*programme.client, *made, "status") == "accepted");
  CHECK(field(*programme.client, entry.view.id, "rep") == programme.boris.text());
  CHECK(field(*programme.client, booked, "rep") == programme.boris.text());
  CHECK(field(*programme.client, visit, "rep") == programme.anna.text());
  // Exactly one is responsible, and who was stays in the team (R37).
  std::map<std::string, std::string> team;
  for (const auto& one : programme.client->list("assignment", shield))
    team[string_or_empty(one.view.body, "user")] = string_or_empty(one.view.body, "role");
  CHECK(team ==
        std::map<std::string, std::string>{{programme.anna.text(), "member"}, {programme.boris.text(), "owner"}});
  CHECK(refused([&] { decide_suggestion(*programme.client, *made, false); }) == ProblemCode::IllegalTransition);
}

TEST_CASE("That a rep shields a client stands nowhere he could read it (R5, R36)") {
  Programme programme;
  const auto shield = programme.client_of(programme.anna, "Щит");
  const auto campaign = programme.summer();
  split_campaign(*programme.client, campaign, moscow);
  const auto made = judge_relation(*programme.client, campaign, shield, "monopolised", moscow);
  REQUIRE(made);
  CHECK(programme.client->need(*made).view.scope == *made);
  for (const auto& [collection, records] : programme.client->client_card(shield).records)
    for (const auto& record : records) CHECK(record.view.body.dump().find("monopolised") == std::string::npos);
  decide_suggestion(*programme.client, *made, false);
  CHECK(split_campaign(*programme.client, campaign, moscow).suggestions == 0);
}

TEST_CASE("Another word of the lead's replaces an open suggestion, and a good one takes it back (R5)") {
  Programme programme;
  const auto shield = programme.client_of(programme.anna, "Щит");
  const auto campaign = programme.summer();
  split_campaign(*programme.client, campaign, moscow);
  judge_relation(*programme.client, campaign, shield, "unsure", moscow);
  judge_relation(*programme.client, campaign, shield, "monopolised", moscow);
  CHECK(programme.report("suggestions").at("total") == 1);
  CHECK(programme.report("suggestions").at("items")[0].at("reason") == "monopolised");
  CHECK_FALSE(judge_relation(*programme.client, campaign, shield, "good", moscow));
  CHECK(programme.report("suggestions").at("items")[0].at("status") == "declined");
  CHECK(judge_relation(*programme.client, campaign, shield, "unsure", moscow));
  CHECK(programme.report("suggestions").at("items")[0].at("status") == "suggested");
  programme.office.sync(programme.lead);
  CHECK(programme.client->status().parked == 0);
}

TEST_CASE("What is the lead's is refused to a rep at once, and none of it reaches his device (R5, R20, R36)") {
  Programme programme;
  const auto shield = programme.client_of(programme.anna, "Щит", 900'00);
  const auto campaign = programme.summer();
  split_campaign(*programme.client, campaign, moscow);
  judge_relation(*programme.client, campaign, shield, "monopolised", moscow);
  programme.client->create("campaign_cost", {}, {{"campaign", campaign.text()}, {"title", "Выезды"}, {"amount", 100}});
  programme.office.sync(programme.lead);
  programme.office.sync(programme.rep);
  auto& device = *programme.rep.client;
  CHECK(device.list("campaign").size() == 1);
  CHECK(device.list("campaign_client").size() == 1);
  CHECK(device.list("reassignment").empty());
  CHECK(device.list("campaign_cost").empty());
  CHECK(refused([&] { split_campaign(device, campaign, moscow); }) == ProblemCode::Forbidden);
  CHECK(refused([&] { create_campaign(device, {{"title", "X"}}); }) == ProblemCode::Forbidden);
  CHECK(refused([&] { apply_pareto(device, 80); }) == ProblemCode::Forbidden);
  for (const auto* report : {"pareto", "seasons", "suggestions"})
    CHECK(refused([&] { programme_report(device, report, {}, moscow); }) == ProblemCode::Forbidden);
  CHECK(programme_report(device, "coverage", {}, moscow).at("total") == 1);
}

TEST_CASE("A rep books by telephone without a connection; the lead sees it after both have synced (R9)") {
  Programme programme;
  const auto shield = programme.client_of(programme.anna, "Щит");
  programme.client_of(programme.boris, "Меч");
  const auto campaign = programme.summer();
  split_campaign(*programme.client, campaign, moscow);
  programme.office.sync(programme.lead);
  programme.office.sync(programme.rep);
  auto& device = *programme.rep.client;
  const auto list = programme_report(device, "calls", {}, moscow);
  REQUIRE(list.at("total") == 1);
  CHECK(programme_report(device, "calls", {{"rep", programme.boris.text()}}, moscow).at("total") == 0);
  CHECK(list.at("script").at("ru").get<std::string>().find("эксперта") != std::string::npos);
  CallNote note;
  note.client = shield;
  note.outcome = "booked";
  note.campaign = campaign;
  note.visit = VisitPlan{programme.environment.now() + 86'400'000};
  log_call(device, note);
  CHECK(programme.report("coverage").at("booked") == 0);
  programme.office.sync(programme.rep);
  programme.office.sync(programme.lead);
  const auto coverage = programme.report("coverage");
  CHECK(coverage.at("booked") == 1);
  CHECK(coverage.at("untouched") == 1);
}

TEST_CASE(
    "An accepted suggestion gives the client to the other rep's device and leaves him the booked visit (R5, R34)") {
  Programme programme;
  const auto shield = programme.client_of(programme.boris, "Щит");
  const auto campaign = programme.summer();
  split_campaign(*programme.client, campaign, moscow);
  book_visit(*programme.client, shield, {programme.environment.now() + 86'400'000}, programme.boris);
  programme.office.sync(programme.lead);
  programme.office.sync(programme.rep);
  CHECK(programme.rep.client->list("client").empty());
  const auto made = judge_relation(*programme.client, campaign, shield, "unsure", moscow);
  REQUIRE(made);
  decide_suggestion(*programme.client, *made, true);
  programme.office.sync(programme.lead);
  programme.office.sync(programme.rep);
  CHECK(programme.rep.client->list("client").size() == 1);
  CHECK(string_or_empty(programme.rep.client->list("visit").at(0).view.body, "rep") == programme.anna.text());
  CHECK(programme.client->status().parked == 0);
}

TEST_CASE("A call that books makes the visit with it, in the campaign; both or nothing (R9)") {
  Programme programme;
  const auto shield = programme.client_of(programme.anna, "Щит");
  const auto campaign = programme.summer();
  CallNote note;
  note.client = shield;
  note.outcome = "booked";
  note.campaign = campaign;
  CHECK(refused([&] { log_call(*programme.client, note); }) == ProblemCode::RequiredMissing);
  note.visit = VisitPlan{programme.environment.now() + 86'400'000, 90, "Тверь", "Анкета"};
  const auto logged = log_call(*programme.client, note);
  REQUIRE(logged.visit);
  CHECK(field(*programme.client, logged.call, "visit") == logged.visit->text());
  CHECK(field(*programme.client, *logged.visit, "campaign") == campaign.text());
  CHECK(programme.report("calls").at("total") == 0);
  note.visit->kind = "party";
  CHECK(refused([&] { log_call(*programme.client, note); }) == ProblemCode::InvalidValue);
  CHECK(programme.client->list("visit").size() == 1);
  CHECK(programme.client->list("call").size() == 1);
}

TEST_CASE("Call back needs a time, and brings the client up when it has come (R9)") {
  Programme programme;
  const auto shield = programme.client_of(programme.anna, "Щит");
  programme.client_of(programme.anna, "Меч");
  programme.summer();
  CallNote note;
  note.client = shield;
  note.outcome = "call_back";
  CHECK(refused([&] { log_call(*programme.client, note); }) == ProblemCode::RequiredMissing);
  note.call_back_at = programme.environment.now() + 3'600'000;
  log_call(*programme.client, note);
  CHECK(programme.report("calls").at("items")[0].at("client").at("name") == "Меч");
  programme.environment.advance(7'200'000);
  CHECK(programme.report("calls").at("items")[0].at("client").at("name") == "Щит");
}

TEST_CASE("How a visit came out: held with or without an offer, or cancelled; not twice (R20)") {
  Programme programme;
  const auto shield = programme.client_of(programme.anna, "Щит");
  programme.summer();
  const auto visit = book_visit(*programme.client, shield, {programme.environment.now()});
  end_visit(*programme.client, visit, true, true);
  CHECK(field(*programme.client, visit, "status") == "held");
  CHECK(programme.report("meetings").at("with_offer") == 1);
  CHECK(refused([&] { end_visit(*programme.client, visit, false); }) == ProblemCode::IllegalTransition);
}

TEST_CASE("A rep's own norm on his device leaves out what has not reached the office (R7, R8)") {
  Programme programme;
  const auto shield = programme.client_of(programme.anna, "Щит");
  programme.summer();
  programme.office.sync(programme.lead);
  programme.office.sync(programme.rep);
  auto& device = *programme.rep.client;
  const auto id = device.create("questionnaire", shield,
                                {{"client", shield.text()},
                                 {"form", {{"id", "vip-anketa"}, {"version", "1"}, {"hash", "x"}}},
                                 {"rep", programme.anna.text()},
                                 {"status", "draft"},
                                 {"date", format_date(programme.environment.now(), moscow)}});
  device.edit(id, {{"status", "complete"}});
  auto norms = programme_report(device, "norms", {}, moscow);
  CHECK(norms.at("not_delivered") == 1);
  CHECK(norms.at("weeks").back().at("done") == 0);
  REQUIRE(norms.at("weeks").back().at("reps").size() == 1);
  // From Tuesday on, four days of a full-time norm.
  CHECK(norms.at("weeks").back().at("norm") == 12);
  CHECK(programme_report(device, "coverage", {}, moscow).at("done") == 1);
  programme.office.sync(programme.rep);
  norms = programme_report(device, "norms", {}, moscow);
  CHECK(norms.at("not_delivered") == 0);
  CHECK(norms.at("weeks").back().at("done") == 1);
}

TEST_CASE("The split by income is applied, follows the figures, and leaves the lead's own decisions (R20)") {
  Programme programme;
  const auto large = programme.client_of(programme.anna, "Большой", 90'00);
  const auto small = programme.client_of(programme.anna, "Малый", 10'00);
  CHECK(apply_pareto(*programme.client, 80) == 1);
  CHECK(field(*programme.client, large, "key_status") == "key");
  CHECK(field(*programme.client, small, "key_status").empty());
  CHECK(apply_pareto(*programme.client, 80) == 0);
  programme.client->edit(small, {{"income_year", 900'00}});
  CHECK(apply_pareto(*programme.client, 80) == 2);
  CHECK(field(*programme.client, large, "key_status").empty());
  decide_key_status(*programme.client, large, "top");
  decide_key_status(*programme.client, small, "ordinary");
  CHECK(apply_pareto(*programme.client, 80) == 0);
  CHECK(field(*programme.client, large, "key_status") == "top");
  decide_key_status(*programme.client, small, "");
  CHECK(apply_pareto(*programme.client, 80) == 1);
  CHECK(field(*programme.client, small, "key_status") == "key");
}

TEST_CASE("The rep's visits as a calendar file: his own, with client, time and place (R9)") {
  Programme programme;
  const auto shield = programme.client_of(programme.anna, "Щит");
  VisitPlan plan{programme.environment.now() + 86'400'000};
  plan.place = "Тверь";
  book_visit(*programme.client, shield, plan, programme.anna);
  book_visit(*programme.client, shield, {programme.environment.now() + 86'400'000}, programme.boris);
  programme.office.sync(programme.lead);
  programme.office.sync(programme.rep);
  const auto own = visits_calendar(*programme.rep.client, text::Language::Russian);
  CHECK(own.find("SUMMARY:Встреча: Щит\r\n") != std::string::npos);
  CHECK(own.find("LOCATION:Тверь\r\n") != std::string::npos);
  CHECK(own.find("SEQUENCE:1\r\n") != std::string::npos);
  CHECK(own.find("BEGIN:VEVENT", own.find("BEGIN:VEVENT") + 1) == std::string::npos);
  CHECK(visits_calendar(*programme.client, text::Language::English, programme.boris).find("SUMMARY:Meeting: Щит\r\n") !=
        std::string::npos);
  CHECK(visits_calendar(*programme.client, text::Language::English).find("VEVENT") == std::string::npos);
}
