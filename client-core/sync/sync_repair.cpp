// What a sync does when the two sides are not what they took each other for: another history, a copied device, records
// that differ.
#include <unordered_map>

#include "client-core/store/sql.hpp"
#include "client-core/sync/sync_engine.hpp"

namespace anketa::client {

void SyncEngine::climb(Instructions& out) {
  ++climbs_;
  commit_received();
  climbing_ = true;
  special_ = Special::Ladder;
  start_over(out);
}

/// The device stands at the common point: what it pushed after that goes again.
void SyncEngine::climbed(Instructions& out) {
  climbing_ = false;
  wants_known_ = false;
  const bool complete = complete_;
  commit_received();
  if (over_) return;
  device_ = guarded([&] { return store_.device().get(); });
  progress_.to_push = progress_.pushed + guarded([&] { return store_.outbox().count(OutboxState::Sealed); });
  sent_upto_ = 0;
  prefetched_.reset();
  complete_ = complete;
  if (more_to_send())
    send_next(out);
  else
    finish(out);
  if (!over_) out.push_back(progress_);
}

void SyncEngine::fork(Instructions& out) {
  ++forks_;
  commit_received();
  const auto id = guarded([&] { return store_.device().fork(Uuid::v7(store_.environment())); });
  out.push_back(exchange_.register_as(id));
}

bool SyncEngine::differs_from_server() {
  if (!server_sum_) return false;
  return guarded([&] {
    device_ = store_.device().get();
    if (store_.records().total() == *server_sum_) return false;
    const auto sum = protocol::hex64(server_sum_->sum);
    if (compared_) store_.device().set_unmatched(sum);
    return !compared_ && device_.unmatched != sum;
  });
}

void SyncEngine::compare(Instructions& out) {
  compared_ = true;
  complete_ = false;
  special_ = Special::Sums;
  send_next(out);
  out.push_back(progress_);
}

void SyncEngine::take_lists() {
  const auto lists = received_->view.head.lists;
  commit_received();
  guarded([&] {
    Atomic atomic(store_.database());
    for (const auto& list : lists) {
      std::unordered_map<Uuid, std::uint64_t> due;
      for (const auto& record : list.records) due.emplace(record.id, record.sum);
      for (auto& row : store_.records().of_scope(list.scope)) {
        const auto found = due.find(row.id);
        if (found != due.end()) {
          if (RecordTable::sum(row) == found->second) due.erase(found);
          continue;
        }
        // Deleted long ago, or never rightly here. What the user has added to it stays.
        if (row.pending > 0 || !RecordTable::sum(row)) continue;
        store_.search().erase(row.key);
        store_.records().erase(row);
        changed_records_.push_back(row.id);
        ++summary_.repaired;
      }
      for (const auto& record : list.records)
        if (due.contains(record.id)) wants_.push_back(record.id), ++summary_.repaired;
    }
    atomic.commit();
  });
  notify();
}

}  // namespace anketa::client
