// What a questionnaire's answers become (R10, R19, R23, R30, R35), through a real client.
#include <catch2/catch_test_macros.hpp>

#include "anketa/cases.hpp"
#include "client-core/api/parts.hpp"
#include "tests/client-core/api/filling.hpp"

using namespace anketa;
using namespace anketa::client;
using namespace anketa::client::test;

namespace {

struct Met : ClientFixture {
  Uuid account = make_client();
  Uuid director, accountant;
  std::optional<Interview> interview;

  Met() {
    director = person("Пётр Иванов", "+7 812 555-01-01");
    accountant = person("Анна Белова", "+7 812 555-01-02");
    interview.emplace(client->start_questionnaire(account, {}));
  }

  Uuid person(const char* name, const char* phone) {
    return client->create("contact", account,
                          {{"client", account.text()}, {"name", name}, {"phone", phone}, {"state", "active"}});
  }

  void answer(const std::string& path, const Json& value) {
    const auto problem = interview->answer(path, value);
    INFO(path << " " << (problem ? problem->what(text::Language::English) : ""));
    REQUIRE_FALSE(problem);
  }

  std::string item(const char* repeat) { return interview->session().add_item(repeat); }

  /// Quality good or bad, everything that is required given.
  void talk(bool good = true) {
    answer("contacts/" + director.text() + "/c_stat", "upd");
    answer("contacts/" + director.text() + "/c_tel", "+7 812 555-99-99");
    answer("contacts/" + accountant.text() + "/c_stat", "left");
    const auto fresh = item("contacts");
    answer(fresh + "/c_stat", "new");
    answer(fresh + "/c_name", "Олег Новый");
    answer(fresh + "/c_post", "Директор по ИТ");
    answer("respondent", director.text());
    answer("k_why", "За надёжность");
    answer("k_self", "Нравится строить");
    answer("others", "yes");
    answer("others_who", "Дом-Связь: дешевле");
    answer("decide", "Предлагает ИТ, подписывает директор");
    answer("our_status", "main");
    answer("sp_ok", "yes");
    answer("out", "no");
    answer("nps", 9);
    answer("serious", good ? "no" : "yes");
    if (good) after_gate();
    fill_gaps(interview->session());
  }

  void after_gate() {
    answer("cap", "no");
    answer("cap_mbps", 300);
    answer("budget", "up");
    answer("budget_rub", 120'000'000);
    answer("offers_vpn", "yes");
    answer("offers_pbx", "yes");
    const auto order = item("steps"), later = item("steps");
    answer(order + "/t_serv", "vpn");
    answer(order + "/t_next", "order");
    answer(order + "/t_sum", 1'500'000);
    answer(later + "/t_serv", "pbx");
    answer(later + "/t_next", "offer");
    answer("promise", "Прислать расчёт");
    answer("ref", "yes");
    const auto named = item("refs");
    answer(named + "/r_co", "ООО «Сосед»");
    answer(named + "/r_know", "will");
    answer(named + "/r_intro", "cite");
    answer("next_meet", "2025-09-10");
  }

  Json only(std::string_view collection) {
    const auto all = client->list(collection, account);
    REQUIRE(all.size() == 1);
    return all.front().view.body;
  }
  Json part(std::string_view name) {
    for (const auto& record : client->list("dossier_part", account))
      if (string_or_empty(record.view.body, "part") == name) return record.view.body;
    return {};
  }
  void finish() {
    const auto outcome = interview->finish();
    INFO(form::to_json(outcome, text::Language::English).dump());
    REQUIRE(outcome.done);
  }
  std::vector<std::string> outcomes(const Uuid& contact) {
    std::vector<std::string> all;
    for (const auto& entry : client->need(contact).view.body.value("verified", Json::object()))
      all.push_back(string_or_empty(entry, "outcome"));
    return all;
  }
};

}  // namespace

TEST_CASE("R10: key persons verified at a meeting are changed, new or left, each with its questionnaire") {
  Met met;
  met.talk();
  met.finish();
  const auto director = met.client->need(met.director).view.body;
  CHECK(director["phone"] == "+7 812 555-99-99");
  CHECK(director["verified_on"] == "2025-06-10");
  REQUIRE(director["verified"].size() == 1);
  const auto entry = *director["verified"].begin();
  CHECK(entry["outcome"] == "changed");
  CHECK(entry["questionnaire"] == met.interview->questionnaire().text());
  CHECK(entry["user"] == rep.text());
  CHECK(met.client->need(met.accountant).view.body["state"] == "left");
  CHECK(met.client->need(met.accountant).view.body["left_on"] == "2025-06-10");
  const auto contacts = met.client->list("contact", met.account);
  REQUIRE(contacts.size() == 3);
  const auto& fresh = contacts.back().view.body;
  CHECK(fresh["name"] == "Олег Новый");
  CHECK(fresh["state"] == "active");
  CHECK(fresh["source"] == Json{{"questionnaire", met.interview->questionnaire().text()}, {"question", "contacts"}});
}

