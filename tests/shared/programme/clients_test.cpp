// Cadence, the split by income, staffing and meetings (R20, R21).
#include <catch2/catch_test_macros.hpp>

#include "shared/programme/cadence.hpp"
#include "shared/programme/meetings.hpp"
#include "shared/programme/pareto.hpp"
#include "shared/programme/staffing.hpp"
#include "tests/shared/programme/fixture.hpp"

using namespace anketa;
using namespace anketa::programme;
using namespace anketa::programme::test;

TEST_CASE("A month later is the same day, or the month's last (R20)") {
  CHECK(day_text(add_months(day("2025-01-31"), 1)) == "2025-02-28");
  CHECK(day_text(add_months(day("2024-01-31"), 1)) == "2024-02-29");
  CHECK(day_text(add_months(day("2025-11-15"), 3)) == "2026-02-15");
  CHECK(day_text(add_months(day("2024-02-29"), 12)) == "2025-02-28");
}

TEST_CASE("Ordinary clients are met yearly, key clients quarterly, the most valuable monthly (R20)") {
  const Cadence cadence;
  CHECK(cadence.months_of("") == 12);
  CHECK(cadence.months_of("ordinary") == 12);
  CHECK(cadence.months_of("key") == 3);
  CHECK(cadence.months_of("top") == 1);
}

TEST_CASE("A meeting is overdue from the day after it was due (R20)") {
  const auto due = [](const char* last, const char* today) {
    return next_meeting(day(last), 3, {day("2025-01-01"), day("2025-12-31")}, day(today)).value();
  };
  CHECK(due("2025-03-10", "2025-06-10").due == Due::Soon);
  CHECK(due("2025-03-10", "2025-06-11").due == Due::Overdue);
  CHECK(due("2025-03-10", "2025-06-11").days == -1);
  CHECK(due("2025-03-10", "2025-05-27").due == Due::Soon);
  CHECK(due("2025-03-10", "2025-05-26").due == Due::Later);
}

TEST_CASE("Who has never been met is due by the cadence, but within the pass; no cadence asks for nothing (R20)") {
  const PassDays summer{day("2025-06-02"), day("2025-08-10")};
  const auto never = [&](int months, const char* today) {
    return next_meeting(std::nullopt, months, summer, day(today)).value();
  };
  CHECK(never(1, "2025-06-20").due_on == day("2025-07-02"));
  CHECK(never(3, "2025-06-20").due_on == day("2025-08-10"));
  CHECK(never(12, "2025-06-20").due_on == day("2025-08-10"));
  CHECK(never(12, "2025-06-20").due == Due::Later);
  CHECK(never(12, "2025-08-01").due == Due::Soon);
  CHECK(never(12, "2025-08-11").due == Due::Overdue);
  CHECK_FALSE(next_meeting(std::nullopt, 0, summer, day("2025-06-20")));
}

namespace {

ClientIncome income(std::string_view name, std::int64_t amount, std::string status = {}, bool by_split = false) {
  return {named(name), amount, std::move(status), by_split};
}

std::vector<std::string> wanted(const ParetoSplit& split) {
  std::vector<std::string> all;
  for (const auto& row : split.rows) all.push_back(row.wanted);
  return all;
}

}  // namespace

TEST_CASE("The smallest set of clients that gives 80 per cent of the income is key (R20)") {
  const auto split = pareto({income("a", 10), income("b", 50), income("c", 30), income("d", 6), income("e", 4)}, 80);
  CHECK(split.total == 100);
  CHECK(split.in_set == 2);
  CHECK(split.rows[0].client == named("b"));
  CHECK(split.rows[0].running_share == 5000);
  CHECK(split.rows[1].running_share == 8000);
  CHECK(wanted(split) == std::vector<std::string>{"key", "key", "", "", ""});
}

TEST_CASE("One kopeck under 80 per cent takes one client more (R20)") {
  CHECK(pareto({income("a", 799), income("b", 101), income("c", 100)}, 80).in_set == 2);
  CHECK(pareto({income("a", 800), income("b", 100), income("c", 100)}, 80).in_set == 1);
}

TEST_CASE("The lead's own decision stands against the split, an earlier split's does not (R20)") {
  const auto split = pareto(
      {income("a", 90, "ordinary"), income("b", 5, "key", true), income("c", 3, "top"), income("d", 2, "key")}, 80);
  REQUIRE(split.rows.size() == 4);
  CHECK(split.rows[0].in_set);
  CHECK(wanted(split) == std::vector<std::string>{"ordinary", "", "top", "key"});
  CHECK(split.rows[0].own_decision);
  CHECK_FALSE(split.rows[1].own_decision);
}

