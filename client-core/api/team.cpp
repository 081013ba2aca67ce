// The team around an account: one owner, never none (R37).
#include "anketa/client.hpp"
#include "client-core/api/client_records.hpp"
#include "client-core/api/parts.hpp"
#include "shared/programme/account_team.hpp"
#include "shared/programme/team_work.hpp"

namespace anketa::client {
std::optional<Scope> account_of_assignment(ClientParts& parts, const RecordEdit& edit) {
  const auto row = parts.store.records().find(edit.record);
  if ((row ? row->collection : edit.collection) != "assignment") return std::nullopt;
  return row ? row->scope : edit.scope;
}

int count_owners(ClientParts& parts, const Scope& account) {
  int owners = 0;
  for (const auto& assignment : list_records(parts, "assignment", account))
    owners += programme::is_owner(assignment.view.body);
  return owners;
}

void check_owners(ClientParts& parts, const Scope& account, int before) {
  auto problem = programme::permit_owners(before, count_owners(parts, account));
  if (problem && find_record(parts, account)) throw ProblemError(std::move(*problem));
}

Uuid Client::create_client(const Json& body, const Uuid& owner) {
  programme::check_may_own(ClientRecords(*this), owner);
  const auto id = Uuid::v7(parts_->environment);
  const Json assignment{{"client", id.text()}, {"user", owner.text()}, {"role", "owner"}};
  commit_together(*parts_,
                  {{id, "client", id, LocalEdits::creation(body)}, making(*parts_, "assignment", id, assignment)});
  return id;
}

void Client::assign_owner(const Uuid& client, const Uuid& user, bool keep_former_as_member) {
  if (need(client).view.collection != "client") throw ProblemError(ProblemCode::RecordNotFound, {}, client.text());
  commit_changes(
      *this, {programme::owner_change(ClientRecords(*this), parts_->environment, client, user, keep_former_as_member)});
}

void Client::end_assignment(const Uuid& assignment) {
  const auto record = need(assignment);
  if (record.view.collection != "assignment") throw ProblemError(ProblemCode::RecordNotFound, {}, assignment.text());
  remove(assignment);
}

}  // namespace anketa::client
