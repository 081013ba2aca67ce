#include "client-core/store/rewind.hpp"

#include "client-core/store/edits.hpp"
#include "client-core/store/sql.hpp"

namespace anketa::client {

void rewind(ClientStore& store) {
  guarded([&] {
    Atomic atomic(store.database());
    // What the server confirms gets a place in its new history; 0 tells the others apart.
    store.records().forget_versions();
    for (const auto key : store.outbox().send_acknowledged_again()) {
      auto row = store.records().find(key);
      // Its scope was revoked: the mutation is pushed again, there is nothing to show.
      if (!row) continue;
      row->pending = static_cast<int>(store.outbox().pending_of(key).size());
      rebuild_view(store, *row);
    }
    store.device().rewind();
    atomic.commit();
  });
}

void forget_unconfirmed(ClientStore& store) {
  guarded([&] {
    if (!store.device().get().rewound) return;
    Atomic atomic(store.database());
    for (const auto& row : store.records().unconfirmed()) {
      store.search().erase(row.key);
      store.records().erase(row);
    }
    store.device().rewind_is_over();
    atomic.commit();
  });
}

}  // namespace anketa::client
