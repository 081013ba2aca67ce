// What the server has erased goes from the device too: out of its copy of the record, its outbox, the mutations it
// keeps until a backup covers them, and the search index (R33, R60).
#pragma once

#include "client-core/store/store.hpp"
#include "shared/protocol/answer_view.hpp"

namespace anketa::client {

/// Takes a record of collection "erasure" in, within the caller's transaction. Doing it again changes nothing.
void take_erasure(ClientStore& store, const protocol::RecordView& erasure);

/// After something was erased: writes file and index anew, so that nothing is left in their free space. Outside any
/// transaction; where it is cut off, the next call does it. Throws ProblemError(DiskFull).
void scrub_if_due(ClientStore& store);

}  // namespace anketa::client
