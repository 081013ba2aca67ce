#include "sync-server/records/record_service.hpp"

#include <array>

#include "shared/programme/team_work.hpp"
#include "shared/protocol/limits.hpp"
#include "sync-server/records/browser_edit.hpp"
#include "sync-server/records/client_file.hpp"
#include "sync-server/records/conflict_list.hpp"
#include "sync-server/records/edit_log.hpp"
#include "sync-server/records/seen_records.hpp"

namespace anketa::server::records {
namespace {

Json need_array(const Json& body, std::string_view name) {
  const auto found = body.find(name);
  if (found == body.end() || !found->is_array() || found->empty())
    throw ProblemError(ProblemCode::RequiredMissing, {{"field", std::string(name)}}, std::string(name));
  return *found;
}

OpKind op_kind(const Json& op) {
  const auto wanted = string_or_empty(op, "op");
  for (const auto kind : {OpKind::Set, OpKind::Remove, OpKind::Add, OpKind::Append, OpKind::Transition})
    if (name(kind) == wanted) return kind;
  throw ProblemError(ProblemCode::InvalidValue, {{"value", wanted}}, "op");
}

Op read_op(const Json& json, const RecordState& seen, Environment& environment) {
  Op op;
  op.kind = op_kind(json);
  op.path = string_or_empty(json, "path");
  op.value = json.value("value", Json());
  if (op.kind == OpKind::Append && op.value.is_object() && !op.value.contains("id"))
    op.value["id"] = Uuid::v7(environment).text();
  merge::note_what_was_seen(op, seen);
  const auto was = json.find("was");
  if (was != json.end() && !(*was == seen.at(op.path))) op.over.clear();
  return op;
}

Scope scope_of_new(const Json& body, const Uuid& record) {
  const auto* collection = schema::collection(string_or_empty(body, "collection"));
  if (!collection)
    throw ProblemError(ProblemCode::UnknownCollection, {{"name", string_or_empty(body, "collection")}}, "collection");
  if (collection->placement == schema::Placement::Own) return record;
  if (collection->placement == schema::Placement::Company) return company_scope;
  const auto client = Uuid::parse(string_or_empty(body, "client"));
  if (!client) throw ProblemError(ProblemCode::RequiredMissing, {{"field", "client"}}, "client");
  return *client;
}

}  // namespace

Json RecordService::reading(const Author& viewer, const Work& work) {
  Json json;
  store_.read([&](Reader& reader) {
    Names names(reader, store_.accounts());
    json = work(reader, Sight(reader, viewer), names);
  });
  return json;
}

Json RecordService::client(const Author& viewer, const Uuid& id) {
  return reading(viewer, [&](Reader& reader, const Sight& sight, Names&) { return client_file(reader, sight, id); });
}

Json RecordService::record(const Author& viewer, const Uuid& id) {
  return reading(
      viewer, [&](Reader& reader, const Sight& sight, Names& names) { return record_view(reader, sight, names, id); });
}

Json RecordService::history(const Author& viewer, const Uuid& id) {
  return reading(viewer, [&](Reader& reader, const Sight& sight, Names& names) {
    return record_history(reader, sight, names, id);
  });
}

Json RecordService::conflicts(const Author& viewer, const reports::Query& query) {
  return reading(viewer, [&](Reader& reader, const Sight& sight, Names& names) {
    return conflict_list(reader, sight, names, query);
  });
}

Json RecordService::parked(const Author& viewer, text::Language language) {
  return reading(viewer, [&](Reader& reader, const Sight& sight, Names& names) {
    return parked_list(reader, sight, names, language);
  });
}

Json RecordService::audit(const Author& viewer, const reports::Query& query) {
  return reading(
      viewer, [&](Reader& reader, const Sight& sight, Names& names) { return audit_log(reader, sight, names, query); });
}

Json RecordService::backup() {
  Json json;
  store_.read([&](Reader& reader) {
    const auto history = reader.history();
    const std::array<SqlValue, 1> reached{static_cast<std::int64_t>(history.backup_seq)};
    json = {{"seq", history.backup_seq}, {"last_seq", history.last_seq}, {"covers_until", nullptr}};
    if (history.backup_seq == 0) return;
    reader.select("SELECT at FROM history_point WHERE seq <= ?1 ORDER BY seq DESC LIMIT 1", reached,
                  [&](const Row& row) { json["covers_until"] = row.integer(0); });
  });
  return json;
}

Json RecordService::resolve(const Author& author, const Uuid& conflict, const Json& wish) {
  Mutation mutation;
  store_.read([&](Reader& reader) {
    auto settled = settlement(reader, Sight(reader, author), conflict, wish);
    mutation = begin_edit(environment_, author, settled.record);
    merge::note_what_was_seen(settled.op, settled.record);
    mutation.ops.push_back(std::move(settled.op));
  });
  return submit_edit(sync_, author, mutation);
}

Json RecordService::accept(const Author& author, const Uuid& parked) {
  Mutation mutation;
  store_.read([&](Reader& reader) {
    const Sight sight(reader, author);
    if (!sight.controls()) throw ProblemError(ProblemCode::Forbidden);
    const auto row = reader.journal(parked);
    if (!row || row->result.status != protocol::ResultStatus::Parked)
      throw ProblemError(ProblemCode::RecordNotFound, {}, parked.text());
    const auto theirs = mutation_from_json(parse_json(row->text, {protocol::max_mutation_bytes, protocol::max_depth}));
    RecordState record;
    record.id = theirs.record;
    record.collection = theirs.collection;
    record.scope = theirs.scope;
    if (const auto head = reader.head(theirs.record)) record = parse_head(*head);
    mutation = begin_edit(environment_, author, record);
    mutation.id = accepted_id(parked);
    mutation.ops = theirs.ops;
    for (auto& op : mutation.ops) {
      op.over.clear();
      merge::note_what_was_seen(op, record);
    }
  });
  return submit_edit(sync_, author, mutation);
}

Json RecordService::edit(const Author& author, const Json& body) {
  const auto ops = need_array(body, "ops");
  Mutation mutation;
  store_.read([&](Reader& reader) {
    RecordState record;
    if (const auto id = Uuid::parse(string_or_empty(body, "record"))) {
      record = Sight(reader, author).need(reader, *id);
    } else {
      record.id = Uuid::v7(environment_);
      record.collection = string_or_empty(body, "collection");
      record.scope = scope_of_new(body, record.id);
    }
    mutation = begin_edit(environment_, author, record);
    for (const auto& op : ops) mutation.ops.push_back(read_op(op, record, environment_));
  });
  return submit_edit(sync_, author, mutation);
}

Json RecordService::hand_over(const Author& author, const Uuid& client, const Json& wish) {
  const auto user = Uuid::parse(string_or_empty(wish, "user"));
  const auto account = user ? store_.accounts().account(*user) : std::nullopt;
  if (!account || !account->active) throw ProblemError(ProblemCode::RecordNotFound, {}, "user");
  std::vector<Mutation> mutations;
  store_.read([&](Reader& reader) {
    const Sight sight(reader, author);
    const SeenRecords records(reader, sight);
    records.need(client, "client");
    mutations =
        edits_of(environment_, author, records,
                 {programme::owner_change(records, environment_, client, *user, wish.value("keep", Json()) == true)});
  });
  if (!mutations.empty()) sync_.attempt(author, mutations);
  return {{"client", client.text()}, {"owner", user->text()}};
}

}  // namespace anketa::server::records
