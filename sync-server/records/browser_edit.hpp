// An edit made in a browser: an ordinary mutation of whoever is logged in, taken by the same intake as a device's.
//
// Thread safety: free of state.
#pragma once

#include "shared/programme/record_changes.hpp"
#include "sync-server/services/sync_service.hpp"

namespace anketa::server::records {

/// A mutation of the record, to be filled with ops.
Mutation begin_edit(Environment& environment, const Author& author, const RecordState& record);

/// Mutations that put changes into effect, each over what its author saw; a group of several is taken whole.
std::vector<Mutation> edits_of(Environment& environment, const Author& author, const programme::RecordSource& seen,
                               std::vector<programme::ChangeGroup> groups);

/// Takes it in and tells how it went: {"record", "status", "version", "conflicts"}. What a device's edit would be
/// parked for is thrown.
Json submit_edit(SyncService& sync, const Author& author, const Mutation& mutation);

}  // namespace anketa::server::records
