#include "sync-server/records/browser_edit.hpp"

#include "shared/merge/merge.hpp"

namespace anketa::server::records {

Mutation begin_edit(Environment& environment, const Author& author, const RecordState& record) {
  Mutation mutation;
  mutation.id = Uuid::v7(environment);
  mutation.device = author.device;
  mutation.user = author.user;
  mutation.at = environment.now();
  // A browser keeps no count of its own; what rises with time is enough for audit.
  mutation.counter = static_cast<std::uint64_t>(mutation.at);
  mutation.schema = schema::version;
  mutation.record = record.id;
  mutation.collection = record.collection;
  mutation.scope = record.scope;
  return mutation;
}

std::vector<Mutation> edits_of(Environment& environment, const Author& author, const programme::RecordSource& seen,
                               std::vector<programme::ChangeGroup> groups) {
  std::vector<Mutation> mutations;
  for (auto& changes : groups) {
    const Group group{Uuid::v7(environment), static_cast<int>(changes.size())};
    for (auto& change : changes) {
      RecordState record;
      record.id = change.record;
      record.collection = change.collection;
      record.scope = change.scope;
      if (auto standing = seen.find(change.record)) record = std::move(*standing);
      auto& mutation = mutations.emplace_back(begin_edit(environment, author, record));
      mutation.ops = std::move(change.ops);
      for (auto& op : mutation.ops) merge::note_what_was_seen(op, record);
      if (changes.size() > 1) mutation.group = group;
    }
  }
  return mutations;
}

Json submit_edit(SyncService& sync, const Author& author, const Mutation& mutation) {
  const auto result = sync.attempt(author, mutation);
  Json conflicts = Json::array();
  for (const auto& id : result.conflicts) conflicts.push_back(id.text());
  return {{"record", mutation.record.text()},
          {"status", protocol::name(result.status)},
          {"version", result.version},
          {"conflicts", std::move(conflicts)}};
}

}  // namespace anketa::server::records
