// The team around an account (R37): exactly one owner, never none, and members from any unit.
//
// Thread safety: pure functions.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "shared/problem/problem.hpp"
#include "shared/record/json.hpp"
#include "shared/record/uuid.hpp"

namespace anketa::programme {

enum class Ownership { One, None, Several };

/// "one", "none", "several".
std::string_view id(Ownership ownership);

/// By the number of owners among the account's assignments.
Ownership ownership_of(int owners);

/// Whether an assignment makes its user the owner.
bool is_owner(const Json& assignment);

/// Whether a person of that role looks after clients and answers for them; others may be members of a team.
bool may_own(std::string_view role);

/// Whether an edit may turn so many owners of an account into so many; nullopt: yes. A new account comes to its first
/// owner, and from then on has exactly one. Where several came about all the same, their number may only fall.
std::optional<Problem> permit_owners(int before, int after);

/// Somebody's place in an account's team.
struct TeamPlace {
  Uuid assignment, user;
  bool owner = false;
};

/// What becomes of a place; with nil for the assignment a new one is made.
struct TeamChange {
  enum class To { Owner, Member, Gone };
  Uuid assignment;
  To to = To::Owner;
};

/// What makes a user the one owner: to be done as one group. Whoever was it goes, or stays as a member. None: he is it.
std::vector<TeamChange> owner_changes(const std::vector<TeamPlace>& team, const Uuid& user, bool keep_former);

}  // namespace anketa::programme
