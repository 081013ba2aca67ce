// The reports as device and server give them, on a company small enough to count by hand (R3-R5, R8, R9, R20, R21).
#include "shared/programme/reports.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/problem/problem.hpp"
#include "shared/programme/facts_from_records.hpp"
#include "tests/shared/programme/fixture.hpp"

using namespace anketa;
using namespace anketa::programme;
using namespace anketa::programme::test;

namespace {

/// Five clients, one in each state.
Company five_clients() {
  Company company;
  company.client("done", "anna");
  company.client("paused", "anna");
  company.client("booked", "boris", "B");
  company.client("called", "boris", "B");
  company.client("untouched", "", "B");
  company.questionnaire("done", "anna", "complete", "2025-06-04", "2025-06-05");
  company.questionnaire("paused", "anna", "paused", "2025-06-11", "2025-06-16");
  company.visit("done", "held", "2025-06-04");
  company.visit("booked", "booked", "2025-06-20");
  company.call("called", "refused", "2025-06-17");
  return company;
}

ProblemCode code_of(Company& company, std::string_view name, const ReportParameters& parameters) {
  try {
    company.report(name, parameters);
  } catch (const ProblemError& error) {
    return error.problem().code;
  }
  return ProblemCode::Internal;
}

}  // namespace

TEST_CASE("Coverage has every client once, at the furthest point it reached; by rep, segment and week (R20)") {
  auto company = five_clients();
  const auto json = company.report("coverage");
  for (const auto* state : {"done", "paused", "booked", "called", "untouched"}) CHECK(json.at(state) == 1);
  CHECK(json.at("total") == 5);
  CHECK(json.at("refused") == 1);
  REQUIRE(json.at("by_rep").size() == 3);
  CHECK(json.at("by_rep")[0].at("rep").at("name") == "Anna");
  CHECK(json.at("by_rep")[0].at("done") == 1);
  CHECK(json.at("by_rep")[2].at("rep").is_null());
  CHECK(json.at("by_segment")[1].at("segment") == "B");
  CHECK(json.at("by_segment")[1].at("total") == 3);
  REQUIRE(json.at("by_week").size() == 3);
  CHECK(json.at("by_week")[0].at("week") == "2025-W23");
  CHECK(json.at("by_week")[0].at("covered") == 1);
  CHECK(json.at("by_week")[1].at("covered") == 0);
  CHECK(json.at("by_week")[2].at("so_far") == 2);
  // Two in twelve working days, three left: 18 working days from Wednesday 18 June.
  CHECK(json.at("forecast").at("remaining") == 3);
  CHECK(json.at("forecast").at("finish") == "2025-07-11");
  CHECK(json.at("forecast").at("late_by") == 10);
}

TEST_CASE("Coverage of one rep and of one segment counts his clients and its clients (R20)") {
  auto company = five_clients();
  CHECK(company.report("coverage", {{"rep", named("anna").text()}}).at("total") == 2);
  CHECK(company.report("coverage", {{"segment", "B"}}).at("total") == 3);
}

TEST_CASE("What happened before the pass and after its end does not count in it (R20)") {
  Company company;
  company.client("alpha", "anna");
  company.questionnaire("alpha", "anna", "complete", "2025-06-01", "2025-06-02");
  CHECK(company.report("coverage").at("untouched") == 1);
  company.questionnaire("alpha", "anna", "complete", "2025-07-20", "2025-07-20");
  CHECK(company.report("coverage", {}, "2025-07-25").at("done") == 1);
  company.facts.campaigns[0].status = "finished";
  CHECK(company.report("coverage", {}, "2025-07-25").at("untouched") == 1);
}

TEST_CASE("Norms: each questionnaire once, in the week the office first had it, for who filled it (R8)") {
  auto company = five_clients();
  const auto json = company.report("norms");
  REQUIRE(json.at("weeks").size() == 3);
  const auto& first = json.at("weeks")[0];
  CHECK(first.at("week") == "2025-W23");
  CHECK(first.at("done") == 1);
  CHECK(first.at("norm") == 20);
  CHECK(first.at("reps")[0].at("norm") == 15);
  CHECK(first.at("reps")[1].at("norm") == 5);
  // Met on Wednesday of the second week, delivered on Monday of the third.
  CHECK(json.at("weeks")[1].at("done") == 0);
  CHECK(json.at("weeks")[2].at("reps")[0].at("done") == 1);
  CHECK(json.at("weeks")[2].at("reps")[0].at("due") == 6);
  CHECK(json.at("weeks")[2].at("reps")[0].at("pace") == "behind");
  CHECK(json.at("weeks")[2].at("reps")[1].at("pace") == "behind");
}

