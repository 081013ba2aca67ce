// What a device does that was revoked: it gives its unsent work to the lead, and forgets everything.
#include "client-core/store/rewind.hpp"
#include "client-core/store/sql.hpp"
#include "client-core/store/wipe.hpp"
#include "client-core/sync/sync_engine.hpp"
#include "shared/protocol/limits.hpp"
#include "shared/record/mutant.hpp"

namespace anketa::client {

void SyncEngine::hand_over(Instructions& out) {
  commit_received();
  if (ANKETA_MUTANT("wiped_before_handover")) {
    wipe(store_);
    return fail({ProblemCode::DeviceRevoked, {}, {}}, out);
  }
  handing_over_ = true;
  sent_upto_ = 0;
  guarded([&] {
    // Also what was acknowledged and no backup holds: the server may have been restored since, and nobody else has it.
    Atomic atomic(store_.database());
    send_again(store_, 0);
    atomic.commit();
  });
  seal_work();
  send_work(out);
}

void SyncEngine::seal_work() {
  prefetched_.reset();
  guarded([&] {
    Atomic atomic(store_.database());
    store_.outbox().unwait();
    progress_.to_push = progress_.pushed + store_.outbox().seal();
    atomic.commit();
  });
}

/// Its session is closed: the refresh token alone says who it is. The last request says that it was all.
void SyncEngine::send_work(Instructions& out) {
  prefetch();
  const auto batch = std::move(*prefetched_);
  prefetched_.reset();
  const auto account = guarded([&] { return store_.device().account(); });
  last_handed_over_ = batch.mutations.empty();
  std::string body = "{\"last\":" + std::string(last_handed_over_ ? "true" : "false") +
                     ",\"refresh\":" + Json(account ? account->refresh : std::string()).dump() + ",\"mutations\":[";
  for (const auto& mutation : batch.mutations) body += (body.back() == '[' ? "" : ",") + mutation;
  if (!batch.mutations.empty()) sent_upto_ = batch.upto;
  progress_.pushed += batch.mutations.size();
  out.push_back(exchange_.send({"POST", "/v1/quarantine", {}, body + "]}"}));
}

void SyncEngine::handed_over(Instructions& out) {
  if (!last_handed_over_) {
    send_work(out);
    out.push_back(progress_);
    return;
  }
  // Who does not know yet that his device was revoked may have gone on working meanwhile.
  seal_work();
  prefetch();
  if (!prefetched_->mutations.empty()) return send_work(out);
  wipe(store_);
  fail({ProblemCode::DeviceRevoked, {}, {}}, out);
}

}  // namespace anketa::client
