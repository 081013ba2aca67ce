// Validation and permission: what an op may hold and who may make it.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <limits>

#include "shared/record/record_state.hpp"
#include "shared/schema/schema.hpp"

namespace anketa::schema {
namespace {

constexpr std::size_t max_text = 2'000;
constexpr std::size_t max_long_text = 100'000;
constexpr std::size_t max_document = 900'000;
constexpr std::size_t max_path = 512;
/// Members of a cell's path, those inside a value included: what is stored must always fit a message again.
constexpr std::size_t max_members = 20;

std::optional<Problem> wrong_type(std::string_view path) {
  return Problem{ProblemCode::WrongType, {}, std::string(path)};
}

std::optional<Problem> invalid(std::string_view path, std::string value) {
  return Problem{ProblemCode::InvalidValue, {{"value", std::move(value)}}, std::string(path)};
}

std::optional<Problem> check_text(const Json& value, std::size_t limit, std::string_view path) {
  if (!value.is_string()) return wrong_type(path);
  const auto size = value.get_ref<const std::string&>().size();
  if (size > limit) return Problem{ProblemCode::TooLarge, {{"limit", std::to_string(limit)}}, std::string(path)};
  return std::nullopt;
}

bool is_date(const std::string& text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  int year = 0, month = 0, day = 0;
  const auto number = [](const char* from, const char* to, int& into) {
    const auto [end, error] = std::from_chars(from, to, into);
    return error == std::errc() && end == to;
  };
  const char* at = text.data();
  if (!number(at, at + 4, year) || !number(at + 5, at + 7, month) || !number(at + 8, at + 10, day)) return false;
  if (month < 1 || day < 1) return false;
  return std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                     std::chrono::day(static_cast<unsigned>(day)))
      .ok();
}

bool is_decimal(const std::string& text) {
  std::size_t at = !text.empty() && text[0] == '-' ? 1 : 0;
  const std::size_t first = at;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
  if (at == first) return false;
  if (at == text.size()) return true;
  if (text[at] != '.' || at + 1 == text.size()) return false;
  return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at) + 1, text.end(),
                     [](char c) { return c >= '0' && c <= '9'; });
}

bool is_item_id(const std::string& text) {
  const auto id = Uuid::parse(text);
  return id && id->text() == text;
}

std::optional<Problem> check_integer(const Json& value, std::string_view path) {
  const bool fits = value.is_number_integer() &&
                    (!value.is_number_unsigned() ||
                     value.get<std::uint64_t>() <= std::uint64_t{std::numeric_limits<std::int64_t>::max()});
  return fits ? std::nullopt : wrong_type(path);
}

/// Elements of a set: short texts, none of them empty.
std::optional<Problem> check_elements(const Json& elements, std::string_view path) {
  for (const auto& element : elements) {
    if (auto problem = check_text(element, max_text, path)) return problem;
    if (element.get_ref<const std::string&>().empty()) return invalid(path, {});
  }
  return std::nullopt;
}

/// A name in a path.
std::optional<Problem> check_member(const std::string& member, std::string_view path) {
  if (member.empty() || member.find('/') != std::string::npos) return invalid(path, member.substr(0, 60));
  return std::nullopt;
}

std::optional<Problem> check_size(std::string_view path) {
  if (path.size() > max_path) return Problem{ProblemCode::TooLarge, {{"limit", std::to_string(max_path)}}, "path"};
  const auto members = static_cast<std::size_t>(std::count(path.begin(), path.end(), '/')) + 1;
  if (members > max_members)
    return Problem{ProblemCode::TooDeep, {{"limit", std::to_string(max_members)}}, std::string(path)};
  return std::nullopt;
}

/// Free JSON below a tree: no floating point, no arrays but sets, bounded depth.
std::optional<Problem> check_free(const Json& value, const std::string& path) {
  if (value.is_object()) {
    for (const auto& [key, child] : value.items()) {
      if (auto problem = check_member(key, path)) return problem;
      if (auto problem = check_free(child, join_path(path, key))) return problem;
    }
    return std::nullopt;
  }
  if (auto problem = check_size(path)) return problem;
  if (value.is_array()) return check_elements(value, path);
  if (value.is_string()) return check_text(value, max_long_text, path);
  if (value.is_number()) return check_integer(value, path);
  return std::nullopt;
}

std::optional<Problem> check_value(const Field& field, const Json& value, const std::string& path);

