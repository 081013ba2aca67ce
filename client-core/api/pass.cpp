#include "client-core/api/pass.hpp"

#include "client-core/api/programme_facts.hpp"

namespace anketa::client {
namespace {

constexpr std::chrono::days year{365};

}  // namespace

programme::Day PassFacts::day_of_visit(const RecordState& visit) const {
  return local_day(visit.body.value("at", Instant{0}), offset_minutes_);
}

programme::Day PassFacts::day_of_questionnaire(const RecordState& questionnaire) const {
  return programme::parse_day(string_or_empty(questionnaire.body, "date")).value_or(today_);
}

void PassFacts::note_visit(const RecordState& visit) {
  if (string_or_empty(visit.body, "status") != "cancelled" && day_of_visit(visit) + year >= today_)
    facts_[visit.scope].has_visit = true;
}

void PassFacts::note_questionnaire(const RecordState& questionnaire) {
  if (day_of_questionnaire(questionnaire) + year < today_) return;
  const auto status = string_or_empty(questionnaire.body, "status");
  auto& facts = facts_[questionnaire.scope];
  facts.has_complete = facts.has_complete || status == "complete" || status == "complete_after_pause";
  facts.has_paused = facts.has_paused || status == "paused" || status == "resumed";
  facts.has_draft = facts.has_draft || status == "draft";
}

programme::Coverage PassFacts::of(const Uuid& client) const {
  const auto found = facts_.find(client);
  return programme::coverage_of(found == facts_.end() ? programme::CoverageFacts{} : found->second);
}

}  // namespace anketa::client
