#include "sync-server/services/account_owners.hpp"

#include "shared/programme/account_team.hpp"

namespace anketa::server {
namespace {

/// Owners of the account, but for one of its assignments.
int count_owners(Reader& reader, const Scope& account, const Uuid& without = {}) {
  int owners = 0;
  for (const auto& head : reader.heads_of("assignment", account))
    if (!head.deleted && !(head.id == without)) owners += programme::is_owner(Json::parse(head.body));
  return owners;
}

std::optional<Problem> judge(Reader& reader, const Scope& account, int before, int after) {
  auto problem = programme::permit_owners(before, after);
  if (!problem) return std::nullopt;
  const auto client = reader.head(account);
  return client && client->deleted ? std::nullopt : problem;
}

}  // namespace

std::optional<Problem> owner_problem(Reader& reader, const RecordState& after) {
  const int others = count_owners(reader, after.scope, after.id);
  const bool owns = !after.deleted && programme::is_owner(after.body);
  return judge(reader, after.scope, count_owners(reader, after.scope), others + owns);
}

void OwnersBefore::note(Reader& reader, const Mutation& mutation) {
  if (mutation.collection != "assignment") return;
  const auto head = reader.head(mutation.record);
  const auto& account = head ? head->scope : mutation.scope;
  if (!owners_.contains(account)) owners_.emplace(account, count_owners(reader, account));
}

std::optional<Problem> OwnersBefore::problem(Reader& reader) const {
  for (const auto& [account, before] : owners_)
    if (auto problem = judge(reader, account, before, count_owners(reader, account))) return problem;
  return std::nullopt;
}

}  // namespace anketa::server
