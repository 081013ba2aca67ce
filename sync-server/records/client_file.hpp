// A client's file as one page shows it: its own fields and every record of its scope that the viewer may see (R30-R38).
//
// Thread safety: pure functions over a snapshot.
#pragma once

#include "sync-server/records/names.hpp"
#include "sync-server/records/sight.hpp"

namespace anketa::server::records {

/// {"id", "version", "seq", "fields", "records": {collection: [{"id", "version", "seq", "fields"}]}}. Questionnaires
/// come without their answers, conflicts not at all: each has a list of its own. Throws ProblemError(RecordNotFound).
Json client_file(Reader& reader, const Sight& sight, const Uuid& client);

/// One record of any kind: {"id", "collection", "client", "title", "version", "seq", "deleted", "fields"}.
Json record_view(Reader& reader, const Sight& sight, Names& names, const Uuid& id);

}  // namespace anketa::server::records
