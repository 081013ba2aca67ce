// The sync service: takes a device's mutations, merges them into the records, and answers with what the device may see
// and has not seen yet. Rules of docs/protocol.md; no HTTP, no SQL.
//
// Thread safety: sync() may be called from any thread; the answer comes on the store's writer thread or, where nothing
// was pushed, on the caller's.
#pragma once

#include <functional>
#include <string>
#include <variant>

#include "shared/problem/problem.hpp"
#include "sync-server/services/access.hpp"
#include "sync-server/store/store.hpp"

namespace anketa::server {

/// The encoded answer, or what was wrong with the whole request.
using SyncOutcome = std::variant<std::string, Problem>;

class SyncService {
 public:
  SyncService(Store& store, Environment& environment);

  /// `body` is the decompressed request. `done` is called exactly once.
  void sync(const Author& author, std::string body, std::function<void(SyncOutcome)> done);

  /// Journals mutations made by the server's own programs (import, demo, derived records) by the very same rules.
  std::vector<protocol::MutationResult> submit(const Author& author, const std::vector<Mutation>& mutations);

 private:
  Store& store_;
  Environment& environment_;
};

}  // namespace anketa::server