TEST_CASE("Whether a paused questionnaire counts is the campaign's setting (R8)") {
  auto company = five_clients();
  company.facts.campaigns[0].paused_counts = false;
  CHECK(company.report("norms").at("weeks")[2].at("done") == 0);
  company.facts.questionnaires[1].status = "complete_after_pause";
  // Once complete it counts, still in the week it was first delivered.
  CHECK(company.report("norms").at("weeks")[2].at("done") == 1);
}

TEST_CASE("What the office does not have yet is no result, and is told apart (R7, R8)") {
  Company company;
  company.client("alpha", "anna");
  company.questionnaire("alpha", "anna", "complete", "2025-06-17");
  const auto json = company.report("norms", {{"rep", named("anna").text()}});
  CHECK(json.at("not_delivered") == 1);
  CHECK(json.at("weeks")[2].at("done") == 0);
  CHECK(json.at("weeks")[2].at("reps").size() == 1);
}

TEST_CASE("A campaign takes clients by filter, by name, and leaves out whom it names (R3)") {
  Company company;
  company.client("a", "anna", "A").city = "Москва";
  company.client("b", "anna", "B").city = "Москва";
  company.client("c", "anna", "A").city = "Тверь";
  company.client("d", "anna", "C").city = "Тверь";
  auto& filter = company.facts.campaigns[0].filter;
  filter.segments = {"A", "B"};
  filter.cities = {"Москва"};
  CHECK(company.report("lists").at("total") == 2);
  filter.with = {named("d")};
  filter.without = {named("a")};
  const auto json = company.report("lists");
  REQUIRE(json.at("total") == 2);
  CHECK(json.at("items")[0].at("client").at("name") == "b");
  CHECK(json.at("items")[1].at("client").at("name") == "d");
}

TEST_CASE("A campaign's lists: on an individual list the client is that rep's, whoever looks after it (R5)") {
  Company company;
  company.client("alpha", "anna");
  company.client("beta", "anna");
  company.list("alpha", "boris", true);
  const auto json = company.report("lists", {{"rep", named("boris").text()}});
  REQUIRE(json.at("total") == 1);
  CHECK(json.at("items")[0].at("relation") == "unsure");
  const auto whole = company.report("campaign");
  CHECK(whole.at("clients") == 2);
  CHECK(whole.at("listed") == 1);
  CHECK(whole.at("working_days") == 20);
  CHECK(whole.at("staff")[0].at("capacity") == 60);
  CHECK(whole.at("staff")[1].at("clients") == 1);
}

TEST_CASE(
    "The call list: who asked to be called by now, who was not reached, who is new; the refused at the end (R9)") {
  Company company;
  for (const auto* name : {"new", "later", "now", "refused", "silent", "booked"}) company.client(name, "anna");
  company.call("later", "call_back", "2025-06-16", noon("2025-06-25"));
  company.call("now", "no_answer", "2025-06-13");
  company.call("now", "call_back", "2025-06-16", noon("2025-06-18"));
  company.call("refused", "refused", "2025-06-16");
  company.call("silent", "no_answer", "2025-06-16");
  company.visit("booked", "booked", "2025-06-19");
  const auto json = company.report("calls");
  std::vector<std::string> names;
  for (const auto& item : json.at("items")) names.push_back(item.at("client").at("name"));
  CHECK(names == std::vector<std::string>{"now", "silent", "new", "later", "refused"});
  CHECK(json.at("items")[0].at("attempts") == 2);
  CHECK(json.at("items")[0].at("due") == true);
  CHECK(json.at("items")[3].at("due") == false);
}

TEST_CASE("A cancelled visit puts the client back on the call list (R9)") {
  Company company;
  company.client("alpha", "anna");
  company.visit("alpha", "cancelled", "2025-06-20");
  CHECK(company.report("calls").at("total") == 1);
}

