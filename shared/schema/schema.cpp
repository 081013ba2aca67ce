#include "shared/schema/schema.hpp"

#include <array>

#include "shared/record/record_state.hpp"

namespace anketa::schema {
namespace {

constexpr std::array<std::string_view, 6> class_names{"general", "service",  "relations",
                                                      "finance", "personal", "restricted"};

bool names_item(std::string_view member) {
  return Uuid::parse(member).has_value();
}

std::string_view parent_of(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

std::string_view last_of(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

/// The declared field whose path is `path` or a parent of it.
const Field* field_above(const Collection& collection, std::string_view path) {
  for (const auto& field : collection.fields) {
    const std::string_view name = field.name;
    if (path == name || (path.size() > name.size() && path[name.size()] == '/' && path.starts_with(name)))
      return &field;
  }
  return nullptr;
}

/// Whether fields are declared below the path ("contract" above "contract/sites").
bool is_folder(const Collection& collection, std::string_view path) {
  return std::any_of(collection.fields.begin(), collection.fields.end(), [&](const Field& field) {
    const std::string_view name = field.name;
    return name.size() > path.size() && name[path.size()] == '/' && name.starts_with(path);
  });
}

/// Cells whose shape is all there is to go by: below a Tree, and below an undeclared field.
CellKind free_kind(std::string_view path, OpKind op, const Json& value, std::string& container) {
  if (op == OpKind::Add || (op == OpKind::Remove && value.is_string())) {
    container = path;
    return CellKind::SetElement;
  }
  if (op == OpKind::Append) {
    container = path;
    return CellKind::LogEntry;
  }
  if (names_item(last_of(path))) {
    container = parent_of(path);
    return CellKind::ListItem;
  }
  if (value.is_array()) return CellKind::Set;
  if (value.is_object()) return CellKind::Subtree;
  return CellKind::Scalar;
}

Cell in_container(const Field& field, std::string_view path, CellKind whole, CellKind item) {
  Cell cell{whole, &field, field.field_class, std::string(field.name)};
  if (path.size() == field.name.size()) return cell;
  const auto rest = path.substr(field.name.size() + 1);
  cell.kind = rest.find('/') == std::string_view::npos ? item : CellKind::Scalar;
  return cell;
}

Cell in_field(const Field& field, std::string_view path, OpKind op, const Json& value) {
  Cell cell{CellKind::Scalar, &field, field.field_class, {}};
  switch (field.kind) {
    case Kind::LongText:
      cell.kind = CellKind::LongText;
      return cell;
    case Kind::Status:
      cell.kind = CellKind::Status;
      return cell;
    case Kind::Set:
      cell.container = field.name;
      cell.kind = op == OpKind::Add || op == OpKind::Remove ? CellKind::SetElement : CellKind::Set;
      return cell;
    case Kind::List:
      return in_container(field, path, CellKind::List, CellKind::ListItem);
    case Kind::Log:
      cell = in_container(field, path, CellKind::Log, CellKind::LogEntry);
      if (op == OpKind::Append) cell.kind = CellKind::LogEntry;
      return cell;
    case Kind::Tree:
      cell.kind = free_kind(path, op, value, cell.container);
      return cell;
    default:
      return cell;
  }
}

bool is_class_visible(FieldClass field_class, std::span<const FieldClass> classes) {
  return field_class == FieldClass::General || std::find(classes.begin(), classes.end(), field_class) != classes.end();
}

/// Drops from `value` what the classes do not show; `path` is where it stands.
Json visible_below(const Collection& collection, const Json& value, const std::string& path,
                   std::span<const FieldClass> classes) {
  Json shown = Json::object();
  for (const auto& [key, child] : value.items()) {
    const auto child_path = join_path(path, key);
    if (!field_above(collection, child_path) && is_folder(collection, child_path) && child.is_object()) {
      auto below = visible_below(collection, child, child_path, classes);
      if (!below.empty()) shown[key] = std::move(below);
      continue;
    }
    const auto* field = field_above(collection, child_path);
    if (is_class_visible(field ? field->field_class : FieldClass::Restricted, classes)) shown[key] = child;
  }
  return shown;
}

constexpr std::array<std::string_view, 16> kind_names{
    "text",    "long_text", "document", "integer", "money", "decimal", "boolean", "date",
    "instant", "reference", "choice",   "set",     "list",  "log",     "status",  "tree"};

Json describe_field(const Field& field) {
  Json json{{"name", field.name},
            {"kind", kind_names[static_cast<std::size_t>(field.kind)]},
            {"class", name(field.field_class)}};
  if (field.required) json["required"] = true;
  if (field.searchable) json["searchable"] = true;
  if (field.immutable) json["immutable"] = true;
  if (field.lead_only) json["lead_only"] = true;
  if (field.team_only) json["team_only"] = true;
  if (field.step_fact) json["step_fact"] = true;
  if (!field.values.empty()) json["values"] = field.values;
  if (!field.target.empty()) json["target"] = field.target;
  for (const auto& transition : field.transitions) json["transitions"].push_back({transition.from, transition.to});
  for (const auto& guard : field.guards)
    json["guards"].push_back({{"to", guard.to}, {"needs", guard.needs}, {"by_team", guard.by_team}});
  for (const auto& item : field.items) json["items"].push_back(describe_field(item));
  return json;
}

}  // namespace

std::string_view name(FieldClass field_class) {
  return class_names[static_cast<std::size_t>(field_class)];
}

std::optional<FieldClass> field_class(std::string_view name) {
  for (std::size_t i = 0; i < class_names.size(); ++i)
    if (class_names[i] == name) return static_cast<FieldClass>(i);
  return std::nullopt;
}

const Guard* Field::guard(std::string_view to) const {
  for (const auto& guard : guards)
    if (guard.to == to) return &guard;
  return nullptr;
}

bool Field::is_earned(std::string_view to) const {
  const auto* found = guard(to);
  return found && !found->needs.empty();
}

const Field* Collection::field(std::string_view name) const {
  for (const auto& field : fields)
    if (field.name == name) return &field;
  return nullptr;
}

const Collection* collection(std::string_view name) {
  for (const auto& collection : collections())
    if (collection.name == name) return &collection;
  return nullptr;
}

int first_sync_stage(std::string_view collection) {
  for (const auto* first : {"user", "form", "quality_settings", "campaign", "holiday", "absence", "client",
                            "assignment", "campaign_client"})
    if (collection == first) return 1;
  for (const auto* second : {"contact", "dossier_part", "relation_actor", "competitor", "opportunity", "range_item",
                             "quality_case", "task", "visit", "call", "conflict"})
    if (collection == second) return 2;
  return 3;
}

Cell resolve(const Collection& collection, std::string_view path, OpKind op, const Json& value) {
  if (path.empty()) return {CellKind::Record, nullptr, FieldClass::General, {}};
  if (const auto* field = field_above(collection, path)) return in_field(*field, path, op, value);
  if (is_folder(collection, path)) return {CellKind::Subtree, nullptr, FieldClass::General, {}};
  Cell cell;
  cell.kind = free_kind(path, op, value, cell.container);
  return cell;
}

Json visible(const Collection& collection, const Json& body, std::span<const FieldClass> classes) {
  return body.is_object() ? visible_below(collection, body, {}, classes) : body;
}

std::string search_text(const Collection& collection, const Json& body) {
  std::string out;
  for (const auto& field : collection.fields) {
    if (!field.searchable) continue;
    const auto& value = value_at(body, field.name);
    if (!value.is_string()) continue;
    out += value.get_ref<const std::string&>();
    out += '\n';
  }
  return out;
}

Json describe() {
  Json all = Json::array();
  for (const auto& collection : collections()) {
    Json fields = Json::array();
    for (const auto& field : collection.fields) fields.push_back(describe_field(field));
    all.push_back({{"name", collection.name}, {"fields", std::move(fields)}});
  }
  return {{"version", version}, {"collections", std::move(all)}};
}

}  // namespace anketa::schema
