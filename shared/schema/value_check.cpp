#include "shared/schema/value_check.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <limits>

namespace anketa::schema {
namespace {

constexpr std::size_t max_text = 2'000;
constexpr std::size_t max_long_text = 100'000;
constexpr std::size_t max_document = 900'000;

std::optional<Problem> check_text(const Json& value, std::size_t limit, const Where& where) {
  if (!value.is_string()) return wrong_type(where);
  if (value.get_ref<const std::string&>().size() <= limit) return std::nullopt;
  return Problem{ProblemCode::TooLarge, {{"limit", std::to_string(limit)}}, where.path()};
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

std::optional<Problem> check_integer(const Json& value, const Where& where) {
  constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
  const bool fits = value.is_number_integer() && (!value.is_number_unsigned() || value.get<std::uint64_t>() <= most);
  return fits ? std::nullopt : std::optional(wrong_type(where));
}

std::optional<Problem> check_elements(const Json& elements, const Where& where) {
  if (!elements.is_array()) return wrong_type(where);
  for (const auto& element : elements)
    if (auto problem = check_element(element, where)) return problem;
  return std::nullopt;
}

/// A string for which `valid` holds.
template <typename Valid>
std::optional<Problem> check_string(const Json& value, const Where& where, const Valid& valid) {
  if (!value.is_string()) return wrong_type(where);
  const auto& text = value.get_ref<const std::string&>();
  return valid(text) ? std::nullopt : std::optional(invalid(where, text));
}

std::optional<Problem> check_item(const Field& field, const Json& item, const Where& where) {
  if (item.is_null()) return std::nullopt;
  if (!item.is_object()) return wrong_type(where);
  for (const auto& [key, value] : item.get_ref<const Json::object_t&>()) {
    if (auto problem = check_member(key, where)) return problem;
    const Where cell(where, key);
    const auto declared = std::find_if(field.items.begin(), field.items.end(),
                                       [&name = key](const Field& each) { return each.name == name; });
    auto problem = declared == field.items.end() ? check_free(value, cell) : check_value(*declared, value, cell);
    if (problem) return problem;
  }
  return std::nullopt;
}

}  // namespace

Where::Where(std::string_view path)
    : member_(path),
      bytes_(path.size()),
      members_(path.empty() ? 0 : static_cast<std::size_t>(std::count(path.begin(), path.end(), '/')) + 1) {}

std::string Where::path() const {
  if (!above_) return std::string(member_);
  auto path = above_->path();
  if (!path.empty()) path += '/';
  return path += member_;
}

std::optional<Problem> Where::check_size() const {
  if (bytes_ > max_path) return Problem{ProblemCode::TooLarge, {{"limit", std::to_string(max_path)}}, "path"};
  if (members_ > max_members) return Problem{ProblemCode::TooDeep, {{"limit", std::to_string(max_members)}}, path()};
  return std::nullopt;
}

Problem wrong_type(const Where& where) {
  return {ProblemCode::WrongType, {}, where.path()};
}

Problem invalid(const Where& where, std::string_view value) {
  return {ProblemCode::InvalidValue, {{"value", excerpt(value)}}, where.path()};
}

bool is_item_id(std::string_view text) {
  return Uuid::parse(text) && std::none_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'F'; });
}

std::optional<Problem> check_member(const std::string& member, const Where& where) {
  if (!member.empty() && member.find('/') == std::string::npos) return std::nullopt;
  return invalid(where, member);
}

std::optional<Problem> check_element(const Json& element, const Where& where) {
  if (auto problem = check_text(element, max_text, where)) return problem;
  return element.get_ref<const std::string&>().empty() ? std::optional(invalid(where, {})) : std::nullopt;
}

std::optional<Problem> check_free(const Json& value, const Where& where) {
  if (value.is_object()) {
    for (const auto& [key, child] : value.get_ref<const Json::object_t&>()) {
      if (auto problem = check_member(key, where)) return problem;
      if (auto problem = check_free(child, Where(where, key))) return problem;
    }
    return std::nullopt;
  }
  if (auto problem = where.check_size()) return problem;
  if (value.is_array()) return check_elements(value, where);
  if (value.is_string()) return check_text(value, max_long_text, where);
  if (value.is_number()) return check_integer(value, where);
  return std::nullopt;
}

std::optional<Problem> check_items(const Field& field, const Json& items, const Where& where) {
  if (!items.is_object()) return wrong_type(where);
  for (const auto& [id, item] : items.get_ref<const Json::object_t&>()) {
    if (!is_item_id(id)) return invalid(where, id);
    if (auto problem = check_item(field, item, Where(where, id))) return problem;
  }
  return std::nullopt;
}

std::optional<Problem> check_value(const Field& field, const Json& value, const Where& where) {
  if (value.is_null()) return std::nullopt;
  switch (field.kind) {
    case Kind::Text:
      return check_text(value, max_text, where);
    case Kind::LongText:
      return check_text(value, max_long_text, where);
    case Kind::Document:
      return check_text(value, max_document, where);
    case Kind::Integer:
    case Kind::Money:
    case Kind::Instant:
      return check_integer(value, where);
    case Kind::Boolean:
      return value.is_boolean() ? std::nullopt : std::optional(wrong_type(where));
    case Kind::Decimal:
      return check_string(value, where, is_decimal);
    case Kind::Date:
      return check_string(value, where, is_date);
    case Kind::Reference:
      return check_string(value, where, [](const std::string& text) { return Uuid::parse(text).has_value(); });
    case Kind::Choice:
    case Kind::Status:
      return check_string(value, where, [&](const std::string& text) {
        return std::find(field.values.begin(), field.values.end(), text) != field.values.end();
      });
    case Kind::Set:
      return check_elements(value, where);
    case Kind::List:
    case Kind::Log:
      return check_items(field, value, where);
    case Kind::Tree:
      return value.is_object() ? check_free(value, where) : wrong_type(where);
  }
  return std::nullopt;
}

}  // namespace anketa::schema