std::optional<Problem> check_items(const Field& field, const Json& items, const std::string& path) {
  if (!items.is_object()) return wrong_type(path);
  for (const auto& [id, item] : items.items()) {
    const auto item_path = join_path(path, id);
    if (!is_item_id(id)) return invalid(path, id.substr(0, 60));
    if (item.is_null()) continue;
    if (!item.is_object()) return wrong_type(item_path);
    for (const auto& [key, value] : item.items()) {
      if (auto problem = check_member(key, item_path)) return problem;
      const auto found =
          std::find_if(field.items.begin(), field.items.end(), [&](const Field& f) { return f.name == key; });
      const auto problem = found == field.items.end() ? check_free(value, join_path(item_path, key))
                                                      : check_value(*found, value, join_path(item_path, key));
      if (problem) return problem;
    }
  }
  return std::nullopt;
}

std::optional<Problem> check_value(const Field& field, const Json& value, const std::string& path) {
  if (value.is_null()) return std::nullopt;
  switch (field.kind) {
    case Kind::Text:
      return check_text(value, max_text, path);
    case Kind::LongText:
      return check_text(value, max_long_text, path);
    case Kind::Document:
      return check_text(value, max_document, path);
    case Kind::Integer:
    case Kind::Money:
    case Kind::Instant:
      return check_integer(value, path);
    case Kind::Boolean:
      return value.is_boolean() ? std::nullopt : wrong_type(path);
    case Kind::Decimal:
      if (!value.is_string()) return wrong_type(path);
      return is_decimal(value.get_ref<const std::string&>()) ? std::nullopt
                                                             : invalid(path, value.get<std::string>().substr(0, 60));
    case Kind::Date:
      if (!value.is_string()) return wrong_type(path);
      return is_date(value.get_ref<const std::string&>()) ? std::nullopt
                                                          : invalid(path, value.get<std::string>().substr(0, 60));
    case Kind::Reference:
      if (!value.is_string()) return wrong_type(path);
      return Uuid::parse(value.get_ref<const std::string&>()) ? std::nullopt
                                                              : invalid(path, value.get<std::string>().substr(0, 60));
    case Kind::Choice:
    case Kind::Status:
      if (!value.is_string()) return wrong_type(path);
      if (std::find(field.values.begin(), field.values.end(), value.get_ref<const std::string&>()) ==
          field.values.end())
        return invalid(path, value.get<std::string>().substr(0, 60));
      return std::nullopt;
    case Kind::Set:
      return value.is_array() ? check_elements(value, path) : wrong_type(path);
    case Kind::List:
    case Kind::Log:
      return check_items(field, value, path);
    case Kind::Tree:
      return value.is_object() ? check_free(value, path) : wrong_type(path);
  }
  return std::nullopt;
}

/// A body or part of one, field by field: what a set of the whole record or of a folder holds.
std::optional<Problem> check_body(const Collection& collection, const Json& value, const std::string& path) {
  if (!value.is_object()) return wrong_type(path);
  for (const auto& [key, child] : value.items()) {
    if (auto problem = check_member(key, path)) return problem;
    const auto child_path = join_path(path, key);
    const auto cell = resolve(collection, child_path, OpKind::Set, child);
    std::optional<Problem> problem;
    if (cell.field)
      problem = check_value(*cell.field, child, child_path);
    else if (cell.is_folder())
      problem = child.is_null() ? std::nullopt : check_body(collection, child, child_path);
    else
      problem = check_free(child, child_path);
    if (problem) return problem;
  }
  return std::nullopt;
}

std::optional<Problem> check_transition(const Collection& collection, const Cell& cell, const Op& op) {
  if (!cell.field || cell.kind != CellKind::Status || !op.value.is_object()) return wrong_type(op.path);
  for (const char* end : {"from", "to"})
    if (auto problem = check_value(*cell.field, op.value.value(end, Json(0)), op.path)) return problem;
  const auto facts = op.value.find("facts");
  return facts == op.value.end() ? std::nullopt : check_body(collection, *facts, {});
}

/// A path below a declared field leads somewhere only in a tree, a list and a log.
bool leads_nowhere(const Field& field, std::string_view path) {
  return path.size() > field.name.size() && field.kind != Kind::Tree && field.kind != Kind::List &&
         field.kind != Kind::Log;
}

std::optional<Problem> check_set(const Collection& collection, const Cell& cell, const Op& op) {
  if (cell.kind == CellKind::Record) return check_body(collection, op.value, {});
  if (cell.is_folder()) return op.value.is_null() ? std::nullopt : check_body(collection, op.value, op.path);
  if (!cell.field) return check_free(op.value, op.path);
  const auto& field = *cell.field;
  if (op.path.size() == field.name.size()) return check_value(field, op.value, op.path);
  if (field.kind == Kind::Tree) return check_free(op.value, op.path);
  // One item, or one cell of an item: checked as the list that holds just that.
  const auto members = split_path(std::string_view(op.path).substr(field.name.size() + 1));
  if (members.size() > 2) return wrong_type(op.path);
  if (members.size() == 2 && field.kind == Kind::Log) return Problem{ProblemCode::ReadOnlyField, {}, op.path};
  const Json item = members.size() == 1 ? op.value : Json{{members[1], op.value}};
  return check_items(field, Json{{members[0], item}}, field.name);
}

