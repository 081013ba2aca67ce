#include "shared/programme/brief.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

using namespace anketa::programme;

namespace {

Day day(std::string_view text) {
  return parse_day(text).value();
}

const Day today = day("2025-06-10");

BriefPerson person(const char* name, const char* role) {
  BriefPerson person;
  person.name = name;
  person.role = role;
  person.met = true;
  return person;
}

bool warns(const Brief& brief, BriefWarning warning) {
  return std::find(brief.warnings.begin(), brief.warnings.end(), warning) != brief.warnings.end();
}

}  // namespace

TEST_CASE("R31: of a client nobody knows anything of, the brief is empty and warns of nothing") {
  const auto brief = make_brief({}, today);
  CHECK(brief.persons.empty());
  CHECK_FALSE(brief.last_meeting);
  CHECK(brief.warnings.empty());
}

TEST_CASE("R31: the brief puts deciders first and those who left last") {
  BriefFacts facts;
  facts.persons = {person("Бухгалтер", "pay"), person("Ушедший", "decides"), person("Директор", "decides")};
  facts.persons[1].left = true;
  const auto brief = make_brief(facts, today);
  CHECK(brief.persons[0].name == "Директор");
  CHECK(brief.persons[1].name == "Бухгалтер");
  CHECK(brief.persons[2].name == "Ушедший");
}

TEST_CASE("R19, R31: changes and our news count from the last personal meeting, not from a later call") {
  BriefFacts facts;
  facts.meetings = {day("2025-03-01"), day("2025-01-01"), day("2025-07-01")};
  facts.talks = {{"1", "meeting", "relations", "Завтрак", "", "", "", day("2025-03-01"), {}, true},
                 {"2", "call", "payment", "Счёт", "", "", "", day("2025-05-01"), {}, false}};
  facts.facts = {{"general", "market", "старое", day("2025-02-01")}, {"general", "market", "новое", day("2025-04-01")}};
  facts.range = {{"wifi", "Wi-Fi", "Wi-Fi", {day("2025-04-01"), std::nullopt}},
                 {"vpn", "VPN", "VPN", {day("2024-12-01"), std::nullopt}}};
  auto newcomer = person("Новый", "tech");
  newcomer.verified = Verified::New;
  newcomer.verified_on = day("2025-03-01");
  facts.persons = {newcomer};
  const auto brief = make_brief(facts, today);
  REQUIRE(brief.last_meeting);
  CHECK(day_text(*brief.last_meeting) == "2025-03-01");
  CHECK(brief.last_talk->id == "2");
  REQUIRE(brief.changes.size() == 1);
  CHECK(brief.changes[0].text == "новое");
  REQUIRE(brief.new_in_range.size() == 1);
  CHECK(brief.new_in_range[0].code == "wifi");
  CHECK(brief.turnover.size() == 1);
  CHECK(warns(brief, BriefWarning::NoOfferThisTime));
}

TEST_CASE("R13, R20: while something is broken the brief says to offer nothing, whatever the last meeting had") {
  BriefFacts facts;
  facts.talks = {{"1", "meeting", "", "", "", "", "", day("2025-03-01"), {}, true}};
  facts.cases = {{"a", "open", "annoys", day("2025-05-01")},
                 {"b", "in_work", "stops", day("2025-06-01")},
                 {"c", "open", "stops", day("2025-05-20")}};
  const auto brief = make_brief(facts, today);
  CHECK(brief.cases[0].id == "c");
  CHECK(brief.cases[2].id == "a");
  CHECK(warns(brief, BriefWarning::NoOfferWhileBroken));
  CHECK_FALSE(warns(brief, BriefWarning::NoOfferThisTime));
}

TEST_CASE("R35: open promises are listed, ours first, and an overdue one is warned of") {
  BriefFacts facts;
  facts.promises = {{"их", false, day("2025-05-01"), day("2025-05-05"), {}},
                    {"без срока", true, day("2025-05-01"), {}, {}},
                    {"сделано", true, day("2025-05-01"), day("2025-05-05"), day("2025-05-04")},
                    {"наше", true, day("2025-05-01"), day("2025-06-09"), {}}};
  const auto brief = make_brief(facts, today);
  REQUIRE(brief.promises.size() == 3);
  CHECK(brief.promises[0].text == "наше");
  CHECK(brief.promises[1].text == "без срока");
  CHECK(brief.promises[2].text == "их");
  CHECK(warns(brief, BriefWarning::OurPromiseOverdue));
}

TEST_CASE("R2, R30, R35: the brief warns of opponents, of the main contact person and of the warning pattern") {
  BriefFacts facts;
  facts.persons = {person("Директор", "decides"), person("Основной", "tech")};
  facts.persons[0].attitude = "opposes";
  facts.persons[1].is_main = true;
  facts.talks = {{"1", "call", "fault", "", "", "", "", day("2025-05-01"), {}, false}};
  facts.parts = {{"general", day("2025-05-01")}, {"decision", std::nullopt}};
  const auto brief = make_brief(facts, today);
  CHECK(warns(brief, BriefWarning::OpponentAmongThem));
  CHECK(warns(brief, BriefWarning::TellMainContact));
  CHECK(warns(brief, BriefWarning::AtRisk));
  CHECK(brief.risk.only_trouble);
  REQUIRE(brief.revisions.size() == 1);
  CHECK(brief.revisions[0].first == "decision");
}

TEST_CASE("R2: a meeting by questionnaire is more than trouble, and whom we only know of is nobody we know") {
  BriefFacts facts;
  facts.talks = {{"1", "call", "fault", "", "", "", "", day("2025-05-01"), {}, false}};
  CHECK(make_brief(facts, today).risk.only_trouble);
  facts.meetings = {day("2025-05-02")};
  CHECK_FALSE(make_brief(facts, today).risk.any());
  facts.persons = {person("Директор", "decides")};
  facts.persons[0].is_contact = false;
  CHECK_FALSE(make_brief(facts, today).risk.nobody_known);
  facts.persons.push_back(person("Ушедший", "tech"));
  facts.persons[1].left = true;
  CHECK(make_brief(facts, today).risk.nobody_known);
}
