#include "tools/anketa/field_values.hpp"

#include <algorithm>
#include <iterator>

#include "shared/problem/problem.hpp"
#include "shared/record/record_state.hpp"
#include "shared/schema/schema.hpp"

namespace anketa::cli {
namespace {

void put_field(Json& body, const std::string& field) {
  const auto sign = field.find('=');
  if (sign == std::string::npos || sign == 0)
    throw ProblemError(ProblemCode::UsageInvalid, {{"reason", "cli.record.not_an_assignment"}, {"text", field}});
  const auto text = field.substr(sign + 1);
  Json value = Json::parse(text, nullptr, false);
  if (value.is_discarded()) value = text;
  Json* place = &body;
  const auto members = split_path(field.substr(0, sign));
  for (auto member = members.begin(); member != std::prev(members.end()); ++member) place = &(*place)[*member];
  (*place)[members.back()] = std::move(value);
}

bool has_field(const schema::Collection& collection, const std::string& path) {
  return std::any_of(collection.fields.begin(), collection.fields.end(), [&](const schema::Field& field) {
    return path == field.name || path.starts_with(field.name + "/") || field.name.starts_with(path + "/");
  });
}

}  // namespace

void put_fields(Json& body, const std::vector<std::string>& fields) {
  for (const auto& field : fields) put_field(body, field);
}

void put_fields_of(std::string_view collection, Json& body, const std::vector<std::string>& fields) {
  const auto* declared = schema::collection(collection);
  for (const auto& field : fields) {
    put_field(body, field);
    const auto path = field.substr(0, field.find('='));
    if (declared && !has_field(*declared, path))
      throw ProblemError(ProblemCode::UsageInvalid, {{"reason", "cli.record.no_such_field"}, {"field", path}});
  }
}

}  // namespace anketa::cli
