#include "sync-server/store/own_record.hpp"

#include "shared/merge/merge.hpp"

namespace anketa::server {

std::uint64_t put_own_record(Writer& writer, std::string_view collection, const Uuid& id, const Scope& scope,
                             const Json& wanted, std::string_view cause, Instant now) {
  const auto history = writer.history();
  const auto head = writer.head(id);
  RecordState record = head ? parse_head(*head) : RecordState{};
  Mutation mutation;
  mutation.id = Uuid::derived(id, cause);
  mutation.device = mutation.user = history.server;
  mutation.epoch = history.epoch;
  mutation.schema = schema::version;
  mutation.record = id;
  mutation.collection = collection;
  mutation.scope = scope;
  mutation.at = now;
  if (head) {
    const auto* declared = schema::collection(collection);
    mutation.ops = merge::diff(record, declared ? *declared : schema::Collection{}, wanted);
  } else {
    mutation.ops.push_back({OpKind::Set, "", wanted, {}, {}});
  }
  if (mutation.ops.empty() || writer.journal(mutation.id)) return record.seq;

  merge::apply(record, mutation, merge::plan_own_view(record, mutation));
  record.seq = writer.take_seq();
  writer.put_head(make_head(record), head ? &*head : nullptr);
  writer.project(record, now);
  JournalRow row;
  row.id = mutation.id;
  row.text = canonical(to_json(mutation));
  row.hash = mutation_hash(row.text);
  row.record = id;
  row.scope = scope;
  row.device = row.user = history.server;
  row.received_at = now;
  row.result = {mutation.id, protocol::ResultStatus::Applied, false, record.version, record.seq, {}, {}};
  writer.append(row);
  return record.seq;
}

}  // namespace anketa::server
