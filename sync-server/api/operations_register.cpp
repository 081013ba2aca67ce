// The summary register of problems and its bottlenecks (R14-R18, R22).
#include <array>

#include "shared/programme/quality.hpp"
#include "sync-server/api/operation.hpp"
#include "sync-server/api/shapes.hpp"

namespace anketa::server::api {
namespace {

Shape register_item() {
  return object("RegisterItem", {{"id", id()},
                                 {"client", reference()},
                                 {"owner", nullable(reference())},
                                 {"service", nullable(reference())},
                                 {"questionnaire", nullable(id())},
                                 {"status", case_status()},
                                 {"turn", worded(one_of({"service", "rep", "nobody"}), "turn")},
                                 {"severity", nullable(severity())},
                                 {"cause", nullable(text())},
                                 {"place", nullable(text())},
                                 {"contact", nullable(text())},
                                 {"complaints", integer()},
                                 {"works", integer()},
                                 {"opened_on", nullable(date())},
                                 {"promised_on", nullable(date())},
                                 {"fixed_on", nullable(date())},
                                 {"called_on", nullable(date())},
                                 {"rejected_on", nullable(date())},
                                 {"confirmed_on", nullable(date())},
                                 {"confirmed_by", nullable(text())},
                                 {"confirmed_how", nullable(values_of("quality_case", "confirmed_how"))},
                                 {"due_on", nullable(date())},
                                 {"overdue_days", integer()},
                                 {"age_days", nullable(integer())},
                                 {"reopenings", integer()},
                                 {"fix_cost", nullable(money())},
                                 {"extra_profit_month", nullable(money())}});
}

/// A case on a list of a report, with what was done or said, and by whom.
Shape report_line() {
  return extended("ReportLine", register_item(), {{"by", nullable(text())}, {"text", nullable(text())}});
}

Members lines_of(const std::vector<const char*>& lists) {
  Members all;
  for (const auto* list_name : lists) all.push_back({list_name, list(report_line())});
  return all;
}

Shape daily_report() {
  return object("DailyReport",
                joined({{"day", date()}, {"open", integer()}, {"reported_fixed", integer()}},
                       lines_of({"restored", "works", "refused", "opened", "to_call", "to_answer", "overdue"})));
}

Shape case_step() {
  return object("CaseStep", {optional("promised_on", date()), optional("cause", text()), optional("place", text()),
                             optional("fix_cost", nullable(money())), optional("extra_profit_month", nullable(money())),
                             optional("contact", text()), optional("how", values_of("quality_case", "confirmed_how")),
                             optional("on", text()), optional("text", text())});
}

Shape register_totals() {
  return object("RegisterTotals", {{"cases", integer()},
                                   {"open", integer()},
                                   {"closed", integer()},
                                   {"overdue", integer()},
                                   {"reopened", integer()},
                                   {"reopenings", integer()},
                                   {"by_status", map(integer())},
                                   {"by_severity", map(integer())},
                                   {"by_age", object(counts_of(programme::age_group_ids))},
                                   {"median_days_to_close", nullable(integer())}});
}

Shape bottleneck() {
  return object("Bottleneck", {{"cause", nullable(text())},
                               {"place", nullable(text())},
                               {"cases", list(id())},
                               {"open", integer()},
                               {"clients", integer()},
                               {"reopenings", integer()},
                               {"severity", nullable(severity())},
                               {"fix_cost", nullable(money())},
                               {"extra_profit_month", nullable(money())},
                               {"payback_months", nullable(decimal())}});
}

Shape weekly_agenda() {
  return object("WeeklyAgenda",
                joined(joined({{"since", date()}, {"until", date()}},
                              counts_of(std::array{"open", "opened", "restored", "refused", "on_agenda"})),
                       joined(lines_of({"overdue", "refused_again", "not_accepted", "with_clients", "due_soon"}),
                              {{"bottlenecks", list(bottleneck())}})));
}

Shape case_view() {
  auto steps = list(one_of({"accept", "work", "fixed", "called", "confirm", "reject"}));
  return extended("CaseView", record_view(*schema::collection("quality_case")),
                  {{"turn", worded(one_of({"service", "rep", "nobody"}), "turn")},
                   {"due_on", nullable(date())},
                   {"overdue_days", integer()},
                   {"age_days", nullable(integer())},
                   {"steps", std::move(steps)}});
}

Parameters register_filters() {
  return joined(filters(), {{"client", id(), "of this client"},
                            {"search", text(), "words of the client's name"},
                            {"status", text(),
                             "one of a case, or \"new\", \"open\", \"closed\", \"overdue\", \"service\", \"rep\""},
                            {"severity", severity(), "of this severity"},
                            {"age", one_of_all(programme::age_group_ids), "of this age"},
                            {"cause", text(), "words of the cause"},
                            {"place", text(), "words of the place"}});
}

}  // namespace

std::vector<Operation> register_operations() {
  auto whole = extended("Register", page(register_item()), {{"today", date()}, {"totals", register_totals()}});
  auto bottlenecks = object(
      "Bottlenecks", {{"items", list(bottleneck())}, {"cases", integer()}, {"without_cause_and_place", integer()}});
  return {
      {"GET",
       "/v1/register",
       "The summary register, the most pressing first",
       everybody,
       joined(register_filters(), paging()),
       {},
       std::move(whole)},
      {"GET",
       "/v1/bottlenecks",
       "Cases of one cause and place together, with the payback of mending it",
       everybody,
       register_filters(),
       {},
       std::move(bottlenecks)},
      {"GET", "/v1/daily", "What reached the office today, and what waits (R16)", everybody, {}, {}, daily_report()},
      {"GET", "/v1/agenda", "The agenda of the weekly meeting (R16)", everybody, {}, {}, weekly_agenda()},
      {"GET", "/v1/cases/{id}", "A case, whose turn it is, and what may be done next", everybody, {}, {}, case_view()},
      {"POST",
       "/v1/cases/{id}/{step}",
       "Takes a step: accept, work, fixed, called, confirm, reject, or estimate",
       hands,
       {},
       case_step(),
       edit_outcome()},
  };
}

}  // namespace anketa::server::api
