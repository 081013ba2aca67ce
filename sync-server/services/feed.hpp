// What a device has not seen yet: one page of the records it may read, from its cursor on; and what it asks for to
// find out whether it holds the same.
#pragma once

#include <unordered_set>

#include "sync-server/services/access.hpp"
#include "sync-server/services/cursor.hpp"

namespace anketa::server {

struct PageRequest {
  Cursor from;
  int limit = 0;
  /// Set: the device was rewound to that place, and `from` stands there.
  std::optional<std::uint64_t> rewind;
  std::vector<Uuid> want;
  std::optional<std::vector<protocol::ScopeSum>> sums;
};

/// The cursor of a device that shows this ladder: at the newest point of history it shares with the server.
Cursor climb(Reader& reader, const Access& access, const std::vector<protocol::HistoryPoint>& ladder);

/// Writes one page into the answer, and the rest of the answer (cursor, grants, sums, complete) into `rest`.
/// Order: records wanted by name; a first sync stage by stage; grants that opened since the cursor, scope by scope;
/// then history goes on where it stood. An atomic group comes in one page.
/// `skip`: records that the device itself has just made what they are.
void write_page(Reader& reader, const Access& access, const PageRequest& request, const std::unordered_set<Uuid>& skip,
                protocol::AnswerWriter& writer, protocol::SyncAnswer& rest);

}  // namespace anketa::server
