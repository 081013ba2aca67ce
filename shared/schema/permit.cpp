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

/// Whether a value at a path gives the field one, or takes it away.
bool sets(const Field& field, const std::string& path, const Json& value) {
  if (is_below(path, field.name)) return true;
  if (!is_below(field.name, path)) return false;
  // A folder or record that is removed takes the field along.
  if (!value.is_object()) return true;
  return value_has(value, field.name.substr(path.empty() ? 0 : path.size() + 1));
}

Json facts_of(const Op& op) {
  if (op.kind != OpKind::Transition || !op.value.is_object()) return Json::object();
  return op.value.value("facts", Json::object());
}

bool sets(const Field& field, const Op& op) {
  const auto facts = facts_of(op);
  return sets(field, op.path, op.value) || (!facts.empty() && sets(field, {}, facts));
}

bool sets_any(const Collection& collection, const Op& op, bool Field::*marked) {
  return std::any_of(collection.fields.begin(), collection.fields.end(),
                     [&](const Field& field) { return field.*marked && sets(field, op); });
}

/// The value the op would bring the status to, by a step or outright; none: it leaves the status alone.
std::string status_after(const Field& status, const Op& op) {
  if (op.kind == OpKind::Transition) return op.path == status.name ? string_or_empty(op.value, "to") : std::string();
  if (op.kind != OpKind::Set || !is_below(status.name, op.path)) return {};
  const auto rest = status.name.substr(op.path.empty() ? 0 : std::min(status.name.size(), op.path.size() + 1));
  const auto& value = rest.empty() ? op.value : value_at(op.value, rest);
  return value.is_string() ? value.get<std::string>() : std::string();
}

/// Steps that only the client's team takes.
bool takes_team_step(const Collection& collection, const Op& op) {
  return std::any_of(collection.fields.begin(), collection.fields.end(), [&](const Field& field) {
    const auto* guard = field.kind == Kind::Status ? field.guard(status_after(field, op)) : nullptr;
    return guard && guard->by_team;
  });
}

/// A fact comes along with the step that needs it; a resolution may settle what it is, but not take it away.
bool sets_fact_astray(const Collection& collection, const Op& op) {
  const auto facts = facts_of(op);
  const Field* status = op.kind == OpKind::Transition ? collection.field(op.path) : nullptr;
  const auto* guard = status ? status->guard(string_or_empty(op.value, "to")) : nullptr;
  return std::any_of(collection.fields.begin(), collection.fields.end(), [&](const Field& field) {
    if (!field.step_fact) return false;
    if (!facts.empty() && sets(field, {}, facts))
      return !guard || std::find(guard->needs.begin(), guard->needs.end(), field.name) == guard->needs.end();
    if (!sets(field, op.path, op.value)) return false;
    return op.kind != OpKind::Set || op.path != field.name || op.consumes.empty() || op.value.is_null();
  });
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
  if (collection.kept && op.kind == OpKind::Remove && op.path.empty())
    return Problem{ProblemCode::ReadOnlyField, {}, collection.name};
  if (sets_fact_astray(collection, op)) return Problem{ProblemCode::ReadOnlyField, {}, op.path};
  if (creates) {
    const bool may = (collection.creators == Creators::Lead && right == Right::Lead) ||
                     (collection.creators == Creators::Team && right != Right::Service);
    const bool lead_field = right != Right::Lead && sets_any(collection, op, &Field::lead_only);
    return may && !lead_field ? std::nullopt : std::optional(forbidden);
  }
  const bool may = (collection.writers == Writers::Lead && right == Right::Lead) ||
                   (collection.writers == Writers::Team && right != Right::Service) ||
                   collection.writers == Writers::TeamAndService;
  if (!may || (right != Right::Lead && sets_any(collection, op, &Field::lead_only))) return forbidden;
  if (right == Right::Service && (sets_any(collection, op, &Field::team_only) || takes_team_step(collection, op)))
    return forbidden;
  return std::nullopt;
}

}  // namespace anketa::schema