TEST_CASE("Without income nobody is key, and large incomes do not overflow (R20)") {
  CHECK(pareto({income("a", 0), income("b", -5)}, 80).in_set == 0);
  CHECK(pareto({}, 80).rows.empty());
  constexpr std::int64_t huge = 4'000'000'000'000'000'000;
  const auto split = pareto({income("a", huge), income("b", huge)}, 80);
  CHECK(split.in_set == 2);
  CHECK(split.rows[1].running_share == 10'000);
}

TEST_CASE("Everybody is in the set that gives all the income (R20)") {
  CHECK(pareto({income("a", 60), income("b", 40), income("c", 0)}, 100).in_set == 2);
  CHECK(pareto({income("a", 60), income("b", 40)}, 500).in_set == 2);
  CHECK(pareto({income("a", 60), income("b", 40)}, 0).in_set == 1);
}

TEST_CASE("People for a pass: 200 clients in ten weeks (R21)") {
  PassWork work;
  work.clients = 200;
  // Ten weeks of 15 are 150 for one full-time person, of 5 are 50 for a part-time one.
  const auto needed = people_needed(work, day("2025-06-02"), day("2025-08-10"), 1, {});
  CHECK(needed.meetings == 200);
  CHECK(needed.working_days == 50);
  CHECK(needed.full_only == 2);
  CHECK(needed.part_only == 4);
  CHECK(needed.part_besides == 1);
}

TEST_CASE("The most valuable clients take meetings besides the questionnaire in a longer pass (R20, R21)") {
  PassWork work;
  work.clients = 100;
  work.key = 20;
  work.top = 5;
  CHECK(meetings_of(work, 28) == 100);
  // In 70 days two months go by: one meeting besides for each of the five.
  CHECK(meetings_of(work, 70) == 105);
  // In 180 days: five more for the five, one more for the twenty.
  CHECK(meetings_of(work, 180) == 100 + 5 * 5 + 20);
}

TEST_CASE("A pass without a working day needs people that no number can be; one without clients none (R21)") {
  PassWork work;
  work.clients = 10;
  const auto weekend = people_needed(work, day("2025-06-07"), day("2025-06-08"), 0, {});
  CHECK_FALSE(weekend.full_only);
  work.clients = 0;
  CHECK(people_needed(work, day("2025-06-07"), day("2025-06-08"), 0, {}).full_only == 0);
}

TEST_CASE("How long a team needs: the reverse of the people needed (R21)") {
  PassWork work;
  work.clients = 200;
  // One full-time and one part-time rep: 20 a week, ten weeks.
  const auto length = length_needed(work, day("2025-06-02"), {1, 1}, {}).value();
  CHECK(length.working_days == 50);
  CHECK(day_text(length.finish) == "2025-08-08");
  CHECK_FALSE(length_needed(work, day("2025-06-02"), {0, 0}, {}));
}

TEST_CASE("A team that the cadence takes up wholly never finishes (R21)") {
  PassWork work;
  work.clients = 1000;
  work.top = 1000;
  CHECK_FALSE(length_needed(work, day("2025-06-02"), {0, 1}, {}));
}

TEST_CASE("Holidays and absences put the team's finish off (R21)") {
  PassWork work;
  work.clients = 15;
  WorkingDays calendar;
  calendar.add_day_off(day("2025-06-04"));
  CHECK(day_text(length_needed(work, day("2025-06-02"), {1, 0}, calendar)->finish) == "2025-06-09");
}

TEST_CASE("What happened at a client on one day is one meeting, with an offer if anything says so (R20)") {
  Company company;
  company.client("alpha", "anna");
  company.questionnaire("alpha", "anna", "complete", "2025-06-10", "2025-06-10");
  company.visit("alpha", "held", "2025-06-10");
  company.facts.talks.push_back({named("alpha"), day("2025-06-10"), false, true});
  company.visit("alpha", "held", "2025-06-03");
  company.visit("alpha", "booked", "2025-06-05");
  const auto meetings = meetings_of(company.facts, day("2025-06-18"));
  REQUIRE(meetings.all().size() == 2);
  CHECK(meetings.last(named("alpha"), day("2025-06-18")) == day("2025-06-10"));
  CHECK(meetings.last(named("alpha"), day("2025-06-09")) == day("2025-06-03"));
  CHECK_FALSE(meetings.last(named("alpha"), day("2025-06-09"), true));
  CHECK_FALSE(meetings.last(named("beta"), day("2025-06-18")));
  MeetingBalance balance;
  for (const auto& [key, meeting] : meetings.all()) balance.add(meeting);
  CHECK(balance.with_offer == 1);
  CHECK(balance.without_offer == 1);
  CHECK(balance.with_questionnaire == 1);
}

TEST_CASE("An offer that came of a questionnaire was made at its meeting (R20, R23)") {
  Company company;
  company.client("alpha", "anna");
  const auto& talk = company.questionnaire("alpha", "anna", "complete", "2025-06-10", "2025-06-10");
  company.facts.offers.push_back({named("alpha"), talk.id, "planned", 0});
  CHECK(meetings_of(company.facts, day("2025-06-18")).all().begin()->second.offer_made);
}
