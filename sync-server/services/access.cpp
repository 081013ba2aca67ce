#include "sync-server/services/access.hpp"

#include <algorithm>

namespace anketa::server {
namespace {

using schema::FieldClass;
using schema::Right;

std::vector<std::string> names(ClassMask mask) {
  std::vector<std::string> all;
  for (const auto field_class : classes_of(mask)) all.emplace_back(schema::name(field_class));
  return all;
}

ClassMask mask_of_names(const std::vector<std::string>& names) {
  std::vector<FieldClass> classes;
  for (const auto& name : names)
    if (const auto field_class = schema::field_class(name)) classes.push_back(*field_class);
  return mask_of(classes);
}

bool works_there(const GrantRow& grant) {
  return grant.role == "owner" || grant.role == "member";
}

}  // namespace

Access::Access(const Author& author, std::vector<GrantRow> grants, std::uint64_t honoured)
    : author_(author), all_(std::move(grants)) {
  if (author.server || author.role == Role::Lead) every_ = all_classes, standing_role_ = "lead";
  if (!author.server && author.role == Role::Manager) every_ = all_classes, standing_role_ = "reader";
  if (!author.server && author.role == Role::Service)
    every_ = service_side, standing_role_ = "service";
  for (const auto& grant : all_)
    if (grant.to == 0) open_.emplace(grant.scope, grant);
  if (author.role != Role::Rep || every_) return;
  for (const auto& grant : all_)
    if (grant.to > honoured && !open_.contains(grant.scope) && works_there(grant))
      late_[grant.scope] = mask_of_names(grant.classes);
}

std::optional<ClassMask> Access::sees(const Scope& scope) const {
  if (scope == company_scope) return all_classes;
  if (every_) return every_;
  const auto held = open_.find(scope);
  return held == open_.end() ? std::nullopt : std::optional(mask_of_names(held->second.classes));
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
  if (late_.contains(scope)) return Right::Team;
  const auto held = open_.find(scope);
  if (held == open_.end()) return Right::None;
  return works_there(held->second) ? Right::Team : Right::Read;
}

std::optional<ClassMask> Access::late(const Scope& scope) const {
  const auto found = late_.find(scope);
  return found == late_.end() ? std::nullopt : std::optional(found->second);
}

std::string Access::standing() const {
  return every_ ? standing_role_ + std::to_string(*every_) : "granted";
}

std::vector<ClassMask> Access::masks() const {
  if (every_) return {*every_};
  std::vector<ClassMask> masks;
  for (const auto& [scope, grant] : open_) {
    const auto mask = mask_of_names(grant.classes);
    if (std::find(masks.begin(), masks.end(), mask) == masks.end()) masks.push_back(mask);
  }
  return masks;
}

protocol::ContentSum Access::sum(Reader& reader) const {
  if (every_) return reader.scope_sum(every_scope, *every_);
  auto total = reader.scope_sum(company_scope, all_classes);
  for (const auto& [scope, grant] : open_) total += reader.scope_sum(scope, mask_of_names(grant.classes));
  return total;
}

std::vector<Scope> Access::revoked_since(std::uint64_t seq) const {
  std::vector<Scope> revoked;
  for (const auto& grant : all_)
    if (grant.to > seq && !open_.contains(grant.scope) &&
        std::find(revoked.begin(), revoked.end(), grant.scope) == revoked.end())
      revoked.push_back(grant.scope);
  return revoked;
}

std::uint64_t Access::changed_at() const {
  std::uint64_t newest = 0;
  for (const auto& grant : all_) newest = std::max({newest, grant.from, grant.to});
  return newest;
}

std::vector<protocol::Grant> Access::travelling() const {
  std::vector<protocol::Grant> all{{company_scope, {}, "reader", 0}};
  if (every_) all.push_back({every_scope, names(*every_), standing_role_, 0});
  for (const auto& [scope, grant] : open_) all.push_back({scope, grant.classes, grant.role, grant.from});
  return all;
}

namespace {

/// The grant that a user's assignments to a client give him together; nullopt: none.
std::optional<GrantRow> due_grant(Writer& writer, const Uuid& user, const Scope& scope) {
  std::optional<GrantRow> due;
  ClassMask mask = 0;
  for (const auto& head : writer.heads_of("assignment", scope)) {
    if (head.deleted) continue;
    const auto body = Json::parse(head.body);
    if (Uuid::parse(string_or_empty(body, "user")) != user) continue;
    const auto role = string_or_empty(body, "role");
    if (!due) due = GrantRow{user, scope, role, {}, 0, 0};
    if (role == "owner") due->role = role;
    const auto classes = body.find("classes");
    mask |= classes == body.end() ? all_classes : mask_of_names(classes->get<std::vector<std::string>>());
  }
  if (due) due->classes = names(mask);
  return due;
}

}  // namespace

void regrant(Writer& writer, const RecordState& before, const RecordState& after, std::uint64_t seq) {
  std::vector<Uuid> users;
  for (const auto* record : {&before, &after})
    if (const auto user = Uuid::parse(string_or_empty(record->body, "user")))
      if (std::find(users.begin(), users.end(), *user) == users.end()) users.push_back(*user);
  for (const auto& user : users) {
    const auto due = due_grant(writer, user, after.scope);
    const auto held = writer.open_grant_of(user, after.scope);
    if (held && due && held->role == due->role && held->classes == due->classes) continue;
    if (held) writer.close_grant(user, after.scope, seq);
    if (!due) continue;
    auto opened = *due;
    opened.from = seq;
    writer.open_grant(opened);
  }
}

}  // namespace anketa::server
