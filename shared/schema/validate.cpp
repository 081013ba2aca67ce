// What an op may hold.
#include <algorithm>

#include "shared/record/record_state.hpp"
#include "shared/schema/value_check.hpp"
#include "shared/text/search.hpp"

namespace anketa::schema {
namespace {

/// A body or part of one, field by field: what a set of the whole record or of a folder holds.
std::optional<Problem> check_body(const Collection& collection, const Json& value, const std::string& path) {
  const Where where(path);
  if (!value.is_object()) return wrong_type(where);
  for (const auto& [key, child] : value.get_ref<const Json::object_t&>()) {
    if (auto problem = check_member(key, where)) return problem;
    const auto child_path = join_path(path, key);
    const auto cell = resolve(collection, child_path, OpKind::Set, child);
    std::optional<Problem> problem;
    if (cell.field)
      problem = check_value(*cell.field, child, Where(where, key));
    else if (cell.is_folder())
      problem = child.is_null() ? std::nullopt : check_body(collection, child, child_path);
    else
      problem = check_free(child, Where(where, key));
    if (problem) return problem;
  }
  return std::nullopt;
}

bool is_blank(const Json& value) {
  return value.is_null() || (value.is_string() && text::is_blank(value.get_ref<const std::string&>()));
}

std::optional<Problem> check_transition(const Collection& collection, const Cell& cell, const Op& op) {
  if (!cell.field || cell.kind != CellKind::Status || !op.value.is_object()) return wrong_type(Where(op.path));
  for (const char* end : {"from", "to"})
    if (auto problem = check_value(*cell.field, op.value.value(end, Json(0)), Where(op.path))) return problem;
  const auto facts = op.value.find("facts");
  if (facts != op.value.end())
    if (auto problem = check_body(collection, *facts, {})) return problem;
  if (const auto* guard = cell.field->guard(string_or_empty(op.value, "to")))
    for (const auto& need : guard->needs)
      if (facts == op.value.end() || is_blank(value_at(*facts, need)))
        return Problem{ProblemCode::RequiredMissing, {}, need};
  return std::nullopt;
}

/// A path below a declared field leads somewhere only in a tree, a list and a log.
bool leads_nowhere(const Field& field, std::string_view path) {
  return path.size() > field.name.size() && field.kind != Kind::Tree && field.kind != Kind::List &&
         field.kind != Kind::Log;
}

std::optional<Problem> check_set(const Collection& collection, const Cell& cell, const Op& op) {
  if (cell.kind == CellKind::Record) return check_body(collection, op.value, {});
  if (cell.is_folder()) return op.value.is_null() ? std::nullopt : check_body(collection, op.value, op.path);
  if (!cell.field) return check_free(op.value, Where(op.path));
  const auto& field = *cell.field;
  if (op.path.size() == field.name.size()) return check_value(field, op.value, Where(op.path));
  if (field.kind == Kind::Tree) return check_free(op.value, Where(op.path));
  // One item, or one cell of an item: checked as the list that holds just that.
  const auto members = split_path(std::string_view(op.path).substr(field.name.size() + 1));
  if (members.size() > 2) return wrong_type(Where(op.path));
  if (members.size() == 2 && field.kind == Kind::Log) return Problem{ProblemCode::ReadOnlyField, {}, op.path};
  const Json item = members.size() == 1 ? op.value : Json{{members[1], op.value}};
  return check_items(field, Json{{members[0], item}}, Where(field.name));
}

std::optional<Problem> check_remove(const Cell& cell, const Op& op) {
  const bool from_set = cell.kind == CellKind::SetElement || cell.kind == CellKind::Set;
  if (op.value.is_null() || (from_set && op.value.is_string())) return std::nullopt;
  return wrong_type(Where(op.path));
}

std::optional<Problem> check_add(const Cell& cell, const Op& op) {
  const bool whole_tree = cell.field && cell.field->kind == Kind::Tree && cell.field->name == op.path;
  if (cell.kind != CellKind::SetElement || whole_tree) return wrong_type(Where(op.path));
  return check_element(op.value, Where(op.path));
}

std::optional<Problem> check_append(const Cell& cell, const Op& op) {
  const auto id = string_or_empty(op.value, "id");
  const bool below_its_log = cell.field && cell.field->kind == Kind::Log && cell.field->name != op.path;
  const bool whole_tree = cell.field && cell.field->kind == Kind::Tree && cell.field->name == op.path;
  if (cell.kind != CellKind::LogEntry || below_its_log || whole_tree) return wrong_type(Where(op.path));
  if (!is_item_id(id)) return invalid(Where(op.path), id);
  auto entry = op.value;
  entry.erase("id");
  if (cell.field && cell.field->kind == Kind::Log)
    return check_items(*cell.field, Json{{id, std::move(entry)}}, Where(op.path));
  return check_free(entry, Where(Where(op.path), id));
}

std::optional<Problem> check_path(const std::string& path) {
  if (path.empty()) return std::nullopt;
  if (auto problem = Where(path).check_size()) return problem;
  const bool empty_member = path.front() == '/' || path.back() == '/' || path.find("//") != std::string::npos;
  return empty_member ? std::optional(invalid(Where("path"), path)) : std::nullopt;
}

}  // namespace

std::optional<Problem> validate(const Collection& collection, const Op& op) {
  if (auto problem = check_path(op.path)) return problem;
  const auto cell = resolve(collection, op.path, op.kind, op.value);
  if (cell.field && leads_nowhere(*cell.field, op.path)) return wrong_type(Where(op.path));
  switch (op.kind) {
    case OpKind::Set:
      return check_set(collection, cell, op);
    case OpKind::Remove:
      return check_remove(cell, op);
    case OpKind::Add:
      return check_add(cell, op);
    case OpKind::Append:
      return check_append(cell, op);
    case OpKind::Transition:
      return check_transition(collection, cell, op);
  }
  return std::nullopt;
}

std::optional<Problem> validate_complete(const Collection& collection, const Json& body) {
  for (const auto& field : collection.fields)
    if (field.required && is_blank(value_at(body, field.name)))
      return Problem{ProblemCode::RequiredMissing, {}, field.name};
  return std::nullopt;
}

}  // namespace anketa::schema
