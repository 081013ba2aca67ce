#include "shared/programme/team_work.hpp"

#include <map>

#include "shared/problem/problem.hpp"
#include "shared/programme/account_team.hpp"

namespace anketa::programme {
namespace {

RecordChange new_place(Environment& environment, const Uuid& account, const Uuid& user, const char* role) {
  return making(environment, "assignment", account,
                {{"client", account.text()}, {"user", user.text()}, {"role", role}});
}

/// Somebody answers for the client whose account is not closed.
bool has_owner_at_work(const RecordSource& records, const Uuid& account) {
  bool found = false;
  records.each("assignment", account, [&](const RecordState& place) {
    const auto user = is_owner(place.body) ? records.find(reference_in(place, "user")) : std::nullopt;
    found = user && user->at("active") != false;
    return !found;
  });
  return found;
}

bool is_on_team(const RecordSource& records, const Uuid& account, const Uuid& user) {
  bool found = false;
  records.each("assignment", account,
               [&](const RecordState& place) { return !(found = reference_in(place, "user") == user); });
  return found;
}

}  // namespace

void check_may_own(const RecordSource& records, const Uuid& user) {
  const auto person = records.find(user);
  if (!person) return;
  const auto role = string_or_empty(person->body, "role");
  if ((!role.empty() && !may_own(role)) || person->at("active") == false)
    throw ProblemError(ProblemCode::InvalidValue, {{"value", excerpt(string_or_empty(person->body, "name"))}}, "user");
}

ChangeGroup owner_change(const RecordSource& records, Environment& environment, const Uuid& account, const Uuid& user,
                         bool keep_former) {
  check_may_own(records, user);
  std::vector<TeamPlace> team;
  std::map<Uuid, RecordState> places;
  records.each("assignment", account, [&](const RecordState& place) {
    team.push_back({place.id, reference_in(place, "user"), is_owner(place.body)});
    places.emplace(place.id, place);
    return true;
  });
  ChangeGroup changes;
  for (const auto& change : owner_changes(team, user, keep_former)) {
    if (change.assignment.is_nil())
      changes.push_back(new_place(environment, account, user, "owner"));
    else if (const auto& place = places.at(change.assignment); change.to == TeamChange::To::Gone)
      changes.push_back(removing(place));
    else
      changes.push_back(changing(place, {{"role", change.to == TeamChange::To::Owner ? "owner" : "member"}}));
  }
  return changes;
}

ChangeGroup joining(const RecordSource& records, Environment& environment, const Uuid& account, const Uuid& user) {
  if (!has_owner_at_work(records, account)) return owner_change(records, environment, account, user, false);
  if (is_on_team(records, account, user)) return {};
  return {new_place(environment, account, user, "member")};
}

}  // namespace anketa::programme
