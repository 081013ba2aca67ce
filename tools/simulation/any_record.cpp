// Records of every collection that people make, as the schema declares them: a collection that is added is simulated
// from the day it is declared.
#include "tools/simulation/field_work.hpp"

namespace anketa::simulation {
namespace {

/// Made by actions of their own, or by none.
bool has_own_actions(std::string_view collection) {
  constexpr std::array<std::string_view, 9> own{"client",   "assignment",    "quality_case", "form",       "attachment",
                                                "conflict", "questionnaire", "offer",        "interaction"};
  return std::find(own.begin(), own.end(), collection) != own.end();
}

bool may_make(const schema::Collection& collection, Role role) {
  if (has_own_actions(collection.name) || collection.placement == schema::Placement::Own) return false;
  switch (collection.creators) {
    case schema::Creators::Team:
      return role == Role::Rep || role == Role::Lead;
    case schema::Creators::Lead:
      return role == Role::Lead;
    case schema::Creators::Server:
      break;
  }
  return false;
}

/// Marks by which the network is searched for what the service side must not see.
const char* mark_of(schema::FieldClass field_class) {
  switch (field_class) {
    case schema::FieldClass::Personal:
      return "~personal";
    case schema::FieldClass::Relations:
      return "~relations";
    case schema::FieldClass::Finance:
      return "~finance";
    default:
      return "";
  }
}

}  // namespace

void FieldWork::any_record(Device& device) {
  std::vector<const schema::Collection*> able;
  for (const auto& collection : schema::collections())
    if (may_make(collection, device.role)) able.push_back(&collection);
  if (able.empty()) return;
  const auto& collection = *rng_.pick(able);
  const auto known = pick(device, collection.name);
  if (!known || rng_.chance(400)) {
    if (collection.placement == schema::Placement::Company) return make_any(device, collection, company_scope);
    if (const auto account = pick_account(device)) make_any(device, collection, *account);
    return;
  }
  if (!collection.kept && rng_.chance(50))
    return apply(device, *known, "delete the whole", {{OpKind::Remove, "", nullptr, {}, {}}});
  const auto& field = collection.fields[rng_.below(collection.fields.size())];
  if (field.immutable || field.step_fact) return;
  if (auto value = any_value(device, field, known->view.scope)) set(device, *known, field.name, std::move(*value));
}

void FieldWork::make_any(Device& device, const schema::Collection& collection, const Scope& scope) {
  Json body = Json::object();
  for (const auto& field : collection.fields) {
    if (!field.required && !rng_.chance(400)) continue;
    auto value = field.name == "client" ? std::optional<Json>(scope.text()) : any_value(device, field, scope);
    if (value)
      put_value(body, field.name, std::move(*value));
    else if (field.required)
      return;
  }
  world_.change(device, "make a record of " + collection.name,
                [&](Hand& hand) { hand.create(collection.name, scope, body); });
}

std::optional<Json> FieldWork::any_value(Device& device, const schema::Field& field, const Scope& scope) {
  using schema::Kind;
  switch (field.kind) {
    case Kind::Text:
    case Kind::Document:
      return world_.phrase(scope, mark_of(field.field_class));
    case Kind::LongText:
      return std::string(mark_of(field.field_class)) + " " + world_.phrase(scope) + " " + world_.new_word();
    case Kind::Integer:
      return rng_.between(0, 3);
    case Kind::Money:
      return rng_.between(1, 1'000'000);
    case Kind::Decimal:
      return std::to_string(rng_.between(1, 99)) + ".5";
    case Kind::Boolean:
      return rng_.chance(500);
    case Kind::Date:
      return rng_.chance(500) ? "2025-06-12" : "2025-07-01";
    case Kind::Instant:
      return world_.now();
    case Kind::Choice:
      return field.values[rng_.below(field.values.size())];
    case Kind::Reference: {
      if (field.target == "user") return device.user.text();
      const auto named = pick(device, field.target);
      return named ? std::optional<Json>(named->view.id.text()) : std::nullopt;
    }
    case Kind::Set:
    case Kind::List:
    case Kind::Log:
    case Kind::Status:
    case Kind::Tree:
      break;
  }
  return std::nullopt;
}

}  // namespace anketa::simulation
