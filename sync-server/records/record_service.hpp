// Records as the console shows them, and the edits made in it: each becomes an ordinary mutation of whoever is logged
// in, taken by the same intake as a device's, so there is one set of rules.
//
// Thread safety: all calls may come from any thread.
#pragma once

#include <functional>

#include "sync-server/reports/filter.hpp"
#include "sync-server/services/sync_service.hpp"

namespace anketa::server::records {

class Sight;
class Names;

class RecordService {
 public:
  RecordService(Store& store, SyncService& sync, Environment& environment)
      : store_(store), sync_(sync), environment_(environment) {}

  // Shapes: docs/api.md.
  Json client(const Author& viewer, const Uuid& id);
  Json record(const Author& viewer, const Uuid& id);
  Json history(const Author& viewer, const Uuid& id);
  Json conflicts(const Author& viewer, const reports::Query& query);
  Json parked(const Author& viewer, text::Language language);
  Json audit(const Author& viewer, const reports::Query& query);
  /// How far the newest backup reaches, and what has changed since.
  Json backup();

  /// Settles a conflict: {"side": mutation} or {"value"}, and "seen", the open sides that were shown.
  Json resolve(const Author& author, const Uuid& conflict, const Json& wish);
  /// Makes a parked edit anew in the author's own name, over what stands there now. Throws ProblemError(Forbidden) for
  /// who controls nothing.
  Json accept(const Author& author, const Uuid& parked);
  /// An edit: {"collection", "record"?, "client"?, "ops": [{"op", "path", "value", "was"?}]}. `was` is what the author
  /// was shown; where something else stands there by now, both are kept as a conflict.
  Json edit(const Author& author, const Json& body);
  /// Makes a user the one owner of a client (R37): {"user", "keep"?}; with `keep` whoever was it stays in the team.
  Json hand_over(const Author& author, const Uuid& client, const Json& wish);

 private:
  using Work = std::function<Json(Reader&, const Sight&, Names&)>;
  Json reading(const Author& viewer, const Work& work);

  Store& store_;
  SyncService& sync_;
  Environment& environment_;
};

}  // namespace anketa::server::records
