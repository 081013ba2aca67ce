#include "shared/programme/account_team.hpp"

namespace anketa::programme {

std::string_view id(Ownership ownership) {
  if (ownership == Ownership::One) return "one";
  return ownership == Ownership::None ? "none" : "several";
}

Ownership ownership_of(int owners) {
  if (owners == 1) return Ownership::One;
  return owners <= 0 ? Ownership::None : Ownership::Several;
}

bool is_owner(const Json& assignment) {
  return string_or_empty(assignment, "role") == "owner";
}

bool may_own(std::string_view role) {
  return role == "rep" || role == "lead";
}

std::optional<Problem> permit_owners(int before, int after) {
  if (after <= 0 && before > 0) return Problem{ProblemCode::OwnerNeeded, {}, {}};
  if (after > 1 && after > before) return Problem{ProblemCode::SecondOwner, {}, {}};
  return std::nullopt;
}

std::vector<TeamChange> owner_changes(const std::vector<TeamPlace>& team, const Uuid& user, bool keep_former) {
  std::vector<TeamChange> changes;
  bool is_on_team = false;
  for (const auto& place : team) {
    if (place.user == user && !is_on_team) {
      is_on_team = true;
      if (!place.owner) changes.push_back({place.assignment, TeamChange::To::Owner});
    } else if (place.owner) {
      changes.push_back({place.assignment, keep_former ? TeamChange::To::Member : TeamChange::To::Gone});
    }
  }
  if (!is_on_team) changes.push_back({Uuid(), TeamChange::To::Owner});
  return changes;
}

}  // namespace anketa::programme
