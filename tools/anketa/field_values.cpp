#include "tools/anketa/field_values.hpp"

#include <iterator>

#include "shared/problem/problem.hpp"
#include "shared/record/record_state.hpp"

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

}  // namespace

void put_fields(Json& body, const std::vector<std::string>& fields) {
  for (const auto& field : fields) put_field(body, field);
}

}  // namespace anketa::cli
