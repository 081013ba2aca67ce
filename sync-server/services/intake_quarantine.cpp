// What a revoked device hands over: kept for the lead, and put into effect once he says so.
#include "sync-server/services/intake.hpp"

namespace anketa::server {

std::vector<JournalRow> Intake::quarantine(std::vector<Prepared>& mutations) {
  std::vector<JournalRow> rows;
  quarantine_ = true;
  if (writer_.any_erasures()) use_erasures(mutations);
  for (auto& prepared : mutations) {
    auto known = writer_.journal(prepared.id);
    if (known && !(known->hash == prepared.hash)) {
      // Another copy of the device has used the id; nobody is there any more to register anew.
      prepared.id = prepared.mutation.id = Uuid::derived(prepared.id, hex(prepared.hash));
      forked_.insert(prepared.id);
      known = writer_.journal(prepared.id);
    }
    if (!known) {
      park(prepared, prepared.malformed.value_or(Problem{ProblemCode::DeviceRevoked, {}, {}}), false);
      known = writer_.journal(prepared.id);
    }
    rows.push_back(std::move(*known));
  }
  quarantine_ = false;
  return rows;
}

std::vector<protocol::MutationResult> Intake::release(const std::vector<JournalRow>& rows) {
  std::vector<Prepared> prepared;
  for (const auto& row : rows) {
    auto one = prepare_again(row);
    if (one.malformed) continue;
    // Until its turn comes it waits, so that what it follows and its group are found as for any other.
    writer_.set_result({row.id, protocol::ResultStatus::Waiting, false, 0, 0, {}, {}});
    prepared.push_back(std::move(one));
  }
  std::vector<protocol::MutationResult> results;
  std::vector<Prepared> none;
  for (const auto& one : prepared) {
    const auto now = writer_.journal(one.id);
    // Woken by what it waited for, or taken with its group.
    if (now->result.status != protocol::ResultStatus::Waiting) {
      results.push_back(now->result);
      continue;
    }
    auto copy = one;
    results.push_back(copy.mutation.group ? take_group(copy, none) : merge_in(copy, true));
  }
  return results;
}

}  // namespace anketa::server
