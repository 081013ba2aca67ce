#include "sync-server/api/shapes.hpp"

#include "shared/programme/coverage.hpp"
#include "shared/programme/norm.hpp"
#include "shared/programme/quality.hpp"

namespace anketa::server::api {

Shape coverage_state() {
  return worded(one_of_all(programme::coverage_ids), "coverage");
}

Shape case_status() {
  return values_of("quality_case", "status");
}

Shape severity() {
  return values_of("quality_case", "severity");
}

Shape share() {
  return worded(one_of({"part", "full"}), "user/share");
}

Shape pace() {
  return worded(one_of({"behind", "on_pace", "met"}), "pace");
}

Shape progress() {
  return object("Progress", {{"done", integer()}, {"norm", integer()}, {"due", integer()}, {"pace", pace()}});
}

Shape score() {
  return object("Nps", {{"score", nullable(integer())},
                        {"answers", integer()},
                        {"promoters", integer()},
                        {"passives", integer()},
                        {"detractors", integer()}});
}

Shape questionnaire_item() {
  return object("QuestionnaireItem", {{"id", id()},
                                      {"client", nullable(reference())},
                                      {"rep", nullable(reference())},
                                      {"form", object({{"id", text()}, {"version", text()}})},
                                      {"status", values_of("questionnaire", "status")},
                                      {"date", nullable(date())},
                                      {"started_at", nullable(instant())},
                                      {"finished_at", nullable(instant())},
                                      {"delivered_at", nullable(instant())},
                                      {"nps", nullable(integer())},
                                      {"resume_point", nullable(text())},
                                      {"age_days", nullable(integer())}});
}

Members place() {
  return {{"name", text()}, {"number", text()}, {"label", label()}};
}

Shape result_kind() {
  return one_of({"choice", "choices", "scale", "number", "money", "date", "text", "count"});
}

Shape named() {
  return object("Named", {{"id", id()}, {"name", nullable(text())}});
}

Members stored(Shape fields) {
  return {{"id", id()}, {"version", integer()}, {"seq", integer()}, {"fields", std::move(fields)}};
}

namespace {

Shape record_with(Shape fields) {
  return object(
      joined(stored(std::move(fields)),
             {{"collection", text()}, {"client", nullable(named())}, {"title", text()}, {"deleted", boolean()}}));
}

}  // namespace

Shape record_view() {
  return record_with(map(anything()));
}

Shape record_view(const schema::Collection& collection) {
  return record_with(fields_of(collection));
}

Shape result_status() {
  return worded(one_of({"applied", "merged", "conflict", "parked", "waiting", "retry"}), "result");
}

Shape edit_outcome() {
  return object("EditOutcome",
                {{"record", id()}, {"status", result_status()}, {"version", integer()}, {"conflicts", list(id())}});
}

}  // namespace anketa::server::api
