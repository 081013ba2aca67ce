// Lists of clients, questionnaires, cases and tasks, one questionnaire, the forms, and lists as files.
#include "sync-server/api/operation.hpp"
#include "sync-server/api/shapes.hpp"

namespace anketa::server::api {
namespace {

Shape key_status() {
  return values_of("client", "key_status");
}

Shape client_item() {
  return object("ClientItem", {{"id", id()},
                               {"name", text()},
                               {"segment", nullable(text())},
                               {"industry", nullable(text())},
                               {"region", nullable(text())},
                               {"city", nullable(text())},
                               {"key_status", nullable(key_status())},
                               {"owner", nullable(reference())},
                               {"coverage", nullable(coverage_state())},
                               {"last_met_on", nullable(date())},
                               {"open_cases", integer()}});
}

Shape case_item() {
  return object("CaseItem", {{"id", id()},
                             {"client", nullable(reference())},
                             {"owner", nullable(reference())},
                             {"questionnaire", nullable(id())},
                             {"status", case_status()},
                             {"open", boolean()},
                             {"severity", nullable(severity())},
                             {"complaints", integer()},
                             {"opened_on", nullable(date())},
                             {"confirmed_on", nullable(date())},
                             {"age_days", nullable(integer())},
                             {"reopenings", integer()}});
}

Shape task_item() {
  return object("TaskItem", {{"id", id()},
                             {"client", nullable(reference())},
                             {"kind", values_of("task", "kind")},
                             {"title", nullable(text())},
                             {"cause", nullable(id())},
                             {"questionnaire", nullable(id())},
                             {"user", nullable(reference())},
                             {"made_on", nullable(date())},
                             {"due_on", nullable(date())},
                             {"overdue_days", integer()},
                             {"status", values_of("task", "status")}});
}

Shape filled_questionnaire() {
  auto answer = extended("Answer", object(place()),
                         {{"kind", result_kind()},
                          {"value", anything()},
                          {"labels", nullable(list(label()))},
                          optional("repeat", object("Place", place())),
                          optional("group", object("Place", place())),
                          optional("item", text())});
  auto section = extended("FilledSection", object(place()), {{"answers", list(std::move(answer))}});
  return extended("FilledQuestionnaire", questionnaire_item(),
                  {{"readable", boolean()}, {"sections", list(std::move(section))}});
}

/// Rows hold rows: the reference is written by hand, because a value cannot hold itself.
Shape form_row() {
  const Shape itself{{{"$ref", "#/components/schemas/FormRow"}}};
  auto choice = object("FormChoice", {{"name", text()}, {"label", label()}});
  return extended("FormRow", object(place()),
                  {{"hint", label()},
                   {"type", text()},
                   {"appearance", text()},
                   {"read_only", boolean()},
                   {"required", boolean()},
                   optional("choices", list(std::move(choice))),
                   optional("range", object({{"start", integer()}, {"end", integer()}})),
                   optional("rows", list(itself)),
                   optional("print_rows", integer())});
}

Shape form_view() {
  auto section =
      extended("FormSection", object(place()),
               {{"minutes", integer()}, {"side", integer()}, {"gate", boolean()}, {"rows", list(form_row())}});
  return object("FormView", {{"id", text()},
                             {"version", text()},
                             {"title", label()},
                             {"minutes_max", integer()},
                             {"sections", list(std::move(section))}});
}

Shape form_item() {
  return object("FormItem", {{"id", text()},
                             {"version", text()},
                             {"title", label()},
                             {"questions", integer()},
                             {"questionnaires", integer()}});
}

}  // namespace

std::vector<Operation> list_operations() {
  const Parameters of_clients{{"coverage", coverage_state(), "at this point of the pass"},
                              {"key_status", key_status(), "with this status"},
                              {"problems", one_of({"open"}), "with an open problem"},
                              {"sort", text(), "a column; with \"-\" before it the other way round"}};
  const Parameters of_cases{{"status", text(), "in this state, or \"open\", \"closed\""},
                            {"severity", severity(), "of this severity"}};
  const Parameters of_tasks{{"status", one_of({"open", "done", "cancelled", "all"}), "\"open\" where nothing is said"},
                            {"rep", id(), "of this person"},
                            {"client", id(), "of this client"}};
  return {
      {"GET",
       "/v1/clients",
       "Clients, by name",
       everybody,
       joined(list_filters(), of_clients),
       {},
       page(client_item())},
      {"GET",
       "/v1/questionnaires",
       "Questionnaires, the latest meeting first",
       everybody,
       joined(list_filters(), {{"status", values_of("questionnaire", "status"), "in this state"}}),
       {},
       page(questionnaire_item())},
      {"GET",
       "/v1/cases",
       "Cases, the oldest first",
       everybody,
       joined(list_filters(), of_cases),
       {},
       page(case_item())},
      {"GET", "/v1/tasks", "Tasks, by due date (R18)", everybody, of_tasks, {}, items(task_item())},
      {"GET",
       "/v1/questionnaires/{id}",
       "A questionnaire as it was filled in",
       everybody,
       {},
       {},
       filled_questionnaire()},
      {"GET", "/v1/forms", "The latest version of each form", everybody, {}, {}, items(form_item())},
      {"GET", "/v1/forms/{id}", "A form as paper needs it", everybody, {}, {}, form_view()},
  };
}

}  // namespace anketa::server::api
