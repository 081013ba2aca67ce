// Whose turn, until when, what is behind many complaints, and what the reports tell (R13-R18, R22).
#include <catch2/catch_test_macros.hpp>

#include "shared/programme/agenda.hpp"

using namespace anketa;
using namespace anketa::programme;

namespace {

Day day(std::string_view text) {
  return parse_day(text).value();
}

Uuid named(std::string_view name) {
  return Uuid::derived({}, name);
}

CaseDates dates(std::string status, std::string severity = "hinders") {
  CaseDates made;
  made.status = std::move(status);
  made.severity = std::move(severity);
  made.opened_on = day("2025-06-02");
  return made;
}

std::string due(const CaseDates& dates) {
  const auto found = due_on(dates, DueDays{});
  return found ? day_text(*found) : "";
}

RegisterCase a_case(std::string_view name, std::string status, std::string_view opened = "2025-06-02") {
  RegisterCase row;
  row.id = named(name);
  row.client = named(std::string("client of ") + std::string(name));
  row.company = name;
  row.dates = dates(std::move(status));
  row.dates.opened_on = day(opened);
  reckon(row, DueDays{}, day("2025-06-10"));
  return row;
}

std::vector<std::string> companies(const std::vector<CaseLine>& lines) {
  std::vector<std::string> all;
  for (const auto& line : lines) all.push_back(line.row.company);
  return all;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("R15, R17: the repair is service's turn, the call the rep's; a confirmed case is nobody's") {
  for (const auto* status : {"open", "accepted", "in_work", "rejected"}) CHECK(turn_of(status) == Turn::Service);
  for (const auto* status : {"reported_fixed", "rep_called"}) CHECK(turn_of(status) == Turn::Rep);
  CHECK(turn_of("confirmed") == Turn::Nobody);
}

TEST_CASE("Due times follow severity, a promise comes before them, and the client's no counts them anew") {
  CHECK(due(dates("open", "stops")) == "2025-06-04");
  CHECK(due(dates("in_work", "hinders")) == "2025-06-09");
  CHECK(due(dates("open", "annoys")) == "2025-06-23");
  CHECK(due(dates("open", "")) == "2025-06-23");
  auto promised = dates("accepted", "stops");
  promised.promised_on = day("2025-06-12");
  CHECK(due(promised) == "2025-06-12");
  auto refused = dates("rejected", "stops");
  refused.promised_on = day("2025-06-05");
  refused.rejected_on = day("2025-06-06");
  CHECK(due(refused) == "2025-06-08");
  refused.promised_on = day("2025-06-20");
  CHECK(due(refused) == "2025-06-20");
  auto fixed = dates("reported_fixed");
  fixed.fixed_on = day("2025-06-06");
  CHECK(due(fixed) == "2025-06-08");
  fixed.status = "rep_called";
  fixed.called_on = day("2025-06-07");
  CHECK(due(fixed) == "2025-06-09");
  CHECK(due(dates("confirmed")).empty());
  CHECK(overdue_days(dates("open", "stops"), DueDays{}, day("2025-06-10")) == 6);
  CHECK(overdue_days(dates("open", "annoys"), DueDays{}, day("2025-06-10")) == 0);
}

TEST_CASE("The lead's settings are taken where they make sense") {
  const auto days = due_days_from({{"due_days", {{"stops", 1}, {"hinders", 0}, {"annoys", 400}, {"call", "3"}}}});
  CHECK(days.stops == 1);
  CHECK(days.hinders == 7);
  CHECK(days.annoys == 21);
  CHECK(days.call == 2);
  CHECK(due_days_from(Json::object()).meeting == 5);
}

TEST_CASE("R22: cases of one cause and place are one bottleneck, however they were typed") {
  const auto row = [](const char* name, const char* cause, const char* place, bool open, std::int64_t cost,
                      std::int64_t profit) {
    return BottleneckCase{
        named(name), named(std::string("client ") + name), cause, place, open ? "hinders" : "stops", open, 0, cost,
        profit};
  };
  const auto found = bottlenecks({row("a", "Перегружен порт", "Узел 4", true, 100'00, 30'00),
                                  row("b", "перегружен  порт ", "узел 4", true, 50'00, 20'00),
                                  row("c", "Перегружён порт", "узел 4", false, 0, 0),
                                  row("d", "старый кабель", "", true, 10'00, 0), row("e", "", "", true, 5'00, 5'00)});
  REQUIRE(found.size() == 2);
  CHECK(found[0].cause == "Перегружен порт");
  CHECK(found[0].cases.size() == 3);
  CHECK(found[0].open == 2);
  CHECK(found[0].clients == 3);
  CHECK(found[0].fix_cost == 150'00);
  CHECK(found[0].extra_profit_month == 50'00);
  CHECK(found[0].payback_tenths == 30);
  CHECK(severities[found[0].worst_severity] == "hinders");
  CHECK_FALSE(found[1].payback_tenths);
}

TEST_CASE("R22: a payback is rounded up, and told only where cost and profit are known") {
  CHECK(payback_tenths(100, 30) == 34);
  CHECK(payback_tenths(1, 1'000'000) == 1);
  CHECK(payback_tenths(90, 30) == 30);
  CHECK_FALSE(payback_tenths(0, 30));
  CHECK_FALSE(payback_tenths(100, 0));
  CHECK_FALSE(payback_tenths(INT64_MAX, 1));
}

TEST_CASE("R14: the register takes what a filter asks for, the most pressing first") {
  auto late = a_case("late", "in_work"), fresh = a_case("fresh", "open", "2025-06-10"),
       closed = a_case("closed", "confirmed");
  late.place = "Узел «Заводской»";
  RegisterFilter filter;
  filter.status = "overdue";
  CHECK((takes(filter, late) && !takes(filter, fresh) && !takes(filter, closed)));
  filter.status = "new";
  CHECK((takes(filter, fresh) && !takes(filter, late)));
  filter.status = "open";
  CHECK((takes(filter, fresh) && takes(filter, late) && !takes(filter, closed)));
  filter = {};
  filter.place = "заводск";
  CHECK((takes(filter, late) && !takes(filter, fresh)));
  filter = {};
  filter.age = AgeGroup::Week;
  CHECK((takes(filter, fresh) && !takes(filter, late)));
  std::vector<RegisterCase> rows{closed, fresh, late};
  std::sort(rows.begin(), rows.end(), comes_first);
  CHECK(rows[0].company == "late");
  CHECK(rows[2].company == "closed");
  closed.dates.confirmed_on = day("2025-06-08");
  reckon(closed, DueDays{}, day("2025-06-10"));
  const auto sums = totals({closed, fresh, late});
  CHECK(sums.cases == 3);
  CHECK(sums.open == 2);
  CHECK(sums.overdue == 1);
  CHECK(sums.median_days_to_close == 6);
}

TEST_CASE("R16: the daily report tells what was done and whose quality is restored") {
  auto good = a_case("good", "confirmed"), refused = a_case("refused", "in_work"),
       taken_back = a_case("back", "rejected");
  refused.reopenings = 1;
  const auto called = a_case("called", "rep_called"), fixed = a_case("fixed", "reported_fixed"),
             fresh = a_case("fresh", "open", "2025-06-10");
  using Kind = CaseEvent::Kind;
  const auto event = [](Kind kind, const char* name, const char* text = "") {
    return CaseEvent{kind, named(name), "Громов", text};
  };
  const auto report = daily_report({good, refused, taken_back, called, fixed, fresh},
                                   {event(Kind::Confirmed, "good", "летает"), event(Kind::Confirmed, "back"),
                                    event(Kind::Rejected, "refused", "нет"), event(Kind::Worked, "refused", "раз"),
                                    event(Kind::Worked, "refused", "два"), event(Kind::ReportedFixed, "fixed"),
                                    event(Kind::Opened, "fresh", "падает"), event(Kind::Worked, "unknown")},
                                   day("2025-06-09"), day("2025-06-10"));
  CHECK(companies(report.restored) == Names{"good"});
  CHECK(report.restored[0].text == "летает");
  CHECK(companies(report.refused) == Names{"refused"});
  CHECK(companies(report.works) == Names{"refused", "refused"});
  CHECK(companies(report.opened) == Names{"fresh"});
  CHECK(companies(report.to_call) == Names{"fixed"});
  CHECK(companies(report.to_answer) == Names{"called"});
  CHECK(companies(report.overdue) == Names{"refused", "back"});
  CHECK(report.open == 5);
  CHECK(report.reported_fixed == 1);
}

TEST_CASE("R16: on the weekly agenda each case stands once, where it matters most") {
  auto late_twice = a_case("late twice", "in_work"), again = a_case("again", "in_work", "2025-06-09"),
       fresh = a_case("fresh", "open", "2025-06-10"), called = a_case("called", "rep_called", "2025-06-09"),
       soon = a_case("soon", "in_work", "2025-06-08"), closed = a_case("closed", "confirmed");
  late_twice.reopenings = again.reopenings = 1;
  for (auto* row : {&late_twice, &again, &closed}) {
    row->cause = "порт";
    row->place = "узел 4";
  }
  const auto agenda =
      weekly_agenda({late_twice, again, fresh, called, soon, closed}, {}, day("2025-06-03"), day("2025-06-10"));
  CHECK(companies(agenda.overdue) == Names{"late twice"});
  CHECK(companies(agenda.refused_again) == Names{"again"});
  CHECK(companies(agenda.not_accepted) == Names{"fresh"});
  CHECK(companies(agenda.with_clients) == Names{"called"});
  CHECK(companies(agenda.due_soon) == Names{"soon"});
  CHECK(agenda.on_agenda == 5);
  REQUIRE(agenda.bottlenecks.size() == 1);
  CHECK(agenda.bottlenecks[0].cases.size() == 3);
}
