// What the user may see: grants in force, and scopes revoked but not yet purged.
#pragma once

#include <optional>
#include <vector>

#include "shared/protocol/messages.hpp"
#include "shared/sqlite/database.hpp"

namespace anketa::client {

class ScopeTable {
 public:
  explicit ScopeTable(sqlite::Database& database) : database_(database) {}

  std::vector<protocol::Grant> grants() const;
  std::optional<protocol::Grant> grant(const Scope& scope) const;
  /// Before the first sync nothing is known of grants.
  bool any_grants() const;
  /// All grants in force, in place of those known. A scope granted again is no longer revoked.
  void replace_grants(const std::vector<protocol::Grant>& grants);

  void revoke(const Scope& scope);
  void forget_revoked(const Scope& scope);
  std::vector<Scope> revoked() const;
  bool is_revoked(const Scope& scope) const;

 private:
  sqlite::Database& database_;
};

}  // namespace anketa::client
