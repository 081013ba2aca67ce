#include "client-core/store/scope_table.hpp"

#include "client-core/store/sql.hpp"

namespace anketa::client {
namespace {

protocol::Grant read_grant(const sqlite::Statement& row) {
  protocol::Grant grant;
  grant.scope = uuid_at(row, 0);
  grant.role = row.string(1);
  const auto classes = Json::parse(row.text(2), nullptr, false);
  for (const auto& name : classes)
    if (name.is_string()) grant.classes.push_back(name.get<std::string>());
  grant.from = static_cast<std::uint64_t>(row.integer(3));
  return grant;
}

}  // namespace

std::vector<protocol::Grant> ScopeTable::grants() const {
  auto row = database_.statement("SELECT scope, role, classes, since FROM grant_in_force ORDER BY scope");
  std::vector<protocol::Grant> all;
  while (row.step()) all.push_back(read_grant(row));
  return all;
}

std::optional<protocol::Grant> ScopeTable::grant(const Scope& scope) const {
  auto row = database_.statement("SELECT scope, role, classes, since FROM grant_in_force WHERE scope = ?");
  row.bind(blob(scope));
  if (!row.step()) return std::nullopt;
  return read_grant(row);
}

bool ScopeTable::any_grants() const {
  return database_.query_integer("SELECT EXISTS(SELECT 1 FROM grant_in_force)").value_or(0) != 0;
}

void ScopeTable::replace_grants(const std::vector<protocol::Grant>& grants) {
  database_.run("DELETE FROM grant_in_force");
  for (const auto& grant : grants) {
    database_.run("INSERT OR REPLACE INTO grant_in_force(scope, role, classes, since) VALUES(?, ?, ?, ?)",
                  blob(grant.scope), grant.role, Json(grant.classes).dump(), grant.from);
    forget_revoked(grant.scope);
  }
}

void ScopeTable::revoke(const Scope& scope) {
  database_.run("INSERT OR IGNORE INTO revoked_scope(scope) VALUES(?)", blob(scope));
}

void ScopeTable::forget_revoked(const Scope& scope) {
  database_.run("DELETE FROM revoked_scope WHERE scope = ?", blob(scope));
}

std::vector<Scope> ScopeTable::revoked() const {
  auto row = database_.statement("SELECT scope FROM revoked_scope");
  std::vector<Scope> all;
  while (row.step()) all.push_back(uuid_at(row, 0));
  return all;
}

bool ScopeTable::is_revoked(const Scope& scope) const {
  return database_.query_integer("SELECT 1 FROM revoked_scope WHERE scope = ?", blob(scope)).has_value();
}

}  // namespace anketa::client