TEST_CASE("The cadence names what is overdue and due, the oldest first; key clients for meetings besides (R20)") {
  Company company;
  company.client("ordinary", "anna");
  company.client("key", "anna").key_status = "key";
  company.client("top", "anna").key_status = "top";
  company.questionnaire("ordinary", "anna", "complete", "2025-06-04", "2025-06-04");
  company.questionnaire("key", "anna", "complete", "2025-02-01", "2025-02-01");
  company.questionnaire("top", "anna", "complete", "2025-03-20", "2025-03-20");
  company.visit("top", "held", "2025-05-28");
  const auto json = company.report("cadence");
  REQUIRE(json.at("total") == 2);
  CHECK(json.at("items")[0].at("client").at("name") == "key");
  CHECK(json.at("items")[0].at("kind") == "meeting");
  CHECK(json.at("items")[0].at("due_on") == "2025-05-01");
  CHECK(json.at("items")[0].at("due") == "overdue");
  CHECK(json.at("items")[1].at("client").at("name") == "top");
  CHECK(json.at("items")[1].at("due_on") == "2025-06-28");
  CHECK(json.at("items")[1].at("due") == "soon");
  CHECK(json.at("counts").at("later") == 3);
  CHECK(company.report("cadence", {{"state", "all"}}).at("total") == 5);
}

TEST_CASE("The balance of meetings with and without an offer, whole and by status (R20)") {
  Company company;
  company.client("alpha", "anna").key_status = "key";
  company.client("beta", "anna");
  company.visit("alpha", "held", "2025-06-04", true);
  company.visit("alpha", "held", "2025-06-11", false);
  company.visit("beta", "held", "2025-06-11", false);
  company.visit("beta", "held", "2025-05-20", true);
  const auto json = company.report("meetings");
  CHECK(json.at("with_offer") == 1);
  CHECK(json.at("without_offer") == 2);
  CHECK(json.at("by_status").at("key").at("total") == 2);
  CHECK(company.report("meetings", {{"since", "2025-05-01"}}).at("total") == 4);
}

TEST_CASE("Staffing both ways from the campaign, or from figures that are given (R21)") {
  auto company = five_clients();
  const auto json = company.report("staffing", {{"clients", "160"}});
  // Four weeks: 60 for a full-time rep, 20 for a part-time one; the team of both does 20 a week.
  CHECK(json.at("people").at("full_only") == 3);
  CHECK(json.at("people").at("part_only") == 8);
  CHECK(json.at("people").at("part_besides") == 5);
  CHECK(json.at("length").at("weeks") == 8);
  CHECK(json.at("length").at("finish") == "2025-07-25");
  CHECK(company.report("staffing", {{"full", "0"}, {"part", "0"}}).at("length").is_null());
}

