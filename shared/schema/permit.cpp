// Who may make an op.
#include <algorithm>

#include "shared/record/record_state.hpp"
#include "shared/schema/schema.hpp"

namespace anketa::schema {
namespace {

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
