// Mutations that wait: for the author's own previous one, for the rest of their group, for a record that another device
// brings.
#include "shared/protocol/limits.hpp"
#include "shared/record/mutant.hpp"
#include "sync-server/services/intake.hpp"

namespace anketa::server {
namespace {

using protocol::MutationResult;
using protocol::ResultStatus;

}  // namespace

Prepared prepare_again(const JournalRow& row) {
  auto prepared = prepare(parse_json(row.text, {protocol::max_mutation_bytes, protocol::max_depth}));
  prepared.id = prepared.mutation.id = row.id;
  return prepared;
}

Intake::Members Intake::waiting_members(const Uuid& group) {
  Members members;
  for (const auto& row : writer_.waiting_in_group(group)) members.emplace_back(prepare_again(row), true);
  return members;
}

/// Made before the server was restored from a backup.
bool Intake::of_former_history(const Mutation& mutation) const {
  return !mutation.epoch.empty() && mutation.epoch != writer_.history().epoch;
}

/// A restored server does not have the record any more, but its author's device has: until it comes, edits wait.
bool Intake::edits_unknown(const Mutation& mutation) {
  if (makes_record(mutation)) return false;
  // An op that sees nothing (a new entry of a log) says by its epoch that there was something.
  if (of_former_history(mutation)) {
    const auto journal = writer_.journal_of(mutation.record);
    const auto arrived = [](const JournalRow& row) { return row.result.status != ResultStatus::Waiting; };
    return std::none_of(journal.begin(), journal.end(), arrived);
  }
  return std::any_of(mutation.ops.begin(), mutation.ops.end(), [&](const Op& op) {
    return std::any_of(op.over.begin(), op.over.end(), [&](const Uuid& seen) { return !writer_.journal(seen); });
  });
}

/// Whatever waited for this mutation, which has a result, can go on now. Its author learns of it by the record: he gets
/// no result for what he does not send again. One after the other, not one within the other: a device may bring a chain
/// of any length from its end.
void Intake::wake(const Mutation& mutation) {
  if (ANKETA_MUTANT("waiting_not_woken")) return;
  woken_.push_back({mutation.record, mutation.id});
  wake_all();
}

void Intake::wake_all() {
  if (holding_) return;
  const Held held(holding_);
  while (!woken_.empty()) {
    const auto cause = woken_.front();
    woken_.pop_front();
    wake_after(cause);
  }
}

void Intake::wake_after(const Cause& cause) {
  for (const auto& row : writer_.waiting_for(cause.record, cause.mutation)) {
    const auto waiting = prepare_again(row);
    // An earlier one of these may have taken it along, with their group.
    if (writer_.journal(row.id).value().result.status != ResultStatus::Waiting) continue;
    if (const auto& group = waiting.mutation.group) {
      const auto members = waiting_members(group->id);
      if (members.size() == static_cast<std::size_t>(group->size)) merge_group(members);
    } else {
      merge_in(waiting, true);
    }
    mirrored_.erase(cause.record);
  }
}

MutationResult Intake::wait(const Prepared& prepared, bool journalled) {
  return keep(prepared, {prepared.id, ResultStatus::Waiting, false, 0, 0, {}, {}}, journalled);
}

/// Of a group all are permitted before the first may come to wait for somebody who has other rights.
std::optional<MutationResult> Intake::refused_member(const Members& members) {
  for (const auto& [member, journalled] : members) {
    const auto& mutation = member.mutation;
    if (!(mutation.user == author_.user)) continue;
    auto problem = refuse(mutation, standing(writer_.head(mutation.record), mutation));
    if (!problem) continue;
    MutationResult result;
    result.status = ResultStatus::Parked;
    result.problem = std::move(problem);
    return result;
  }
  return std::nullopt;
}

}  // namespace anketa::server
