// The sync service towards a revoked device.
#include "shared/protocol/limits.hpp"
#include "sync-server/services/intake.hpp"
#include "sync-server/services/sync_service.hpp"

namespace anketa::server {

void SyncService::quarantine(const Author& author, const Json& body) {
  const auto found = body.is_object() ? body.find("mutations") : body.end();
  if (found == body.end() || !found->is_array()) throw ProblemError(ProblemCode::RequiredMissing, {}, "mutations");
  if (found->size() > protocol::max_mutations)
    throw ProblemError(ProblemCode::TooLarge, {{"limit", std::to_string(protocol::max_mutations)}}, "mutations");
  std::vector<Prepared> prepared;
  for (const auto& json : *found) prepared.push_back(prepare(json));
  store_.write_and_wait(
      [&](Writer& writer) { Intake(writer, author, Cursor(), 0, environment_.now()).quarantine(prepared); });
}

std::vector<protocol::MutationResult> SyncService::accept_quarantine(const Author& owner) {
  std::vector<protocol::MutationResult> results;
  store_.write_and_wait([&](Writer& writer) {
    const auto state = writer.device_state(owner.device).value_or(DeviceState{});
    results =
        Intake(writer, owner, Cursor(), state.honoured, environment_.now()).release(writer.quarantined(owner.device));
  });
  return results;
}

}  // namespace anketa::server
