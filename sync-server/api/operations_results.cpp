// The overview, the answers per question and the consolidated results.
#include <array>

#include "shared/programme/coverage.hpp"
#include "shared/programme/quality.hpp"
#include "shared/programme/referral.hpp"
#include "shared/programme/revision.hpp"
#include "shared/programme/turnover.hpp"
#include "sync-server/api/operation.hpp"
#include "sync-server/api/shapes.hpp"

namespace anketa::server::api {
namespace {

Shape named_place(const char* name) {
  return object(name, place());
}

// The overview

Shape waiting(const char* name, Shape item, Members more) {
  Members members{{"count", integer()},
                  {"by_age", list(object({{"group", one_of_all(programme::age_group_ids)}, {"count", integer()}}))},
                  {"oldest", list(std::move(item))}};
  return object(name, joined(std::move(members), std::move(more)));
}

Shape paused_item() {
  return object("PausedItem", {{"id", id()},
                               {"client", nullable(reference())},
                               {"rep", nullable(reference())},
                               {"status", values_of("questionnaire", "status")},
                               {"since", date()},
                               {"resume_point", text()},
                               {"age_days", integer()}});
}

Shape waiting_case() {
  return object("WaitingCase", {{"id", id()},
                                {"client", nullable(reference())},
                                {"status", case_status()},
                                {"severity", nullable(severity())},
                                {"opened_on", nullable(date())},
                                {"reopenings", integer()},
                                {"age_days", integer()}});
}

Shape coverage_counts() {
  return object("Coverage", joined({{"total", integer()}}, counts_of(programme::coverage_ids)));
}

Shape week_norm() {
  auto rep =
      extended("RepProgress", progress(),
               {{"id", id()}, {"name", text()}, {"share", share()}, {"clients", integer()}, {"covered", integer()}});
  return extended("WeekNorm", progress(), {{"reps", list(std::move(rep))}});
}

Shape counts() {
  return object("Counts", {{"questionnaires", integer()},
                           {"complete", integer()},
                           {"drafts", integer()},
                           {"referrals", integer()},
                           {"offers", integer()},
                           {"offers_won", integer()},
                           {"offers_won_amount_month", money()},
                           {"open_conflicts", nullable(integer())}});
}

Shape overview() {
  auto week = object({{"week", text()}, {"monday", date()}, {"delivered", integer()}});
  auto persons = object({{"new", integer()}, {"changed", integer()}, {"left", integer()}});
  return object("Overview",
                {{"as_of", instant()},
                 {"today", date()},
                 {"since", date()},
                 {"week", object({{"id", text()}, {"monday", date()}})},
                 {"segments", list(text())},
                 {"coverage", nullable(coverage_counts())},
                 {"norm", nullable(week_norm())},
                 {"trend", nullable(list(std::move(week)))},
                 {"paused", waiting("PausedWaiting", paused_item(), {})},
                 {"cases", waiting("CasesWaiting", waiting_case(),
                                   {{"by_status", map(integer())}, {"confirmed", integer()}, {"reopened", integer()}})},
                 {"nps", nullable(score())},
                 {"key_persons", nullable(std::move(persons))},
                 {"counts", nullable(counts())}});
}

// Answers per question

Shape text_item() {
  return object("TextItem", {{"text", text()},
                             {"questionnaire", id()},
                             {"client", nullable(reference())},
                             {"rep", nullable(reference())},
                             {"date", nullable(date())}});
}

Shape question() {
  Members more{
      {"kind", result_kind()},
      {"answered", integer()},
      optional("repeat", named_place("Place")),
      optional("group", named_place("Place")),
      optional("choices", list(object({{"name", text()}, {"label", label()}, {"count", integer()}}))),
      optional("scale", list(object({{"value", integer()}, {"count", integer()}}))),
      optional("bins", list(object({{"from", fraction()}, {"to", fraction()}, {"count", integer()}}))),
      optional("months", list(object({{"month", text()}, {"count", integer()}}))),
      optional("samples", list(text_item())),
      optional("statistics",
               object({{"min", fraction()}, {"median", fraction()}, {"mean", fraction()}, {"max", fraction()}}))};
  return object("Question", joined(place(), std::move(more)));
}

Shape question_results() {
  auto section = extended("Section", named_place("Place"), {{"gate", boolean()}, {"questions", list(question())}});
  return object("QuestionResults",
                {{"form", nullable(object({{"id", text()}, {"version", text()}, {"title", label()}}))},
                 {"questionnaires", integer()},
                 {"unreadable", integer()},
                 {"sections", list(std::move(section))}});
}

Shape answer_table() {
  auto choice = object("FormChoice", {{"name", text()}, {"label", label()}});
  auto column = extended("AnswerColumn", named_place("Place"),
                         {{"kind", result_kind()},
                          {"section", nullable(text())},
                          {"repeat", nullable(text())},
                          optional("choices", list(std::move(choice)))});
  return extended(page(extended("AnsweredQuestionnaire", questionnaire_item(), {{"answers", map(anything())}})),
                  {{"columns", list(std::move(column))}});
}

// Consolidated results

Shape sales_sums() {
  constexpr std::array counts{"offers", "open", "won", "lost", "on_the_spot"};
  return object("Sums", joined(counts_of(counts), {{"won_amount_month", money()},
                                                   {"won_amount_once", money()},
                                                   {"open_amount_month", money()},
                                                   {"open_amount_once", money()}}));
}

Shape titled() {
  return object("Titled", {{"id", id()}, {"title", text()}});
}

Shape sales() {
  const auto sums = sales_sums();
  auto by_kind = object({{"volume", sums}, {"new_line", sums}, {"direction", sums}});
  return extended("Sales", sums,
                  {{"by_kind", std::move(by_kind)},
                   {"by_service", list(extended("ServiceSales", sums, {{"service", text()}}))},
                   {"by_rep", list(extended("RepSales", sums, {{"rep", nullable(reference())}}))},
                   {"by_campaign", list(extended("CampaignSales", sums, {{"campaign", nullable(titled())}}))}});
}

Shape referrals() {
  const auto funnel = object("Funnel", counts_of(programme::referral_step_ids));
  return extended("Referrals", funnel,
                  {{"by_introduction", list(extended("IntroductionFunnel", funnel,
                                                     {{"introduction", values_of("referral", "introduction")}}))},
                   {"longest_chain", integer()}});
}

Shape scores() {
  const auto one = score();
  return extended("Scores", one,
                  {{"by_segment", list(extended("SegmentScore", one, {{"segment", text()}}))},
                   {"by_month", list(extended("MonthScore", one, {{"month", text()}}))},
                   {"by_rep", list(extended("RepScore", one, {{"rep", nullable(reference())}}))},
                   {"by_question", list(extended("QuestionScore", one, {{"question", text()}, {"label", label()}}))}});
}

Shape range_news() {
  return object("RangeNews",
                {{"id", id()}, {"code", text()}, {"name", label()}, {"since", date()}, {"clients", integer()}});
}

Shape opportunity_sums() {
  const auto years = object("Years", {{"year1", money()}, {"year3", money()}, {"year5", money()}});
  return object({{"count", integer()}, {"possible", years}, {"expected", years}});
}

Shape revision_counts() {
  return object("RevisionCounts",
                joined({{"part", values_of("dossier_part", "part")}}, counts_of(programme::revision_state_ids)));
}

Shape consolidated() {
  auto persons = object({{"verified", integer()},
                         {"unchanged", integer()},
                         {"changed", integer()},
                         {"new", integer()},
                         {"left", integer()},
                         {"left_percent", nullable(integer())}});
  auto relations =
      object({{"clients", integer()}, {"met", integer()}, {"renewed", integer()}, {"never_met", integer()}});
  return object("Consolidated",
                {{"today", date()},
                 {"since", nullable(date())},
                 {"until", nullable(date())},
                 {"campaign", nullable(titled())},
                 {"questionnaires", object({{"delivered", integer()}, {"complete", integer()}})},
                 {"key_persons", std::move(persons)},
                 {"relations", std::move(relations)},
                 {"sales", sales()},
                 {"referrals", referrals()},
                 {"risk", object({{"clients", integer()}, {"only_trouble", integer()}, {"nobody_known", integer()}})},
                 {"new_in_range", list(range_news())},
                 {"nps", scores()},
                 {"opportunities", opportunity_sums()},
                 {"revisions", list(revision_counts())},
                 {"accounts", object({{"one", integer()}, {"none", integer()}, {"several", integer()}})}});
}

// The records behind the figures

Parameters consolidated_filters() {
  return joined(filters(),
                {{"client", id(), "of this client"}, {"campaign", id(), "of this campaign, its period included"}});
}

/// One list; each has a type of its own, although one route serves them all.
Operation records(const char* list, const char* type, const char* summary, Parameters narrowed, Members members) {
  Operation operation{"GET", std::string("/v1/results/records/") + list, summary, commercial};
  operation.route = "/v1/results/records/{list}";
  operation.parameters = joined(joined(consolidated_filters(), narrowed), paging());
  operation.answer =
      page(object(type, joined(std::move(members), {{"client", nullable(reference())}, optional("on", date())})));
  return operation;
}

std::vector<Operation> drill_operations() {
  const auto rep = nullable(reference()), owner = nullable(reference());
  const auto questionnaire = nullable(id());
  const auto flag = one_of({"true", "false"});
  return {
      records("questionnaires", "QuestionnaireRecord", "Delivered questionnaires",
              {{"status", values_of("questionnaire", "status"), "in this state"}},
              {{"id", id()}, {"rep", rep}, {"status", values_of("questionnaire", "status")}}),
      records("key_persons", "KeyPersonRecord", "Key persons that were verified (R10)",
              {{"outcome", worded(one_of_all(programme::verified_ids), "contact/verified"), "with this outcome"}},
              {{"name", text()},
               {"outcome", worded(one_of_all(programme::verified_ids), "contact/verified")},
               {"questionnaire", id()},
               {"rep", rep}}),
      records("clients", "RelationRecord", "Clients by their meetings (R1)",
              {{"relation", one_of({"met", "renewed", "never_met"}), "with this relation"}},
              {{"owner", owner}, {"met", boolean()}, {"renewed", boolean()}}),
      records("sales", "SaleRecord", "Additional sales (R19, R23)",
              {{"kind", values_of("offer", "kind"), "of this kind"},
               {"service", text(), "of this service"},
               {"status", text(), "in this state; \"open\": neither won nor lost"},
               {"on_the_spot", flag, "made at the meeting or not"}},
              {{"id", id()},
               {"kind", nullable(values_of("offer", "kind"))},
               {"service", worded(text(), "service")},
               {"status", worded(text(), "offer/status")},
               {"on_the_spot", boolean()},
               {"amount_month", money()},
               {"amount_once", money()},
               {"closed_on", nullable(date())},
               {"rep", rep},
               {"questionnaire", questionnaire},
               {"interaction", nullable(id())},
               {"campaign", nullable(id())}}),
      records("referrals", "ReferralRecord", "Recommendations (R19, R23)",
              {{"step", worded(one_of_all(programme::referral_step_ids), "referral/status"), "that came so far"},
               {"introduction", values_of("referral", "introduction"), "introduced so"}},
              {{"id", id()},
               {"company", text()},
               {"step", worded(one_of_all(programme::referral_step_ids), "referral/status")},
               {"introduction", nullable(values_of("referral", "introduction"))},
               {"introduced", boolean()},
               {"contacted", boolean()},
               {"met", boolean()},
               {"questionnaire", questionnaire},
               {"won_client", nullable(reference())}}),
      records("risk", "RiskRecord", "Clients at risk (R2)",
              {{"reason", one_of({"only_trouble", "nobody_known"}), "for this reason"}},
              {{"only_trouble", boolean()},
               {"nobody_known", boolean()},
               {"talks", integer()},
               {"persons", integer()},
               {"owner", owner}}),
      records(
          "new_in_range", "RangeRecord", "To whom a service is news (R19)", {{"item", id(), "this service"}},
          {{"item", object({{"id", id()}, {"code", text()}, {"name", label()}})}, {"since", date()}, {"owner", owner}}),
      records("nps", "NpsRecord", "Who would recommend us",
              {{"group", worded(one_of({"promoter", "passive", "detractor"}), "nps"), "of this group"}},
              {{"questionnaire", id()},
               {"rep", rep},
               {"score", integer()},
               {"group", worded(one_of({"promoter", "passive", "detractor"}), "nps")}}),
      records("opportunities", "OpportunityRecord", "Open opportunities (R30)", {},
              {{"id", id()},
               {"what", text()},
               {"year1", money()},
               {"year3", money()},
               {"year5", money()},
               {"chance_percent", nullable(integer())}}),
      records("revisions", "RevisionRecord", "Parts of dossiers by their revision (R31)",
              {{"part", values_of("dossier_part", "part"), "this part"},
               {"state", worded(one_of_all(programme::revision_state_ids), "revision"), "in this state"}},
              {{"part", values_of("dossier_part", "part")},
               {"state", worded(one_of_all(programme::revision_state_ids), "revision")},
               {"due_on", nullable(date())},
               {"owner", owner}}),
      records("accounts", "AccountRecord", "Accounts by the number of their owners (R37)",
              {{"ownership", worded(one_of({"one", "none", "several"}), "ownership"), "with so many owners"}},
              {{"ownership", worded(one_of({"one", "none", "several"}), "ownership")},
               {"owners", integer()},
               {"owner", owner}}),
  };
}

}  // namespace

std::vector<Operation> result_operations() {
  const Parameters form{{"form", text(), "the form with the most questionnaires where nothing is said"}};
  std::vector<Operation> all{
      {"GET", "/v1/results/overview", "The state of the programme", everybody, filters(), {}, overview()},
      {"GET",
       "/v1/results/questions",
       "Answers per question",
       everybody,
       joined(filters(), form),
       {},
       question_results()},
      {"GET",
       "/v1/results/questions/{name}/texts",
       "Texts given to a question, the latest meeting first",
       everybody,
       joined(list_filters(), form),
       {},
       page(text_item())},
      {"GET", "/v1/results/answers", "Answers as a table", everybody, joined(list_filters(), form), {}, answer_table()},
      {"GET",
       "/v1/results/consolidated",
       "What a pass has brought",
       commercial,
       consolidated_filters(),
       {},
       consolidated()},
  };
  for (auto& operation : drill_operations()) all.push_back(std::move(operation));
  return all;
}

}  // namespace anketa::server::api
