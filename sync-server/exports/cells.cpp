#include "sync-server/exports/cells.hpp"

#include <algorithm>

namespace anketa::server::exports {
namespace {

/// Of what may be null, what it is otherwise.
const Json& without_null(const Json& schema) {
  const auto either = schema.find("anyOf");
  if (either == schema.end()) return schema;
  for (const auto& one : *either)
    if (one.value("type", "") != "null") return one;
  return schema;
}

CellKind kind_of(const Json& schema) {
  const auto format = schema.value("format", "");
  if (format == "money") return CellKind::Money;
  if (format == "date") return CellKind::Day;
  if (format == "instant") return CellKind::Instant;
  if (format == "hundredths") return CellKind::Hundredths;
  if (format == "decimal") return CellKind::Decimal;
  const auto type = schema.value("type", "");
  // Of a list of records their number is told.
  const bool records = type == "array" && schema.at("items").value("format", "") == "uuid";
  return type == "integer" || type == "number" || records ? CellKind::Number : CellKind::Text;
}

/// "offer/kind" in the words of the schema's tables, a plain group in those of the exports or the console.
std::string word_of(const std::string& words, const std::string& value, text::Language language) {
  auto path = words + "/" + value;
  std::replace(path.begin(), path.end(), '/', '.');
  for (const auto* table : {"export.value.", "record.value.", "dossier.value.", "programme.value.", "console."})
    if (text::has(language, table + path)) return text::get(language, table + path);
  return value;
}

bool is_label(const Json& value) {
  return value.is_object() && value.size() == 2 && value.contains("ru") && value.contains("en");
}

std::string readable(const Json& value, const Json& schema, text::Language language) {
  if (!value.is_string()) return value.dump();
  const auto words = schema.find("x-words");
  if (words == schema.end()) return value.get<std::string>();
  return word_of(words->get<std::string>(), value.get<std::string>(), language);
}

}  // namespace

const Json* member_schema(const Json& schema, std::string_view path) {
  const auto& object = without_null(schema);
  const auto slash = path.find('/');
  const auto members = object.find("properties");
  if (members == object.end()) return nullptr;
  const auto member = members->find(path.substr(0, slash));
  if (member == members->end()) return nullptr;
  return slash == path.npos ? &*member : member_schema(*member, path.substr(slash + 1));
}

SheetColumn column_of(const Json& schema, std::string_view path, std::string heading) {
  const auto& plain = without_null(schema);
  const bool person = path == "owner/name" || path == "rep/name" || path == "user/name" || path == "service/name";
  return {std::move(heading), kind_of(plain), plain.contains("x-words") || person};
}

Json cell_of(const Json& value, const Json& schema, text::Language language) {
  const auto& plain = without_null(schema);
  if (value.is_boolean()) return text::get(language, value.get<bool>() ? "console.record.yes" : "console.record.no");
  if (is_label(value)) return value.at(std::string(text::code(language)));
  if (value.is_array()) {
    if (kind_of(plain) == CellKind::Number) return value.size();
    std::string all;
    for (const auto& one : value) all += (all.empty() ? "" : ", ") + readable(one, plain.at("items"), language);
    return all;
  }
  if (value.is_string() && kind_of(plain) == CellKind::Text) return readable(value, plain, language);
  return value;
}

}  // namespace anketa::server::exports