TEST_CASE("R10: a changed telephone is a change even where the rep ticked no change") {
  Met met;
  met.talk();
  met.answer("contacts/" + met.director.text() + "/c_stat", "same");
  met.finish();
  CHECK(met.outcomes(met.director) == std::vector<std::string>{"changed"});
}

TEST_CASE("R30: answers reach the part of the dossier they belong to, with the question they came from") {
  Met met;
  met.talk();
  met.finish();
  CHECK(met.part("general")["positioning"] == "За надёжность");
  CHECK(met.part("competitors")["overview"] == "Дом-Связь: дешевле");
  CHECK(met.part("decision")["process"] == "Предлагает ИТ, подписывает директор");
  CHECK(met.part("our_view")["our_status"] == "main");
  CHECK(met.client->need(met.director).view.body["work_interests"] == "Нравится строить");
  const auto facts = met.part("decision")["facts"];
  REQUIRE(facts.size() == 1);
  CHECK((*facts.begin())["question"] == "decide");
  CHECK((*facts.begin())["field"] == "process");
  CHECK((*facts.begin())["questionnaire"] == met.interview->questionnaire().text());
  const auto budget = met.only("opportunity");
  CHECK(budget["year1"] == 120'000'000);
  CHECK(budget["kind"] == "budget");
  CHECK(budget["source"]["question"] == "budget_rub");
}

TEST_CASE("R19, R23: growth, additional sales and referrals are records attributed to the meeting") {
  Met met;
  met.talk();
  met.finish();
  const auto questionnaire = met.interview->questionnaire().text();
  int volumes = 0, won = 0, planned = 0;
  for (const auto& record : met.client->list("offer", met.account)) {
    const auto& offer = record.view.body;
    CHECK(offer["questionnaire"] == questionnaire);
    CHECK(offer["rep"] == rep.text());
    volumes += offer["kind"] == "volume";
    if (offer["service"] == "vpn") {
      ++won;
      CHECK(offer["status"] == "won");
      CHECK(offer["on_the_spot"] == true);
      CHECK(offer["amount_month"] == 1'500'000);
      CHECK(offer["closed_on"] == "2025-06-10");
    }
    planned += offer["service"] == "pbx" && offer["status"] == "planned";
  }
  CHECK(volumes == 1);
  CHECK(won == 1);
  CHECK(planned == 1);
  const auto referral = met.only("referral");
  CHECK(referral["company"] == "ООО «Сосед»");
  CHECK(referral["status"] == "named");
  CHECK(referral["person_knows"] == "ask");
  CHECK(referral["introduction"] == "mention");
  CHECK(referral["named_by"] == met.director.text());
  CHECK(referral["source"]["question"] == "refs");
}

TEST_CASE("R35: the meeting itself joins the history of relations, with what was promised") {
  Met met;
  met.talk();
  met.finish();
  const auto meeting = met.only("interaction");
  CHECK(meeting["kind"] == "meeting");
  CHECK(meeting["contacts"] == Json::array({met.director.text()}));
  CHECK(meeting["offer_made"] == true);
  CHECK(meeting["next_on"] == "2025-09-10");
  REQUIRE(meeting["promises"].size() == 1);
  CHECK((*meeting["promises"].begin())["text"] == "Прислать расчёт");
}

TEST_CASE("R36: what a member may not see is left out of what his questionnaire makes, and stands in it all the same") {
  Met met;
  met.talk();
  met.log_in(Role::Rep);
  met.client->parts().store.scopes().replace_grants(
      {{company_scope, {}, "reader"}, {met.account, {"personal", "relations", "service"}, "member"}});
  met.finish();
  CHECK(met.client->list("referral", met.account).size() == 1);
  int won = 0;
  for (const auto& record : met.client->list("offer", met.account)) {
    CHECK_FALSE(record.view.body.contains("amount_month"));
    won += record.view.body["status"] == "won";
  }
  CHECK(won == 1);
  CHECK(met.only("opportunity").value("year1", Json()).is_null());
  const auto answers = met.client->need(met.interview->questionnaire()).view.body["answers"];
  CHECK(answers["budget_rub"] == 120'000'000);
}

TEST_CASE("R18: finishing a second time, after a pause, goes on with what the first time made") {
  Met met;
  met.talk(false);
  met.finish();
  CHECK(met.client->list("referral", met.account).empty());
  CHECK(met.client->list("contact", met.account).size() == 3);
  const auto opened = met.client->list("quality_case", met.account).front().view.id;
  for (const auto* status : {"in_work", "reported_fixed", "rep_called"}) met.client->edit(opened, {{"status", status}});
  met.client->edit(
      opened,
      {{"status", "confirmed"}, {"confirmed_by", "Пётр"}, {"confirmed_on", "2025-06-10"}, {"confirmed_how", "call"}});
  met.environment.advance(21LL * 24 * 60 * 60 * 1000);
  met.interview.emplace(met.client->open_questionnaire(met.interview->questionnaire(), {}));
  REQUIRE_FALSE(met.interview->resume());
  met.after_gate();
  fill_gaps(met.interview->session());
  met.finish();
  CHECK(met.client->list("contact", met.account).size() == 3);
  CHECK(met.outcomes(met.accountant) == std::vector<std::string>{"left"});
  CHECK(met.part("general")["positioning"] == "За надёжность");
  CHECK(met.client->list("interaction", met.account).size() == 2);
  CHECK(met.client->list("referral", met.account).size() == 1);
}

