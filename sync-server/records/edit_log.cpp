#include "sync-server/records/edit_log.hpp"

#include <algorithm>

namespace anketa::server::records {
namespace {

/// Calls visit(path, value) for the cells that a value given at a path sets: folders and trees are opened, items and
/// log entries stay whole.
template <typename Visit>
void each_change(const schema::Collection& collection, const std::string& path, const Json& value, const Visit& visit) {
  const auto kind = schema::resolve(collection, path, OpKind::Set, value).kind;
  const bool opens = kind == schema::CellKind::Record || kind == schema::CellKind::Subtree;
  if (!opens || !value.is_object() || value.empty()) return visit(path, value);
  for (const auto& [member, child] : value.items()) each_change(collection, join_path(path, member), child, visit);
}

Json marks_json(int marks) {
  Json all = Json::array();
  for (const auto& [bit, name] :
       {std::pair{ForkedMark, "fork"}, {LateMark, "late"}, {ErasedMark, "erased"}, {QuarantineMark, "quarantine"}})
    if (marks & bit) all.emplace_back(name);
  return all;
}

Json entry_json(const JournalRow& row, const Mutation& mutation, Names& names) {
  return {{"mutation", row.id.text()},          {"user", names.user(row.user)},
          {"device", names.device(row.device)}, {"at", mutation.at},
          {"received_at", row.received_at},     {"status", protocol::name(row.result.status)},
          {"marks", marks_json(row.marks)}};
}

Mutation readable_mutation(const JournalRow& row) {
  try {
    return mutation_of(row);
  } catch (const ProblemError&) {
    // Parked because it is no valid mutation: who sent it and when is known all the same.
    Mutation mutation;
    mutation.at = row.received_at;
    return mutation;
  }
}

std::optional<SqlValue> id_of(const reports::Query& query, std::string_view name) {
  const auto text = reports::parameter(query, name);
  if (!text) return std::nullopt;
  const auto id = Uuid::parse(*text);
  if (!id) throw ProblemError(ProblemCode::InvalidValue, {{"field", std::string(name)}}, std::string(name));
  return SqlValue(*id);
}

std::int64_t position_of(const reports::Query& query) {
  const auto text = reports::parameter(query, "before");
  if (!text) return INT64_MAX;
  try {
    return std::stoll(*text);
  } catch (const std::exception&) {
    throw ProblemError(ProblemCode::InvalidValue, {{"field", "before"}}, "before");
  }
}

/// Places in the journal with their mutations' ids, one more than asked for.
std::vector<std::pair<std::int64_t, Uuid>> find_entries(Reader& reader, const reports::Query& query,
                                                        std::size_t limit) {
  std::string sql = "SELECT position, id FROM journal WHERE position < ?1";
  std::vector<SqlValue> parameters{position_of(query)};
  for (const auto& [name, column] :
       {std::pair{"user", "person"}, {"client", "scope"}, {"device", "device"}, {"record", "record"}})
    if (const auto value = id_of(query, name)) {
      parameters.push_back(*value);
      sql += std::string(" AND ") + column + " = ?" + std::to_string(parameters.size());
    }
  if (reports::parameter(query, "marked") == "yes") sql += " AND marks <> 0";
  sql += " ORDER BY position DESC LIMIT " + std::to_string(limit + 1);
  std::vector<std::pair<std::int64_t, Uuid>> found;
  reader.select(sql, parameters, [&](const Row& row) { found.emplace_back(row.integer(0), row.id(1).value()); });
  return found;
}

}  // namespace

Json changes_of(const Sight& sight, const RecordState& record, const Mutation& mutation) {
  static const schema::Collection undeclared;
  const auto* declared = schema::collection(record.collection);
  const auto& collection = declared ? *declared : undeclared;
  Json changes = Json::array();
  const auto note = [&](const std::string& path, std::string_view op, const Json& value) {
    if (sight.shows(record, path)) changes.push_back({{"path", path}, {"op", op}, {"value", value}});
  };
  for (const auto& op : mutation.ops) {
    if (op.kind == OpKind::Set) {
      each_change(collection, op.path, op.value,
                  [&](const std::string& path, const Json& value) { note(path, name(op.kind), value); });
      continue;
    }
    auto value = op.value;
    if (op.kind == OpKind::Transition && value.is_object()) {
      each_change(collection, {}, value.value("facts", Json::object()), [&](const std::string& path, const Json& fact) {
        if (!path.empty()) note(path, "set", fact);
      });
      value.erase("facts");
    }
    note(op.path, name(op.kind), value);
  }
  return changes;
}

Json record_history(Reader& reader, const Sight& sight, Names& names, const Uuid& id) {
  const auto record = sight.need(reader, id);
  Json items = Json::array();
  for (const auto& row : reader.journal_of(id)) {
    // What is not in effect is for its author and for who controls.
    if (row.result.seq == 0 && !sight.controls() && !(row.user == sight.author().user)) continue;
    const auto mutation = readable_mutation(row);
    auto changes = changes_of(sight, record, mutation);
    if (changes.empty()) continue;
    items.push_back(entry_json(row, mutation, names));
    items.back()["changes"] = std::move(changes);
  }
  std::reverse(items.begin(), items.end());
  return {{"items", std::move(items)}};
}

Json audit_log(Reader& reader, const Sight& sight, Names& names, const reports::Query& query) {
  if (!sight.controls()) throw ProblemError(ProblemCode::Forbidden);
  const auto limit = reports::page_from(query).limit;
  auto found = find_entries(reader, query, limit);
  const bool more = found.size() > limit;
  if (more) found.pop_back();
  Json items = Json::array();
  for (const auto& [position, id] : found) {
    const auto row = reader.journal(id).value();
    const auto mutation = readable_mutation(row);
    auto item = entry_json(row, mutation, names);
    item["position"] = position;
    item["record"] = row.record.text();
    item["collection"] = mutation.collection;
    item["client"] = names.client(row.scope);
    item["paths"] = Json::array();
    for (const auto& op : mutation.ops) item["paths"].push_back(op.path);
    items.push_back(std::move(item));
  }
  return {{"items", std::move(items)}, {"next_before", more ? Json(found.back().first) : Json(nullptr)}};
}

}  // namespace anketa::server::records
