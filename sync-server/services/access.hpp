// What a user may read and write: his role's standing grants and those his assignments opened (R34, R36).
#pragma once

#include <unordered_map>
#include <vector>

#include "shared/record/role.hpp"
#include "shared/schema/schema.hpp"
#include "sync-server/store/store.hpp"

namespace anketa::server {

/// Who asks: taken from the access token.
struct Author {
  Uuid user;
  Uuid device;
  Role role = Role::Rep;
  /// The server's own programs (import, demo, derived records).
  bool server = false;
};

class Access {
 public:
  Access(const Author& author, std::vector<GrantRow> grants);

  /// Field classes the author sees in a scope beyond the general one; nullopt: he does not see the scope.
  const std::vector<schema::FieldClass>* classes(const Scope& scope) const;
  /// All classes there are: nothing of a record has to be held back.
  static bool complete(const std::vector<schema::FieldClass>& classes);
  schema::Right right(const Scope& scope) const;

  bool sees_every_scope() const noexcept { return every_; }
  /// Open grants by assignment, oldest first.
  const std::vector<GrantRow>& open_grants() const noexcept { return open_; }
  /// Scopes whose last grant closed after that place in history.
  std::vector<Scope> revoked_since(std::uint64_t seq) const;
  /// Whether a grant opened or closed after that place in history.
  bool changed_since(std::uint64_t seq) const;
  /// All grants in force, as they travel.
  std::vector<protocol::Grant> travelling() const;

 private:
  struct Held {
    std::string role;
    std::vector<schema::FieldClass> classes;
  };
  Author author_;
  bool every_ = false;
  Held standing_;
  std::vector<GrantRow> open_;
  std::vector<GrantRow> all_;
  std::unordered_map<Uuid, Held> by_scope_;
};

/// Keeps grants in step with a client's assignments, after one of them changed. `seq` is the change's place in history.
void regrant(Writer& writer, const RecordState& before, const RecordState& after, std::uint64_t seq);

}  // namespace anketa::server
