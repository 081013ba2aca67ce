// The programme on devices of the lead and of a rep, with a real server between them: figures without a connection,
// calls, visits, and the lead's work (R3-R5, R8, R9, R20).
#include "tests/client-core/sync/programme_world.hpp"

using namespace anketa;
using namespace anketa::client;
using namespace anketa::client::test;
using anketa::test::refused;

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