std::optional<Problem> check_remove(const Cell& cell, const Op& op) {
  const bool from_set = cell.kind == CellKind::SetElement || cell.kind == CellKind::Set;
  if (op.value.is_null() || (from_set && op.value.is_string())) return std::nullopt;
  return wrong_type(op.path);
}

std::optional<Problem> check_add(const Cell& cell, const Op& op) {
  const bool whole_tree = cell.field && cell.field->kind == Kind::Tree && cell.field->name == op.path;
  if (cell.kind != CellKind::SetElement || whole_tree) return wrong_type(op.path);
  return check_elements(Json::array({op.value}), op.path);
}

std::optional<Problem> check_append(const Cell& cell, const Op& op) {
  const auto id = string_or_empty(op.value, "id");
  const bool below_its_log = cell.field && cell.field->kind == Kind::Log && cell.field->name != op.path;
  const bool whole_tree = cell.field && cell.field->kind == Kind::Tree && cell.field->name == op.path;
  if (cell.kind != CellKind::LogEntry || below_its_log || whole_tree) return wrong_type(op.path);
  if (!is_item_id(id)) return invalid(op.path, id.substr(0, 60));
  auto entry = op.value;
  entry.erase("id");
  if (cell.field && cell.field->kind == Kind::Log)
    return check_items(*cell.field, Json{{id, std::move(entry)}}, op.path);
  return check_free(entry, join_path(op.path, id));
}

std::optional<Problem> check_path(const std::string& path) {
  if (path.empty()) return std::nullopt;
  if (auto problem = check_size(path)) return problem;
  const bool empty_member = path.front() == '/' || path.back() == '/' || path.find("//") != std::string::npos;
  return empty_member ? invalid("path", path.substr(0, 60)) : std::nullopt;
}

/// Whether the value has the member, be it null (which clears it).
bool value_has(const Json& value, std::string_view path) {
  const auto slash = path.find('/');
  const auto found = value.is_object() ? value.find(path.substr(0, slash)) : value.end();
  if (!value.is_object() || found == value.end()) return false;
  return slash == std::string_view::npos || !found->is_object() || value_has(*found, path.substr(slash + 1));
}

bool sets_lead_field(const Collection& collection, const std::string& path, const Json& value) {
  return std::any_of(collection.fields.begin(), collection.fields.end(), [&](const Field& field) {
    if (!field.lead_only) return false;
    if (is_below(path, field.name)) return true;
    if (!is_below(field.name, path)) return false;
    // A folder or record that is removed takes the field along.
    if (!value.is_object()) return true;
    return value_has(value, field.name.substr(path.empty() ? 0 : path.size() + 1));
  });
}

bool sets_lead_field(const Collection& collection, const Op& op) {
  if (op.kind == OpKind::Transition && op.value.is_object() &&
      sets_lead_field(collection, {}, op.value.value("facts", Json::object())))
    return true;
  return sets_lead_field(collection, op.path, op.value);
}

}  // namespace

std::optional<Problem> validate(const Collection& collection, const Op& op) {
  if (auto problem = check_path(op.path)) return problem;
  const auto cell = resolve(collection, op.path, op.kind, op.value);
  if (cell.field && leads_nowhere(*cell.field, op.path)) return wrong_type(op.path);
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
    if (field.required && value_at(body, field.name).is_null())
      return Problem{ProblemCode::RequiredMissing, {}, field.name};
  return std::nullopt;
}

std::optional<Problem> permit(const Collection& collection, const Op& op, Right right, bool creates) {
  const Problem forbidden{ProblemCode::Forbidden, {}, op.path};
  if (right == Right::Server) return std::nullopt;
  if (right == Right::None || right == Right::Read) return forbidden;
  if (creates) {
    const bool may = (collection.creators == Creators::Lead && right == Right::Lead) ||
                     (collection.creators == Creators::Team && right != Right::Service);
    return may && (right == Right::Lead || !sets_lead_field(collection, op)) ? std::nullopt : std::optional(forbidden);
  }
  const bool may = (collection.writers == Writers::Lead && right == Right::Lead) ||
                   (collection.writers == Writers::Team && right != Right::Service) ||
                   collection.writers == Writers::TeamAndService;
  if (!may || (right != Right::Lead && sets_lead_field(collection, op))) return forbidden;
  return std::nullopt;
}

}  // namespace anketa::schema
