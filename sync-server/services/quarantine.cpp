#include "sync-server/services/quarantine.hpp"

#include "shared/protocol/limits.hpp"
#include "sync-server/services/intake.hpp"
#include "sync-server/store/handed_over.hpp"

namespace anketa::server {

void Quarantine::take(const Author& author, const Json& body) {
  const auto found = body.is_object() ? body.find("mutations") : body.end();
  if (found == body.end() || !found->is_array()) throw ProblemError(ProblemCode::RequiredMissing, {}, "mutations");
  if (found->size() > protocol::max_mutations)
    throw ProblemError(ProblemCode::TooLarge, {{"limit", std::to_string(protocol::max_mutations)}}, "mutations");
  std::vector<Prepared> prepared;
  for (const auto& json : *found) prepared.push_back(prepare(json));
  std::vector<JournalRow> rows;
  store_.write_and_wait(
      [&](Writer& writer) { rows = Intake(writer, author, Cursor(), 0, environment_.now()).quarantine(prepared); });
  keep_handed_over(files_, folder_, author.device, rows);
}

std::vector<protocol::MutationResult> Quarantine::accept(const Author& owner) {
  std::vector<protocol::MutationResult> results;
  store_.write_and_wait([&](Writer& writer) {
    const auto state = writer.device_state(owner.device).value_or(DeviceState{});
    results =
        Intake(writer, owner, Cursor(), state.honoured, environment_.now()).release(writer.quarantined(owner.device));
  });
  return results;
}

}  // namespace anketa::server