TEST_CASE("Seasons side by side, with the cost of each and what it brought (R20, R23)") {
  auto company = five_clients();
  auto last = company.facts.campaigns[0];
  last.id = named("last summer");
  last.status = "finished";
  last.from = day("2024-06-03");
  last.until = day("2024-07-28");
  company.facts.campaigns.push_back(last);
  const auto before = company.questionnaire("done", "anna", "complete", "2024-06-10", "2024-06-10").id;
  company.facts.offers.push_back({named("done"), before, "won", 1'500'00});
  company.facts.offers.push_back({named("done"), before, "lost", 9'000'00});
  company.facts.referrals.push_back({named("done"), before, "named"});
  company.facts.costs.push_back({named("last summer"), 10'000'00});
  company.facts.costs.push_back({named("last summer"), 500'00});
  const auto json = company.report("seasons");
  REQUIRE(json.at("total") == 2);
  const auto& summer = json.at("items")[0];
  CHECK(summer.at("id") == named("last summer").text());
  CHECK(summer.at("questionnaires") == 1);
  CHECK(summer.at("covered") == 1);
  CHECK(summer.at("offers_won") == 1);
  CHECK(summer.at("won_month") == 1'500'00);
  CHECK(summer.at("won_year") == 18'000'00);
  CHECK(summer.at("cost") == 10'500'00);
  CHECK(summer.at("payback_months") == 7);
  CHECK(summer.at("referrals") == 1);
  CHECK(json.at("items")[1].at("questionnaires") == 2);
  CHECK(json.at("items")[1].at("payback_months").is_null());
}

TEST_CASE("Without a campaign the reports look at the last year and at every rep (R20)") {
  auto company = five_clients();
  company.facts.campaigns.clear();
  const auto json = company.report("coverage");
  CHECK(json.at("campaign").is_null());
  CHECK(json.at("total") == 5);
  CHECK(company.report("norms").at("weeks").size() == 12);
}

TEST_CASE("What is suggested is read with the latest word first, and what only evens numbers out last (R5)") {
  auto company = five_clients();
  const auto suggest = [&](int time, const char* reason) {
    company.facts.reassignments.push_back({Uuid::from("00000000-0000-7000-8000-00000000000" + std::to_string(time)),
                                           named("summer"), named("done"), named("anna"), named("boris"), reason,
                                           "suggested"});
  };
  suggest(1, "unsure");
  suggest(2, "overload");
  suggest(3, "monopolised");
  suggest(4, "overload");
  std::vector<std::string> order;
  const auto report = company.report("suggestions");
  for (const auto& item : report.at("items")) order.push_back(item.at("id").get<std::string>().substr(35));
  CHECK(order == std::vector<std::string>{"3", "1", "4", "2"});
}

TEST_CASE("A rep is shown his own clients and norm, and no money (R36)") {
  auto company = five_clients();
  company.facts.clients[0].income_year = 500;
  company.facts.offers.push_back({named("done"), named("questionnaire 0"), "won", 900});
  company.facts.costs.push_back({named("summer"), 700});
  company.facts.reassignments.push_back(
      {named("r"), named("summer"), named("done"), named("anna"), named("boris"), "monopolised", "suggested"});
  // Boris filled one at a client that is Anna's now.
  company.questionnaire("done", "boris", "complete", "2025-06-10", "2025-06-10");
  company.facts.index();
  Company seen = company;
  seen.facts = view_of_rep(company.facts, named("boris"));
  CHECK(seen.report("coverage").at("total") == 2);
  const auto norms = seen.report("norms");
  REQUIRE(norms.at("weeks")[1].at("reps").size() == 1);
  CHECK(norms.at("weeks")[1].at("done") == 1);
  CHECK(seen.facts.costs.empty());
  CHECK(seen.facts.reassignments.empty());
  const auto anna = view_of_rep(company.facts, named("anna"));
  CHECK(anna.clients.size() == 2);
  CHECK(anna.clients[0].income_year == 0);
  CHECK(anna.offers.at(0).amount_month == 0);
  // A campaign that names others asks nothing of her.
  company.facts.campaigns[0].staff = {{named("boris"), Share::Part}};
  CHECK(view_of_rep(company.facts, named("anna")).campaigns[0].staff.empty());
}

TEST_CASE("A report refuses what makes no sense and names it") {
  auto company = five_clients();
  CHECK(code_of(company, "coverage", {{"rep", "anna"}}) == ProblemCode::InvalidValue);
  CHECK(code_of(company, "staffing", {{"full", "-1"}}) == ProblemCode::InvalidValue);
  CHECK(code_of(company, "staffing", {{"from", "tomorrow"}}) == ProblemCode::InvalidValue);
  CHECK(code_of(company, "coverage", {{"campaign", named("winter").text()}}) == ProblemCode::RecordNotFound);
  CHECK(code_of(company, "horoscope", {}) == ProblemCode::NotFound);
}

TEST_CASE("Facts from records: defaults where a campaign says nothing, and no pass through centuries (R3, R8)") {
  const auto plain = campaign_from(named("x"), {{"title", "X"}, {"from", "2025-06-02"}, {"until", "2025-08-10"}});
  CHECK(plain.norms.part == 5);
  CHECK(plain.norms.full == 15);
  CHECK(plain.paused_counts);
  CHECK(plain.cadence.key_months == 3);
  CHECK(plain.pareto_percent == 80);
  CHECK(plain.status == "planned");
  const auto item = named("item").text(), other = named("other").text();
  const auto own = campaign_from(named("x"), {{"from", "0001-01-01"},
                                              {"until", "9999-12-31"},
                                              {"norm", {{"part", 4}}},
                                              {"paused_counts", false},
                                              {"staff",
                                               {{item, {{"user", named("anna").text()}, {"share", "full"}}},
                                                {other, {{"user", named("anna").text()}, {"share", "part"}}}}}});
  CHECK(own.norms.part == 4);
  CHECK(own.norms.full == 15);
  CHECK_FALSE(own.paused_counts);
  CHECK(own.staff.size() == 1);
  CHECK(day_text(own.from) == "2000-01-01");
  CHECK(day_text(own.until) == "2003-01-01");
}
