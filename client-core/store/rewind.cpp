#include "client-core/store/rewind.hpp"

#include "client-core/store/edits.hpp"
#include "client-core/store/sql.hpp"
#include "shared/record/mutant.hpp"

namespace anketa::client {

void send_again(ClientStore& store, std::uint64_t after) {
  for (const auto key : store.outbox().send_again_after(after)) {
    auto row = store.records().find(key);
    // Its scope was revoked: the mutation is pushed again, there is nothing to show.
    if (!row) continue;
    row->pending = static_cast<int>(store.outbox().pending_of(key).size());
    rebuild_view(store, *row);
  }
}

void rewind(ClientStore& store, std::uint64_t common) {
  store.records().forget_after(common);
  send_again(store, ANKETA_MUTANT("not_pushed_after_restore") ? INT64_MAX : common);
  if (!ANKETA_MUTANT("contents_not_offered")) store.blobs().offer_again();
  store.ladder().cut(common);
  store.device().rewind();
}

void forget_stale(ClientStore& store) {
  guarded([&] {
    const auto stale = store.records().stale();
    const bool rewound = store.device().get().rewound;
    if (!rewound && stale.empty()) return;
    Atomic atomic(store.database());
    for (const auto& row : stale) {
      if (row.pending > 0) continue;
      store.search().erase(row.key);
      store.records().erase(row);
    }
    if (rewound) store.device().rewind_is_over();
    atomic.commit();
  });
}

}  // namespace anketa::client
