// Records one by one: what they are, what became of them, and edits.
#include "sync-server/api/operation.hpp"
#include "sync-server/api/shapes.hpp"

namespace anketa::server::api {
namespace {

/// Records of every collection that hangs on a client, each with its own fields.
Shape records_by_collection() {
  Json schema{{"type", "object"}, {"properties", Json::object()}};
  for (const auto& collection : schema::collections())
    if (collection.placement == schema::Placement::Client || collection.placement == schema::Placement::Any)
      schema["properties"][collection.name] = list(object(stored(fields_of(collection)))).schema;
  schema["additionalProperties"] = list(object(stored(map(anything())))).schema;
  return {std::move(schema)};
}

Shape client_file() {
  return object("ClientFile",
                joined(stored(fields_of(*schema::collection("client"))), {{"records", records_by_collection()}}));
}

Shape record_of_any_kind() {
  return extended("RecordView", record_view(), {});
}

Shape mark() {
  return worded(one_of({"fork", "late", "erased", "quarantine"}), "mark");
}

Shape change() {
  return object(
      "Change",
      {{"path", text()}, {"op", one_of({"set", "remove", "add", "append", "transition"})}, {"value", anything()}});
}

Shape journal_entry() {
  return object({{"mutation", id()},
                 {"user", nullable(named())},
                 {"device", nullable(named())},
                 {"at", instant()},
                 {"received_at", instant()},
                 {"status", result_status()},
                 {"marks", list(mark())}});
}

Shape history_item() {
  return extended("HistoryItem", journal_entry(), {{"changes", list(change())}});
}

Shape audit() {
  auto item = extended("AuditItem", journal_entry(),
                       {{"position", integer()},
                        {"record", id()},
                        {"collection", worded(text(), "collection")},
                        {"client", nullable(named())},
                        {"paths", list(text())}});
  return object("AuditLog", {{"items", list(std::move(item))}, {"next_before", nullable(integer())}});
}

Shape conflict_item() {
  auto side = object("ConflictSide", {{"mutation", id()},
                                      {"value", anything()},
                                      {"user", nullable(named())},
                                      {"device", nullable(named())},
                                      {"at", instant()},
                                      {"consumed", boolean()}});
  return object("ConflictItem", {{"id", id()},
                                 {"record", id()},
                                 {"collection", worded(text(), "collection")},
                                 {"path", text()},
                                 {"client", nullable(named())},
                                 {"title", text()},
                                 {"deleted", boolean()},
                                 {"state", worded(one_of({"open", "resolved"}), "conflict")},
                                 {"base", anything()},
                                 {"now", anything()},
                                 {"sides", list(std::move(side))}});
}

Shape parked_item() {
  auto problem = object("ParkedProblem", {{"code", text()},
                                          {"message", text()},
                                          {"remedy", text()},
                                          optional("where", text()),
                                          optional("arguments", map(text()))});
  return object("ParkedItem", {{"mutation", id()},
                               {"record", id()},
                               {"collection", worded(text(), "collection")},
                               {"client", nullable(named())},
                               {"title", text()},
                               {"user", nullable(named())},
                               {"device", nullable(named())},
                               {"received_at", instant()},
                               {"problem", nullable(std::move(problem))},
                               {"changes", list(change())},
                               {"quarantine", boolean()}});
}

Shape total_and(Shape item) {
  return object({{"total", integer()}, {"items", list(std::move(item))}});
}

Shape colleague() {
  return object(
      "Colleague",
      {{"id", id()}, {"name", text()}, {"role", text()}, {"share", nullable(share())}, {"active", boolean()}});
}

Shape declaration() {
  const Shape itself{{{"$ref", "#/components/schemas/FieldDeclaration"}}};
  auto guard = object({{"to", text()}, {"needs", list(text())}, {"by_team", boolean()}});
  auto field = object("FieldDeclaration", {{"name", text()},
                                           {"kind", text()},
                                           {"class", text()},
                                           optional("required", boolean()),
                                           optional("searchable", boolean()),
                                           optional("immutable", boolean()),
                                           optional("lead_only", boolean()),
                                           optional("team_only", boolean()),
                                           optional("step_fact", boolean()),
                                           optional("values", list(text())),
                                           optional("target", text()),
                                           optional("transitions", list(list(text()))),
                                           optional("guards", list(std::move(guard))),
                                           optional("items", list(itself))});
  auto collection = object("CollectionDeclaration", {{"name", text()}, {"fields", list(std::move(field))}});
  return object("Declaration", {{"version", integer()}, {"collections", list(std::move(collection))}});
}

Shape edit() {
  auto op = object("EditOp", {{"op", one_of({"set", "remove", "add", "append", "transition"})},
                              optional("path", text()),
                              optional("value", anything()),
                              optional("was", anything())});
  return object("Edit", {optional("record", id()),
                         optional("collection", text()),
                         optional("client", id()),
                         {"ops", list(std::move(op))}});
}

}  // namespace

std::vector<Operation> record_operations() {
  const Parameters of_conflicts{{"state", one_of({"open", "resolved"}), "\"open\" where nothing is said"},
                                {"client", id(), "of this client"}};
  const Parameters of_audit{{"user", id(), "edits of this person"},
                            {"client", id(), "of this client"},
                            {"device", id(), "from this device"},
                            {"record", id(), "of this record"},
                            {"marked", one_of({"yes"}), "that came in an unusual way"},
                            {"limit", integer(), "1 to 500"},
                            {"before", integer(), "older than this position"}};
  auto wish = object({optional("side", id()), optional("value", anything()), optional("seen", list(id()))});
  return {
      {"GET", "/v1/people", "Colleagues", everybody, {}, {}, items(colleague())},
      {"GET", "/v1/schema", "The declaration of every collection", everybody, {}, {}, declaration()},
      {"GET", "/v1/clients/{id}", "A client and everything that hangs on it", everybody, {}, {}, client_file()},
      {"GET", "/v1/records/{id}", "One record", everybody, {}, {}, record_of_any_kind()},
      {"GET",
       "/v1/records/{id}/history",
       "Every edit of a record, the newest first",
       everybody,
       {},
       {},
       items(history_item())},
      {"GET", "/v1/conflicts", "Conflicts", everybody, of_conflicts, {}, total_and(conflict_item())},
      {"GET",
       "/v1/parked",
       "Edits that were not taken; one's own, for who controls all",
       everybody,
       {},
       {},
       total_and(parked_item())},
      {"GET", "/v1/audit", "Every edit of the company, the newest first", control, of_audit, {}, audit()},
      {"POST", "/v1/edits", "Changes a record, or makes one", everybody, {}, edit(), edit_outcome()},
      {"POST",
       "/v1/clients/{id}/owner",
       "Makes somebody the client's one owner (R37)",
       {Role::Lead},
       {},
       object({{"user", id()}, optional("keep", boolean())}),
       object({{"client", id()}, {"owner", id()}})},
      {"POST", "/v1/conflicts/{id}/resolve", "Settles a conflict", everybody, {}, std::move(wish), edit_outcome()},
      {"POST",
       "/v1/parked/{id}/accept",
       "Makes a parked edit anew, in the lead's name",
       control,
       {},
       {},
       edit_outcome()},
  };
}

}  // namespace anketa::server::api
