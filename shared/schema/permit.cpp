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

bool sees(FieldClass field_class, std::span<const FieldClass> classes) {
  return field_class == FieldClass::General || std::find(classes.begin(), classes.end(), field_class) != classes.end();
}

/// The first path at or below `path` that the value would set and the classes do not show.
std::optional<std::string> unseen(const Collection& collection, const std::string& path, const Json& value,
                                  std::span<const FieldClass> classes) {
  const auto cell = resolve(collection, path, OpKind::Set, value);
  const bool above_fields = path.empty() || cell.is_folder();
  if (!above_fields) return sees(cell.field_class, classes) ? std::nullopt : std::optional(path);
  if (!value.is_object()) {
    // A folder that is cleared takes its fields along.
    for (const auto& field : collection.fields)
      if (!path.empty() && is_below(field.name, path) && !sees(field.field_class, classes)) return field.name;
    return std::nullopt;
  }
  for (const auto& [key, child] : value.items())
    if (auto found = unseen(collection, join_path(path, key), child, classes)) return found;
  return std::nullopt;
}

}  // namespace

std::optional<Problem> permit_sight(const Collection& collection, const Op& op, std::span<const FieldClass> classes) {
  const bool transition = op.kind == OpKind::Transition;
  auto found = unseen(collection, op.path, transition ? Json() : op.value, classes);
  if (!found && transition && op.value.is_object())
    found = unseen(collection, {}, op.value.value("facts", Json::object()), classes);
  return found ? std::optional(Problem{ProblemCode::Forbidden, {}, *found}) : std::nullopt;
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
