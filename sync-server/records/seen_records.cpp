#include "sync-server/records/seen_records.hpp"

namespace anketa::server::records {

std::optional<RecordState> SeenRecords::find(const Uuid& id) const {
  const auto head = reader_.head(id);
  return head && !head->deleted ? sight_.part(*head) : std::nullopt;
}

void SeenRecords::each(std::string_view collection, const std::optional<Scope>& scope,
                       const std::function<bool(const RecordState&)>& visit) const {
  for (const auto& head : reader_.heads_of(collection, scope)) {
    const auto seen = head.deleted ? std::nullopt : sight_.part(head);
    if (seen && !visit(*seen)) return;
  }
}

}  // namespace anketa::server::records
