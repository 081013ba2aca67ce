// The sync service: takes a device's mutations, merges them into the records, and answers with what the device may see
// and has not seen yet. Rules of docs/protocol.md; no HTTP, no SQL.
//
// Thread safety: sync() may be called from any thread; the answer comes on the store's writer thread or, where nothing
// was pushed, on the caller's.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <variant>

#include "shared/problem/problem.hpp"
#include "sync-server/services/access.hpp"
#include "sync-server/store/store.hpp"

namespace anketa::server {

/// The encoded answer, or what was wrong with the whole request.
using SyncOutcome = std::variant<std::string, Problem>;

/// How long a deleted record is remembered as deleted. A device that was away for longer finds out by comparing sums.
inline constexpr Instant tombstone_life = Instant{180} * 24 * 60 * 60 * 1000;

class SyncService {
 public:
  SyncService(Store& store, Environment& environment);

  /// `body` is the decompressed request. `done` is called exactly once.
  void sync(const Author& author, std::string body, std::function<void(SyncOutcome)> done);

  /// The same for a file: requests in a row, the first with the place the device knew, each further one going on where
  /// the one before ended; then pages until nothing is left, or the answers come to about `enough` bytes. Nonces take
  /// no part. Throws ProblemError as sync() answers; of the requests before the bad one nothing is undone.
  std::vector<std::string> exchange_file(const Author& author, const std::vector<std::string_view>& requests,
                                         std::size_t enough);

  /// Journals mutations made by the server's own programs (import, demo, derived records) by the very same rules.
  std::vector<protocol::MutationResult> submit(const Author& author, const std::vector<Mutation>& mutations);

  /// Takes one mutation of somebody who waits for the outcome, in a browser. Where it would be parked, its problem is
  /// thrown and nothing is kept: its author is there to make it good.
  protocol::MutationResult attempt(const Author& author, const Mutation& mutation);
  /// The same for several, all or none.
  std::vector<protocol::MutationResult> attempt(const Author& author, const std::vector<Mutation>& mutations);

 private:
  /// Once a day: forgets records deleted longer than tombstone_life ago.
  void collect_tombstones();
  /// Answers with a problem; a fork is noted for the lead first.
  void refuse(const Uuid& device, const Problem& problem, const std::function<void(SyncOutcome)>& done);

  Store& store_;
  Environment& environment_;
  std::atomic<Instant> collected_at_{0};
};

}  // namespace anketa::server
