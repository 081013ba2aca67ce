// What a user may read and write: his role's standing grants and those his assignments opened (R34, R36).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shared/record/role.hpp"
#include "shared/schema/schema.hpp"
#include "sync-server/store/class_view.hpp"

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
  /// `honoured`: revokes up to that place in history have been honoured by the author's device.
  Access(const Author& author, std::vector<GrantRow> grants, std::uint64_t honoured);

  /// Field classes the author sees in a scope; nullopt: he does not see the scope.
  std::optional<ClassMask> sees(const Scope& scope) const;
  schema::Right right(const Scope& scope) const;
  /// The author holds the scope no longer, but his device has yet to honour the revoke: what it still sends was made
  /// under a genuine grant (R34). Then these are the classes he saw.
  std::optional<ClassMask> late(const Scope& scope) const;

  bool sees_every_scope() const noexcept { return every_.has_value(); }
  /// Names the rights that the role gives on its own, for cursors.
  std::string standing() const;
  /// Scopes the author sees besides the company, by id; not of one who sees every scope.
  const std::map<Scope, GrantRow>& scopes() const noexcept { return open_; }
  /// Every class set in which the author sees something.
  std::vector<ClassMask> masks() const;
  /// Sum of everything the author should hold.
  protocol::ContentSum sum(Reader& reader) const;

  /// Scopes whose last grant closed after that place in history.
  std::vector<Scope> revoked_since(std::uint64_t seq) const;
  /// The newest change of the author's grants.
  std::uint64_t changed_at() const;
  /// All grants in force, as they travel.
  std::vector<protocol::Grant> travelling() const;

 private:
  Author author_;
  std::optional<ClassMask> every_;
  std::string standing_role_;
  std::map<Scope, GrantRow> open_;
  std::vector<GrantRow> all_;
  std::map<Scope, ClassMask> late_;
};

/// Keeps grants in step with a client's assignments, after one of them changed: a user's grant follows from all
/// assignments he has there. `seq` is the change's place in history.
void regrant(Writer& writer, const RecordState& before, const RecordState& after, std::uint64_t seq);

}  // namespace anketa::server
