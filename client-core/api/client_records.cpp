#include "client-core/api/client_records.hpp"

#include "client-core/api/parts.hpp"

namespace anketa::client {

std::optional<RecordState> ClientRecords::find(const Uuid& id) const {
  auto record = client_.get(id);
  return record ? std::optional(std::move(record->view)) : std::nullopt;
}

void ClientRecords::each(std::string_view collection, const std::optional<Scope>& scope,
                         const std::function<bool(const RecordState&)>& visit) const {
  client_.each(collection, scope, [&](const LocalRecord& record) { return visit(record.view); });
}

void commit_changes(Client& client, std::vector<programme::ChangeGroup> groups) {
  std::optional<Client::Batch> batch;
  if (groups.size() > 1) batch.emplace(client);
  for (auto& group : groups) {
    std::vector<RecordEdit> edits;
    for (auto& change : group)
      edits.push_back({change.record, std::move(change.collection), change.scope, std::move(change.ops)});
    commit_together(client.parts(), std::move(edits));
  }
  if (batch) batch->commit();
}

}  // namespace anketa::client
