// Conflicts as those see them who may settle them, and edits that were parked.
//
// Thread safety: pure functions over a snapshot.
#pragma once

#include "shared/merge/merge.hpp"
#include "sync-server/records/names.hpp"
#include "sync-server/records/sight.hpp"
#include "sync-server/reports/filter.hpp"

namespace anketa::server::records {

/// The newest first: {"total", "items": [{"id", "record", "collection", "path", "client", "title", "state", "base",
/// "now", "sides": [{"mutation", "value", "user", "device", "at", "consumed"}]}]}. Parameters: state ("open", which
/// holds where nothing is said, or "resolved"), client.
Json conflict_list(Reader& reader, const Sight& sight, Names& names, const reports::Query& query);

/// The op that settles a conflict as the viewer wishes: {"side": mutation} or {"value": …}, with "seen", the open sides
/// he was shown. Throws ProblemError(ConflictNotOpen) where there is nothing to settle, or another side came meanwhile.
struct Settlement {
  RecordState record;
  Op op;
};
Settlement settlement(Reader& reader, const Sight& sight, const Uuid& conflict, const Json& wish);

/// The oldest first: {"items": [{"mutation", "record", "collection", "client", "title", "user", "device", "at",
/// "received_at", "problem", "changes", "quarantine"}]}. Who controls sees all, others their own.
Json parked_list(Reader& reader, const Sight& sight, Names& names, text::Language language);

/// The id of the mutation by which a parked one was put into effect after all.
Uuid accepted_id(const Uuid& parked);

}  // namespace anketa::server::records
