// How a pass over the clients goes (R3-R5, R8, R9, R20, R21), and a phone's calendar.
#include "shared/programme/coverage.hpp"
#include "sync-server/api/operation.hpp"
#include "sync-server/api/shapes.hpp"

namespace anketa::server::api {
namespace {

Shape head() {
  return object("CampaignHead", {{"id", id()},
                                 {"title", text()},
                                 {"from", date()},
                                 {"until", date()},
                                 {"status", values_of("campaign", "status")}});
}

/// Null where there is no campaign: then the pass is the last year.
Member campaign() {
  return {"campaign", nullable(head())};
}

Shape norms() {
  return object("Norm", {{"part", integer()}, {"full", integer()}});
}

Shape cadence_months() {
  return object("CadenceMonths",
                {{"ordinary_months", integer()}, {"key_months", integer()}, {"top_months", integer()}});
}

Shape campaign_view() {
  auto filter = object("CampaignFilter", {{"segments", list(text())},
                                          {"regions", list(text())},
                                          {"cities", list(text())},
                                          {"industries", list(text())},
                                          {"key_statuses", list(text())},
                                          {"with", list(id())},
                                          {"without", list(id())}});
  auto staff = object("CampaignStaff", {{"user", nullable(reference())},
                                        {"share", share()},
                                        {"clients", integer()},
                                        {"listed", integer()},
                                        {"covered", integer()},
                                        {"capacity", integer()}});
  return object("CampaignView", {campaign(),
                                 {"filter", std::move(filter)},
                                 {"norms", norms()},
                                 {"paused_counts", boolean()},
                                 {"cadence", cadence_months()},
                                 {"pareto_percent", integer()},
                                 {"script", label()},
                                 {"working_days", integer()},
                                 {"clients", integer()},
                                 {"listed", integer()},
                                 {"without_rep", integer()},
                                 {"left_behind", integer()},
                                 {"staff", list(std::move(staff))}});
}

Members pass_client() {
  return {{"client", reference()},        {"segment", nullable(text())},
          {"city", nullable(text())},     {"key_status", nullable(values_of("client", "key_status"))},
          {"rep", nullable(reference())}, {"coverage", coverage_state()}};
}

Shape lists() {
  auto entry = extended("ListEntry", object(pass_client()),
                        {{"listed", boolean()},
                         {"entry", nullable(id())},
                         {"relation", values_of("campaign_client", "relation")},
                         {"visit_at", nullable(instant())},
                         {"covered_on", nullable(date())}});
  return object("Lists", {campaign(), {"total", integer()}, {"items", list(std::move(entry))}});
}

Shape calls() {
  auto last = object("LastCall", {{"id", id()},
                                  {"at", instant()},
                                  {"outcome", values_of("call", "outcome")},
                                  {"call_back_at", nullable(instant())}});
  auto entry = extended("CallEntry", object(pass_client()),
                        {{"attempts", integer()}, {"last", nullable(std::move(last))}, {"due", boolean()}});
  return object("Calls", {campaign(), {"script", label()}, {"total", integer()}, {"items", list(std::move(entry))}});
}

Shape suggestions() {
  auto one = object("Suggestion", {{"id", id()},
                                   {"client", nullable(reference())},
                                   {"from", nullable(reference())},
                                   {"to", nullable(reference())},
                                   {"reason", values_of("reassignment", "reason")},
                                   {"status", values_of("reassignment", "status")}});
  return object("Suggestions", {campaign(), {"total", integer()}, {"items", list(std::move(one))}});
}

Shape norms_by_week() {
  auto rep = extended("RepWeek", progress(), {{"rep", nullable(reference())}, {"share", share()}, {"days", integer()}});
  auto week = extended("NormWeek", progress(), {{"week", text()}, {"monday", date()}, {"reps", list(std::move(rep))}});
  return object(
      "Norms",
      {campaign(), {"paused_counts", boolean()}, {"not_delivered", integer()}, {"weeks", list(std::move(week))}});
}

Shape coverage_report() {
  const auto counts = object(joined({{"total", integer()}}, counts_of(programme::coverage_ids)));
  auto forecast = object("Forecast", {{"remaining", integer()},
                                      {"pace_tenths", integer()},
                                      {"needed_tenths", nullable(integer())},
                                      {"finish", nullable(date())},
                                      {"until", date()},
                                      {"late_by", nullable(integer())}});
  auto week =
      object("CoverageWeek", {{"week", text()}, {"monday", date()}, {"covered", integer()}, {"so_far", integer()}});
  return extended("CoverageReport", counts,
                  {campaign(),
                   {"refused", integer()},
                   {"by_rep", list(extended("RepCoverage", counts, {{"rep", nullable(reference())}}))},
                   {"by_segment", list(extended("SegmentCoverage", counts, {{"segment", nullable(text())}}))},
                   {"by_week", list(std::move(week))},
                   {"forecast", std::move(forecast)}});
}

Shape cadence() {
  auto one = object("CadenceItem", {{"client", reference()},
                                    {"rep", nullable(reference())},
                                    {"key_status", values_of("client", "key_status")},
                                    {"kind", worded(one_of({"questionnaire", "meeting"}), "cadence")},
                                    {"last_on", nullable(date())},
                                    {"due_on", date()},
                                    {"due", worded(one_of({"overdue", "soon", "later"}), "due")},
                                    {"days", integer()},
                                    {"visit_at", nullable(instant())}});
  return object("Cadence", {campaign(),
                            {"cadence", cadence_months()},
                            {"counts", object({{"overdue", integer()}, {"soon", integer()}, {"later", integer()}})},
                            {"total", integer()},
                            {"items", list(std::move(one))}});
}

Shape meetings() {
  const auto balance = object("MeetingBalance", {{"total", integer()},
                                                 {"with_offer", integer()},
                                                 {"without_offer", integer()},
                                                 {"informal", integer()},
                                                 {"with_questionnaire", integer()}});
  auto item =
      extended("ClientMeetings", balance, {{"client", reference()}, {"key_status", values_of("client", "key_status")}});
  return extended(
      "Meetings", balance,
      {{"since", date()}, {"until", date()}, {"by_status", map(balance)}, {"items", list(std::move(item))}});
}

Shape pareto() {
  auto item = object("ParetoItem", {{"client", reference()},
                                    {"income_year", money()},
                                    {"running_share", hundredths()},
                                    {"in_set", boolean()},
                                    {"key_status", nullable(values_of("client", "key_status"))},
                                    {"own_decision", boolean()},
                                    {"wanted", nullable(values_of("client", "key_status"))},
                                    {"changes", boolean()}});
  return object("Pareto", {{"percent", integer()},
                           {"income_year", money()},
                           {"in_set", integer()},
                           {"clients", integer()},
                           {"changes", integer()},
                           {"items", list(std::move(item))}});
}

Shape staffing() {
  auto people = object({{"meetings", integer()},
                        {"working_days", integer()},
                        {"full_only", nullable(integer())},
                        {"part_only", nullable(integer())},
                        {"part_besides", nullable(integer())}});
  auto length =
      object({{"meetings", integer()}, {"working_days", integer()}, {"weeks", integer()}, {"finish", date()}});
  return object("Staffing", {campaign(),
                             {"clients", integer()},
                             {"key", integer()},
                             {"top", integer()},
                             {"norms", norms()},
                             {"from", date()},
                             {"until", date()},
                             {"team", object({{"full", integer()}, {"part", integer()}})},
                             {"people", std::move(people)},
                             {"length", nullable(std::move(length))}});
}

Shape seasons() {
  auto season = extended("Season", head(),
                         {{"clients", integer()},
                          {"covered", integer()},
                          {"questionnaires", integer()},
                          {"complete", integer()},
                          {"paused", integer()},
                          {"referrals", integer()},
                          {"offers", integer()},
                          {"offers_won", integer()},
                          {"won_month", money()},
                          {"won_year", money()},
                          {"cost", money()},
                          {"cost_of_one", nullable(money())},
                          {"payback_months", nullable(integer())}});
  return object("Seasons", {{"total", integer()}, {"items", list(std::move(season))}});
}

/// What is given of a campaign; the rest stays, or is as the rules have it.
Shape campaign_wish() {
  auto filter =
      object({optional("segments", list(text())), optional("regions", list(text())), optional("cities", list(text())),
              optional("industries", list(text())), optional("key_statuses", list(values_of("client", "key_status")))});
  auto months = object(
      {optional("ordinary_months", integer()), optional("key_months", integer()), optional("top_months", integer())});
  return object("CampaignWish",
                {optional("title", text()), optional("from", date()), optional("until", date()),
                 optional("status", values_of("campaign", "status")), optional("filter", std::move(filter)),
                 optional("staff", list(object({{"user", id()}, {"share", share()}}))),
                 optional("norm", object({optional("part", integer()), optional("full", integer())})),
                 optional("paused_counts", boolean()), optional("cadence", std::move(months))});
}

/// What the lead does about a campaign and its clients: by the rules of the programme, in his name.
std::vector<Operation> lead_operations() {
  const Roles lead{Role::Lead};
  auto split =
      object("SplitOutcome",
             {{"listed", integer()}, {"clients", integer()}, {"moved", integer()}, {"suggestions", integer()}});
  auto move = object({{"to", id()}, optional("with_responsibility", boolean())});
  auto relation = object({{"relation", one_of({"good", "unsure", "monopolised"})}});
  auto decision = object({{"accept", boolean()}, optional("to", id())});
  auto made = object({{"id", id()}});
  auto done = object({{"changed", integer()}});
  return {
      {"POST", "/v1/campaigns", "Begins a pass (R3, R4)", lead, {}, campaign_wish(), made},
      {"POST", "/v1/campaigns/{id}", "Changes what is given of a pass", lead, {}, campaign_wish(), done},
      {"POST",
       "/v1/campaigns/{id}/split",
       "Puts its clients onto individual lists (R5)",
       lead,
       {},
       {},
       std::move(split)},
      {"POST",
       "/v1/campaigns/{id}/clients/{client}/move",
       "Puts a client onto another list (R5)",
       lead,
       {},
       std::move(move),
       done},
      {"POST",
       "/v1/campaigns/{id}/clients/{client}/relation",
       "The lead's judgement of a relation (R5)",
       lead,
       {},
       std::move(relation),
       done},
      {"POST", "/v1/suggestions/{id}", "Accepts or declines a suggestion (R5)", lead, {}, std::move(decision), done},
      {"POST",
       "/v1/pareto",
       "Makes the split by income the clients' status (R20)",
       lead,
       {},
       object({optional("percent", integer())}),
       done},
      {"POST",
       "/v1/clients/{id}/key-status",
       "The lead's own decision on a client; null gives it back to the split (R20)",
       lead,
       {},
       object({{"status", nullable(values_of("client", "key_status"))}}),
       done},
  };
}

/// One report; each has a type of its own, although one route serves them all.
Operation report(const char* name, const char* summary, Roles roles, Parameters more, Shape answer) {
  Operation operation{"GET", std::string("/v1/campaign/") + name, summary, std::move(roles)};
  operation.route = "/v1/campaign/{report}";
  operation.parameters =
      joined({{"campaign", id(), "the running one begun last, else the latest, where nothing is said"},
              {"rep", id(), "of this person"},
              {"segment", text(), "clients of this segment"}},
             more);
  operation.answer = std::move(answer);
  return operation;
}

}  // namespace

std::vector<Operation> campaign_operations() {
  auto campaigns = object("Campaigns", {{"items", list(head())}, {"present", nullable(id())}});
  const Parameters numbers{{"from", date(), "first day"},
                           {"until", date(), "last day"},
                           {"clients", integer(), "how many"},
                           {"key", integer(), "key ones among them"},
                           {"top", integer(), "most valuable ones among them"},
                           {"full", integer(), "people full-time"},
                           {"part", integer(), "people part-time"}};
  std::vector<Operation> all{
      report("campaigns", "All passes", commercial, {}, std::move(campaigns)),
      report("campaign", "One pass: whom it goes to, with whom, by what norm", commercial, {}, campaign_view()),
      report("lists", "Individual lists (R5)", commercial,
             {{"state", coverage_state(), "at this point"},
              {"relation", one_of({"good", "unsure"}), "with this relation"}},
             lists()),
      report("calls", "Whom to call, in order (R9)", commercial, {}, calls()),
      report("norms", "Norms by week and person (R8)", commercial, {}, norms_by_week()),
      report("coverage", "How far the pass is, and when it ends (R20)", commercial, {}, coverage_report()),
      report("cadence", "Who is to be met next (R20)", commercial,
             {{"state", one_of({"overdue", "soon", "later", "all"}), "overdue and soon where nothing is said"}},
             cadence()),
      report("meetings", "Meetings with an offer and without (R20)", commercial,
             {{"since", date(), "from this day"}, {"until", date(), "up to this day"}}, meetings()),
      report("staffing", "People for a pass, and length for a team (R21)", commercial, numbers, staffing()),
      report("suggestions", "To whom a client might better go (R5)", office, {}, suggestions()),
      report("pareto", "Clients by income (R20)", office, {{"percent", integer(), "of the income"}}, pareto()),
      report("seasons", "Passes side by side (R20)", office, {}, seasons()),
      {"GET",
       "/v1/calendar",
       "When one's own calendar's address was made",
       everybody,
       {},
       {},
       object({{"made_at", nullable(instant())}})},
      {"POST",
       "/v1/calendar",
       "Makes a new address for one's own visits",
       everybody,
       {},
       {},
       object({{"path", text()}, {"made_at", instant()}})},
      {"DELETE", "/v1/calendar", "Ends the address", everybody, {}, {}, {}, 204},
      {"GET",
       "/v1/calendar/{file}",
       "Visits for a phone's calendar; the address is the key",
       {},
       {},
       {},
       {},
       200,
       "text/calendar"},
  };
  for (auto& operation : lead_operations()) all.push_back(std::move(operation));
  return all;
}

}  // namespace anketa::server::api
