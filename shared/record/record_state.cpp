#include "shared/record/record_state.hpp"

#include "shared/problem/problem.hpp"

namespace anketa {
namespace {

const Json null_value;
const Json element_present = true;

Json cells_to_json(const std::map<std::string, Uuid>& cells) {
  Json json = Json::object();
  for (const auto& [path, id] : cells) json[path] = id.text();
  return json;
}

std::map<std::string, Uuid> cells_from_json(const Json& json) {
  if (!json.is_object()) throw ProblemError(ProblemCode::WrongType, {}, "cells");
  std::map<std::string, Uuid> cells;
  for (const auto& [path, id] : json.items()) cells.emplace_hint(cells.end(), path, Uuid::from(id.get<std::string>()));
  return cells;
}

Json removed_to_json(const std::map<std::string, Removed>& all) {
  Json json = Json::object();
  for (const auto& [path, removed] : all)
    json[path] = {{"by", removed.by.text()}, {"value", removed.value}, {"cells", cells_to_json(removed.cells)}};
  return json;
}

std::map<std::string, Removed> removed_from_json(const Json& json) {
  if (!json.is_object()) throw ProblemError(ProblemCode::WrongType, {}, "removed");
  std::map<std::string, Removed> all;
  for (const auto& [path, removed] : json.items())
    all[path] = Removed{Uuid::from(removed.at("by").get<std::string>()), removed.at("value"),
                        cells_from_json(removed.at("cells"))};
  return all;
}

bool contains_element(const Json& set, std::string_view element) {
  return std::any_of(set.begin(), set.end(), [&](const Json& have) {
    return have.is_string() && have.get_ref<const std::string&>() == element;
  });
}

std::string_view next_member(std::string_view& path) {
  const auto slash = path.find('/');
  const auto member = path.substr(0, slash);
  path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
  return member;
}

}  // namespace

std::optional<Uuid> RecordState::provenance(std::string_view path) const {
  const auto found = cells.find(std::string(path));
  if (found != cells.end()) return found->second;
  if (by.is_nil() || value_at(body, path).is_null()) return std::nullopt;
  return by;
}

std::set<Uuid> RecordState::provenance_below(std::string_view path) const {
  std::set<Uuid> all;
  for (auto cell = cells.lower_bound(std::string(path)); cell != cells.end() && cell->first.starts_with(path); ++cell)
    if (is_below(cell->first, path)) all.insert(cell->second);
  bool by_default = false;
  each_cell(value_at(body, path), std::string(path),
            [&](const std::string& cell, const Json&) { by_default = by_default || !cells.contains(cell); });
  if (by_default && !by.is_nil()) all.insert(by);
  return all;
}

const Json& RecordState::at(std::string_view path) const {
  return value_at(body, path);
}

std::vector<std::string> split_path(std::string_view path) {
  std::vector<std::string> members;
  while (!path.empty()) members.emplace_back(next_member(path));
  return members;
}

std::string join_path(std::string_view parent, std::string_view member) {
  std::string path(parent);
  if (!path.empty()) path += '/';
  path += member;
  return path;
}

bool is_below(std::string_view path, std::string_view parent) {
  if (parent.empty()) return true;
  return path.substr(0, parent.size()) == parent && (path.size() == parent.size() || path[parent.size()] == '/');
}

const Json& value_at(const Json& body, std::string_view path) {
  const Json* at = &body;
  while (!path.empty()) {
    if (at->is_array()) return contains_element(*at, path) ? element_present : null_value;
    if (!at->is_object()) return null_value;
    const auto found = at->find(next_member(path));
    if (found == at->end()) return null_value;
    at = &*found;
  }
  return *at;
}

void put_value(Json& body, std::string_view path, Json value) {
  if (path.empty()) {
    body = value.is_null() ? Json::object() : std::move(value);
    return;
  }
  if (!body.is_object()) {
    if (value.is_null()) {
      if (body.is_array()) put_element(body, path, false);
      return;
    }
    body = Json::object();
  }
  std::string_view rest = path;
  const std::string member(next_member(rest));
  if (rest.empty()) {
    if (value.is_null())
      body.erase(member);
    else
      body[member] = std::move(value);
    return;
  }
  const auto found = body.find(member);
  if (found == body.end() && value.is_null()) return;
  auto& child = found == body.end() ? body[member] : *found;
  put_value(child, rest, std::move(value));
  if (child.is_null() || (child.is_object() && child.empty())) body.erase(member);
}

bool is_normal(const Json& value) {
  if (value.is_object()) {
    const auto& members = value.get_ref<const Json::object_t&>();
    return std::all_of(members.begin(), members.end(), [](const auto& member) {
      const Json& child = member.second;
      return child.is_structured() ? !child.empty() && is_normal(child) : !child.is_null();
    });
  }
  if (!value.is_array()) return true;
  const auto& elements = value.get_ref<const Json::array_t&>();
  return std::adjacent_find(elements.begin(), elements.end(), [](const Json& a, const Json& b) { return !(a < b); }) ==
         elements.end();
}

Json normalised(Json value) {
  if (value.is_object()) {
    for (auto child = value.begin(); child != value.end();) {
      *child = normalised(std::move(*child));
      child = child->is_null() ? value.erase(child) : std::next(child);
    }
    return value.empty() ? Json() : value;
  }
  if (value.is_array()) {
    auto& elements = value.get_ref<Json::array_t&>();
    std::sort(elements.begin(), elements.end());
    elements.erase(std::unique(elements.begin(), elements.end()), elements.end());
    return elements.empty() ? Json() : value;
  }
  return value;
}

void put_element(Json& set_or_null, std::string_view element, bool present) {
  if (!set_or_null.is_array()) set_or_null = Json::array();
  auto& items = set_or_null.get_ref<Json::array_t&>();
  const Json value(element);
  const auto at = std::lower_bound(items.begin(), items.end(), value);
  const bool member = at != items.end() && *at == value;
  if (present && !member) items.insert(at, value);
  if (!present && member) items.erase(at);
  if (items.empty()) set_or_null = nullptr;
}

std::string cells_text(const RecordState& record) {
  return record.cells.empty() ? std::string() : cells_to_json(record.cells).dump();
}

std::string removed_text(const RecordState& record) {
  return record.removed.empty() ? std::string() : removed_to_json(record.removed).dump();
}

void read_provenance(RecordState& record, std::string_view cells, std::string_view removed) {
  try {
    if (!cells.empty()) record.cells = cells_from_json(Json::parse(cells));
    if (!removed.empty()) record.removed = removed_from_json(Json::parse(removed));
  } catch (const Json::exception&) {
    throw ProblemError(ProblemCode::WrongType, {}, "cells");
  }
}

Json to_json(const RecordState& record) {
  Json json{{"id", record.id.text()},
            {"collection", record.collection},
            {"scope", scope_text(record.scope)},
            {"version", record.version},
            {"seq", record.seq},
            {"body", record.body},
            {"by", record.by.text()}};
  if (record.deleted) json["deleted"] = true;
  if (!record.cells.empty()) json["cells"] = cells_to_json(record.cells);
  if (!record.removed.empty()) json["removed"] = removed_to_json(record.removed);
  return json;
}

RecordState record_from_json(const Json& json) {
  try {
    RecordState record;
    record.id = Uuid::from(json.at("id").get_ref<const std::string&>());
    record.collection = json.at("collection").get<std::string>();
    const auto scope = parse_scope(json.at("scope").get_ref<const std::string&>());
    if (!scope) throw ProblemError(ProblemCode::InvalidValue, {{"value", "scope"}}, "scope");
    record.scope = *scope;
    record.version = json.at("version").get<std::uint64_t>();
    record.seq = json.at("seq").get<std::uint64_t>();
    record.body = json.at("body");
    if (!record.body.is_object()) throw ProblemError(ProblemCode::WrongType, {}, "body");
    record.by = Uuid::from(json.at("by").get_ref<const std::string&>());
    record.deleted = json.value("deleted", false);
    if (const auto cells = json.find("cells"); cells != json.end()) record.cells = cells_from_json(*cells);
    if (const auto all = json.find("removed"); all != json.end()) record.removed = removed_from_json(*all);
    return record;
  } catch (const Json::exception&) {
    throw ProblemError(ProblemCode::WrongType, {}, "record");
  }
}

}  // namespace anketa
