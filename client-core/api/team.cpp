// The team around an account: one owner, never none (R37).
#include "anketa/client.hpp"
#include "client-core/api/parts.hpp"

namespace anketa::client {
namespace {

RecordEdit end_of(const LocalRecord& assignment) {
  return {assignment.view.id, {}, {}, {{OpKind::Remove, {}, nullptr, {}, {}}}};
}

RecordEdit role_of(const LocalRecord& assignment, std::string_view role) {
  return {assignment.view.id, {}, {}, {{OpKind::Set, "role", role, {}, {}}}};
}

}  // namespace

void Client::assign_owner(const Uuid& client, const Uuid& user, bool keep_former_as_member) {
  if (need(client).view.collection != "client") throw ProblemError(ProblemCode::RecordNotFound, {}, client.text());
  std::vector<RecordEdit> edits;
  bool is_on_team = false;
  for (const auto& assignment : list("assignment", client)) {
    const bool owns = string_or_empty(assignment.view.body, "role") == "owner";
    if (string_or_empty(assignment.view.body, "user") == user.text() && !is_on_team) {
      is_on_team = true;
      if (!owns) edits.push_back(role_of(assignment, "owner"));
    } else if (owns) {
      edits.push_back(keep_former_as_member ? role_of(assignment, "member") : end_of(assignment));
    }
  }
  if (!is_on_team)
    edits.push_back({Uuid::v7(parts_->environment), "assignment", client,
                     LocalEdits::creation({{"client", client.text()}, {"user", user.text()}, {"role", "owner"}})});
  if (edits.empty()) return;
  std::vector<Uuid> changed;
  for (const auto& edit : edits) changed.push_back(edit.record);
  guarded([&] {
    Atomic atomic(parts_->store.database());
    LocalEdits committed(parts_->store);
    if (edits.size() == 1)
      committed.commit(std::move(edits.front()));
    else
      committed.commit_group(std::move(edits));
    atomic.commit();
  });
  parts_->changed(std::move(changed));
}

void Client::end_assignment(const Uuid& assignment) {
  const auto record = need(assignment);
  if (record.view.collection != "assignment") throw ProblemError(ProblemCode::RecordNotFound, {}, assignment.text());
  if (string_or_empty(record.view.body, "role") == "owner") {
    int owners = 0;
    for (const auto& other : list("assignment", record.view.scope))
      owners += string_or_empty(other.view.body, "role") == "owner";
    if (owners <= 1) throw ProblemError(ProblemCode::UsageInvalid, {{"reason", "dossier.team.owner_needed"}});
  }
  remove(assignment);
}

}  // namespace anketa::client