namespace {

/// A meeting with a client who was last met on 1 May, by a company whose range has grown since.
struct News : ClientFixture {
  Uuid account = make_client();
  Uuid fresh, sold, old;

  News() {
    const auto range = [&](const char* code, const char* ru, const char* since) {
      return client->create("range_item", {}, {{"code", code}, {"name", {{"ru", ru}, {"en", code}}}, {"since", since}});
    };
    fresh = range("video", "Видеонаблюдение", "2025-05-20");
    sold = range("wifi", "Корпоративный Wi-Fi", "2025-05-20");
    old = range("pbx", "Облачная АТС", "2025-02-01");
    client->edit(account, {{"contract", {{"services", {"wifi"}}}}});
    client->create("interaction", account,
                   {{"client", account.text()}, {"kind", "meeting"}, {"date", "2025-05-01"}, {"user", rep.text()}});
  }

  static std::vector<std::string> names(Interview& interview) {
    std::vector<std::string> all;
    for (const auto& item : interview.session().answers().value("news", Json::object()))
      all.push_back(string_or_empty(item, "nw_name"));
    return all;
  }

  void good_quality(Interview& interview) {
    for (const auto& [path, value] :
         {std::pair<const char*, Json>{"sp_ok", "yes"}, {"out", "no"}, {"nps", 9}, {"serious", "no"}})
      REQUIRE_FALSE(interview.answer(path, value));
  }
  void finish(Interview& interview) {
    fill_gaps(interview.session());
    REQUIRE(interview.finish().done);
  }
};

}  // namespace

TEST_CASE("R19: the questionnaire asks about what is new in our range since the last meeting, and about nothing else") {
  News news;
  auto interview = news.client->start_questionnaire(news.account, {});
  CHECK(News::names(interview) == std::vector<std::string>{"Видеонаблюдение"});
  const auto item = "news/" + news.fresh.text();
  // Behind the quality check like all that is for sale.
  CHECK(interview.answer(item + "/nw_interest", "yes")->code == ProblemCode::GateClosed);
  news.good_quality(interview);
  REQUIRE_FALSE(interview.answer(item + "/nw_interest", "yes"));
  REQUIRE_FALSE(interview.answer(item + "/nw_next", "order"));
  REQUIRE_FALSE(interview.answer(item + "/nw_sum", 250'000));
  news.finish(interview);

  const auto offers = news.client->list("offer", news.account);
  REQUIRE(offers.size() == 1);
  const auto& offer = offers.front().view.body;
  CHECK(offer.at("service") == "video");
  CHECK(offer.at("kind") == "new_line");
  CHECK(offer.at("status") == "won");
  CHECK(offer.at("on_the_spot") == true);
  CHECK(offer.at("amount_month") == 250'000);
  CHECK(offer.at("source").at("question") == "news");
}

TEST_CASE("R19: what is not of interest makes no offer, and the next meeting does not ask again") {
  News news;
  auto interview = news.client->start_questionnaire(news.account, {"en", 180, {}});
  CHECK(News::names(interview) == std::vector<std::string>{"video"});
  news.good_quality(interview);
  REQUIRE_FALSE(interview.answer("news/" + news.fresh.text() + "/nw_interest", "no"));
  news.finish(interview);
  CHECK(news.client->list("offer", news.account).empty());
  news.environment.advance(40LL * 86'400'000);
  auto next = news.client->start_questionnaire(news.account, {});
  CHECK(News::names(next).empty());
}

TEST_CASE("R18, R19: after a repair the same talk goes on, with what has come to our range meanwhile") {
  News news;
  auto interview = news.client->start_questionnaire(news.account, {});
  for (const auto& [path, value] :
       {std::pair<const char*, Json>{"sp_ok", "yes"}, {"out", "no"}, {"nps", 3}, {"serious", "yes"}})
    REQUIRE_FALSE(interview.answer(path, value));
  news.finish(interview);
  const auto opened = news.client->list("quality_case", news.account).at(0).view.id;
  news.client->create("range_item", {}, {{"code", "ddos"}, {"name", {{"ru", "Защита"}}}, {"since", "2025-06-20"}});
  Cases cases(*news.client, 180);
  cases.accept(opened);
  cases.work(opened, "Заменён кабель", {});
  cases.report_fixed(opened);
  news.environment.advance(20LL * 86'400'000);
  cases.confirm(opened, {"", "call", "", ""});
  auto resumed = news.client->open_questionnaire(interview.questionnaire(), {});
  REQUIRE_FALSE(resumed.resume());
  CHECK(News::names(resumed).size() == 2);
  REQUIRE_FALSE(resumed.answer("news/" + news.fresh.text() + "/nw_interest", "later"));
}
