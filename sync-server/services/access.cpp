#include "sync-server/services/access.hpp"

#include <algorithm>

namespace anketa::server {
namespace {

using schema::FieldClass;
using schema::Right;

const std::vector<FieldClass> every_class{FieldClass::Service, FieldClass::Relations, FieldClass::Finance,
                                          FieldClass::Personal, FieldClass::Restricted};
const std::vector<FieldClass> service_classes{FieldClass::Service};
const std::vector<FieldClass> no_classes;

std::vector<std::string> names(const std::vector<FieldClass>& classes) {
  std::vector<std::string> all;
  for (const auto field_class : classes) all.emplace_back(schema::name(field_class));
  return all;
}

}  // namespace

Access::Access(const Author& author, std::vector<GrantRow> grants) : author_(author), all_(std::move(grants)) {
  switch (author.role) {
    case Role::Lead:
      every_ = true;
      standing_ = {"lead", every_class};
      break;
    case Role::Manager:
      every_ = true;
      standing_ = {"reader", every_class};
      break;
    case Role::Service:
      every_ = true;
      standing_ = {"service", service_classes};
      break;
    case Role::Rep:
    case Role::Admin:
      break;
  }
  if (author.server) every_ = true, standing_ = {"lead", every_class};
  for (const auto& grant : all_) {
    if (grant.to != 0) continue;
    open_.push_back(grant);
    auto& held = by_scope_[grant.scope];
    held.role = grant.role;
    for (const auto& name : grant.classes)
      if (const auto field_class = schema::field_class(name)) held.classes.push_back(*field_class);
  }
}

const std::vector<FieldClass>* Access::classes(const Scope& scope) const {
  if (every_) return &standing_.classes;
  if (scope == company_scope) return &no_classes;
  const auto held = by_scope_.find(scope);
  return held == by_scope_.end() ? nullptr : &held->second.classes;
}

bool Access::complete(const std::vector<FieldClass>& classes) {
  return classes.size() == every_class.size();
}

Right Access::right(const Scope& scope) const {
  if (author_.server) return Right::Server;
  switch (author_.role) {
    case Role::Lead:
      return Right::Lead;
    case Role::Service:
      return scope == company_scope ? Right::Read : Right::Service;
    case Role::Manager:
      return Right::Read;
    case Role::Admin:
      return scope == company_scope ? Right::Lead : Right::None;
    case Role::Rep:
      break;
  }
  if (scope == company_scope) return Right::Read;
  const auto held = by_scope_.find(scope);
  if (held == by_scope_.end()) return Right::None;
  return held->second.role == "owner" || held->second.role == "member" ? Right::Team : Right::Read;
}

std::vector<Scope> Access::revoked_since(std::uint64_t seq) const {
  std::vector<Scope> revoked;
  for (const auto& grant : all_)
    if (grant.to > seq && !by_scope_.contains(grant.scope) &&
        std::find(revoked.begin(), revoked.end(), grant.scope) == revoked.end())
      revoked.push_back(grant.scope);
  return revoked;
}

bool Access::changed_since(std::uint64_t seq) const {
  return std::any_of(all_.begin(), all_.end(),
                     [&](const GrantRow& grant) { return grant.from > seq || grant.to > seq; });
}

std::vector<protocol::Grant> Access::travelling() const {
  std::vector<protocol::Grant> all{{company_scope, {}, "reader", 0}};
  if (every_) all.push_back({every_scope, names(standing_.classes), standing_.role, 0});
  for (const auto& grant : open_) all.push_back({grant.scope, grant.classes, grant.role, grant.from});
  return all;
}

void regrant(Writer& writer, const RecordState& before, const RecordState& after, std::uint64_t seq) {
  const auto user_of = [](const RecordState& record) { return Uuid::parse(string_or_empty(record.body, "user")); };
  const auto held = before.version > 0 && !before.deleted ? user_of(before) : std::nullopt;
  const auto holds = !after.deleted ? user_of(after) : std::nullopt;
  const auto role = string_or_empty(after.body, "role");
  if (held && holds && *held == *holds && role == string_or_empty(before.body, "role")) return;
  if (held) writer.close_grant(*held, before.scope, seq);
  if (!holds) return;
  writer.close_grant(*holds, after.scope, seq);
  writer.open_grant({*holds, after.scope, role, names(every_class), seq, 0});
}

}  // namespace anketa::server
