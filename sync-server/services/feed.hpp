// What a device has not seen yet: one page of the records it may read, from its cursor on.
#pragma once

#include <unordered_set>

#include "sync-server/services/access.hpp"
#include "sync-server/services/cursor.hpp"

namespace anketa::server {

/// Writes one page into the answer, and the rest of the answer (cursor, grants, revokes, complete) into `rest`.
/// Order: grants that opened since the cursor are backfilled scope by scope, then history goes on where it stood.
/// `skip`: records that the device itself has just made what they are.
void write_page(Reader& reader, const Access& access, const Cursor& from, int limit,
                const std::unordered_set<Uuid>& skip, protocol::AnswerWriter& writer, protocol::SyncAnswer& rest);

}  // namespace anketa::server
