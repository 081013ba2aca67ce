// Validation and permission: what an op may hold and who may make it.
#include <charconv>

#include "shared/record/record_state.hpp"
#include "shared/schema/schema.hpp"

namespace anketa::schema {
namespace {

constexpr std::size_t max_text = 2'000;
constexpr std::size_t max_long_text = 100'000;
constexpr std::size_t max_document = 900'000;
constexpr std::size_t max_path = 512;
constexpr int max_depth = 16;

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

/// Free JSON below a tree: no floating point, no null, bounded depth, arrays of strings only.
std::optional<Problem> check_free(const Json& value, const std::string& path, int depth) {
  if (depth > max_depth) return Problem{ProblemCode::TooDeep, {{"limit", std::to_string(max_depth)}}, path};
  if (value.is_number_float()) return wrong_type(path);
  if (value.is_string()) return check_text(value, max_long_text, path);
  if (value.is_array()) {
    for (const auto& element : value)
      if (auto problem = check_text(element, max_text, path)) return problem;
    return std::nullopt;
  }
  if (value.is_object())
    for (const auto& [key, child] : value.items()) {
      if (key.empty() || key.find('/') != std::string::npos) return invalid(path, key.substr(0, 60));
      if (auto problem = check_free(child, join_path(path, key), depth + 1)) return problem;
    }
  return std::nullopt;
}

std::optional<Problem> check_value(const Field& field, const Json& value, const std::string& path);

std::optional<Problem> check_items(const Field& field, const Json& items, const std::string& path) {
  if (!items.is_object()) return wrong_type(path);
  for (const auto& [id, item] : items.items()) {
    const auto item_path = join_path(path, id);
    if (!Uuid::parse(id)) return invalid(item_path, id.substr(0, 60));
    if (item.is_null()) continue;
    if (!item.is_object()) return wrong_type(item_path);
    for (const auto& [key, value] : item.items()) {
      const auto found =
          std::find_if(field.items.begin(), field.items.end(), [&](const Field& f) { return f.name == key; });
      const auto problem = found == field.items.end() ? check_free(value, join_path(item_path, key), 0)
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
      return value.is_number_integer() ? std::nullopt : wrong_type(path);
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
      if (!value.is_array()) return wrong_type(path);
      return check_free(value, path, 0);
    case Kind::List:
    case Kind::Log:
      return check_items(field, value, path);
    case Kind::Tree:
      return check_free(value, path, 0);
  }
  return std::nullopt;
}

/// A body or part of one, field by field: what a set of the whole record or of a folder holds.
std::optional<Problem> check_body(const Collection& collection, const Json& value, const std::string& path) {
  if (!value.is_object()) return wrong_type(path);
  for (const auto& [key, child] : value.items()) {
    if (key.empty() || key.find('/') != std::string::npos) return invalid(path, key.substr(0, 60));
    const auto child_path = join_path(path, key);
    const auto cell = resolve(collection, child_path, OpKind::Set, child);
    std::optional<Problem> problem;
    if (cell.field)
      problem = check_value(*cell.field, child, child_path);
    else if (cell.kind == CellKind::Subtree && cell.field_class == FieldClass::General)
      problem = check_body(collection, child, child_path);
    else
      problem = check_free(child, child_path, 0);
    if (problem) return problem;
  }
  return std::nullopt;
}

std::optional<Problem> check_transition(const Cell& cell, const Op& op) {
  if (!cell.field || cell.kind != CellKind::Status || !op.value.is_object()) return wrong_type(op.path);
  for (const char* end : {"from", "to"})
    if (auto problem = check_value(*cell.field, op.value.value(end, Json(0)), op.path)) return problem;
  return std::nullopt;
}

std::optional<Problem> check_set(const Collection& collection, const Cell& cell, const Op& op) {
  if (cell.kind == CellKind::Record) return check_body(collection, op.value, {});
  if (!cell.field) {
    if (cell.kind == CellKind::Subtree && cell.field_class == FieldClass::General && op.value.is_object())
      return check_body(collection, op.value, op.path);
    return check_free(op.value, op.path, 0);
  }
  const auto& field = *cell.field;
  if (op.path.size() == field.name.size()) return check_value(field, op.value, op.path);
  if (field.kind != Kind::List && field.kind != Kind::Log) {
    if (field.kind != Kind::Tree) return wrong_type(op.path);
    return check_free(op.value, op.path, 0);
  }
  // One item, or one cell of an item: checked as the list that holds just that.
  const auto members = split_path(std::string_view(op.path).substr(field.name.size() + 1));
  if (members.size() > 2) return wrong_type(op.path);
  const Json item = members.size() == 1 ? op.value : Json{{members[1], op.value}};
  return check_items(field, Json{{members[0], item}}, field.name);
}

bool sets_lead_field(const Collection& collection, const Op& op) {
  return std::any_of(collection.fields.begin(), collection.fields.end(), [&](const Field& field) {
    if (!field.lead_only) return false;
    if (is_below(op.path, field.name)) return true;
    if (!is_below(field.name, op.path) || !op.value.is_object()) return false;
    const auto rest = op.path.empty() ? field.name : field.name.substr(op.path.size() + 1);
    return !value_at(op.value, rest).is_null();
  });
}

}  // namespace

std::optional<Problem> validate(const Collection& collection, const Op& op) {
  if (op.path.size() > max_path) return Problem{ProblemCode::TooLarge, {{"limit", std::to_string(max_path)}}, "path"};
  const auto cell = resolve(collection, op.path, op.kind, op.value);
  switch (op.kind) {
    case OpKind::Set:
      return check_set(collection, cell, op);
    case OpKind::Remove:
      return std::nullopt;
    case OpKind::Add:
      if (cell.kind != CellKind::SetElement) return wrong_type(op.path);
      return check_text(op.value, max_text, op.path);
    case OpKind::Append: {
      const auto id = Uuid::parse(string_or_empty(op.value, "id"));
      if (cell.kind != CellKind::LogEntry || !id) return wrong_type(op.path);
      if (!cell.field || cell.field->kind != Kind::Log) return check_free(op.value, op.path, 0);
      auto entry = op.value;
      entry.erase("id");
      return check_items(*cell.field, Json{{id->text(), std::move(entry)}}, op.path);
    }
    case OpKind::Transition:
      return check_transition(cell, op);
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
    const bool may = collection.creators == Creators::Lead
                         ? right == Right::Lead
                         : collection.creators == Creators::Team && right != Right::Service;
    return may ? std::nullopt : std::optional(forbidden);
  }
  const bool may = (collection.writers == Writers::Lead && right == Right::Lead) ||
                   (collection.writers == Writers::Team && right != Right::Service) ||
                   collection.writers == Writers::TeamAndService;
  if (!may || (right != Right::Lead && sets_lead_field(collection, op))) return forbidden;
  return std::nullopt;
}

}  // namespace anketa::schema
