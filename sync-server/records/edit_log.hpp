// Who changed what, when and from which device: the history of one record, and the audit log of all.
//
// Thread safety: pure functions over a snapshot.
#pragma once

#include "sync-server/records/names.hpp"
#include "sync-server/records/sight.hpp"
#include "sync-server/reports/filter.hpp"

namespace anketa::server::records {

/// Everything a mutation did, cell by cell as far as the viewer sees them: [{"path", "op", "value"}].
Json changes_of(const Sight& sight, const RecordState& record, const Mutation& mutation);

/// {"items": [{"mutation", "user", "device", "at", "received_at", "status", "marks", "changes"}]}, the newest first.
Json record_history(Reader& reader, const Sight& sight, Names& names, const Uuid& id);

/// All edits, the newest first: {"items": [{"position", …, "record", "collection", "client", "paths"}], "next_before"}.
/// Parameters: user, client, device, record, before (a position), limit. For who controls; Forbidden for others.
Json audit_log(Reader& reader, const Sight& sight, Names& names, const reports::Query& query);

}  // namespace anketa::server::records
