#include "sync-server/records/record_service.hpp"

#include <array>

#include "shared/programme/account_team.hpp"
#include "shared/protocol/limits.hpp"
#include "sync-server/records/client_file.hpp"
#include "sync-server/records/conflict_list.hpp"
#include "sync-server/records/edit_log.hpp"

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
    mutation = begin(author, settled.record);
    merge::note_what_was_seen(settled.op, settled.record);
    mutation.ops.push_back(std::move(settled.op));
  });
  return submit(author, mutation);
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
    mutation = begin(author, record);
    mutation.id = accepted_id(parked);
    mutation.ops = theirs.ops;
    for (auto& op : mutation.ops) {
      op.over.clear();
      merge::note_what_was_seen(op, record);
    }
  });
  return submit(author, mutation);
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
    mutation = begin(author, record);
    for (const auto& op : ops) mutation.ops.push_back(read_op(op, record, environment_));
  });
  return submit(author, mutation);
}

Json RecordService::hand_over(const Author& author, const Uuid& client, const Json& wish) {
  using To = programme::TeamChange::To;
  const auto user = Uuid::parse(string_or_empty(wish, "user"));
  const auto account = user ? store_.accounts().account(*user) : std::nullopt;
  if (!account || !account->active) throw ProblemError(ProblemCode::RecordNotFound, {}, "user");
  std::vector<Mutation> mutations;
  store_.read([&](Reader& reader) {
    if (Sight(reader, author).need(reader, client).collection != "client")
      throw ProblemError(ProblemCode::RecordNotFound, {}, client.text());
    std::vector<programme::TeamPlace> team;
    std::map<Uuid, RecordState> assignments;
    for (const auto& head : reader.heads_of("assignment", client)) {
      if (head.deleted) continue;
      const auto& record = assignments[head.id] = parse_head(head);
      team.push_back({head.id, Uuid::parse(string_or_empty(record.body, "user")).value_or(Uuid()),
                      programme::is_owner(record.body)});
    }
    for (const auto& change : programme::owner_changes(team, *user, wish.value("keep", Json()) == true)) {
      auto& record = assignments[change.assignment];
      Op op{OpKind::Set, "role", change.to == To::Owner ? "owner" : "member", {}, {}};
      if (change.to == To::Gone) op = {OpKind::Remove, {}, nullptr, {}, {}};
      if (change.assignment.is_nil()) {
        record.id = Uuid::v7(environment_);
        record.collection = "assignment";
        record.scope = client;
        op = {OpKind::Set, {}, {{"client", client.text()}, {"user", user->text()}, {"role", "owner"}}, {}, {}};
      }
      merge::note_what_was_seen(op, record);
      mutations.push_back(begin(author, record));
      mutations.back().ops.push_back(std::move(op));
    }
  });
  if (mutations.size() > 1) {
    const Group group{Uuid::v7(environment_), static_cast<int>(mutations.size())};
    for (auto& mutation : mutations) mutation.group = group;
  }
  if (!mutations.empty()) sync_.attempt(author, mutations);
  return {{"client", client.text()}, {"owner", user->text()}};
}

Mutation RecordService::begin(const Author& author, const RecordState& record) {
  Mutation mutation;
  mutation.id = Uuid::v7(environment_);
  mutation.device = author.device;
  mutation.user = author.user;
  mutation.at = environment_.now();
  // A browser keeps no count of its own; what rises with time is enough for audit.
  mutation.counter = static_cast<std::uint64_t>(mutation.at);
  mutation.schema = schema::version;
  mutation.record = record.id;
  mutation.collection = record.collection;
  mutation.scope = record.scope;
  return mutation;
}

Json RecordService::submit(const Author& author, const Mutation& mutation) {
  const auto result = sync_.attempt(author, mutation);
  Json conflicts = Json::array();
  for (const auto& id : result.conflicts) conflicts.push_back(id.text());
  return {{"record", mutation.record.text()},
          {"status", protocol::name(result.status)},
          {"version", result.version},
          {"conflicts", std::move(conflicts)}};
}

}  // namespace anketa::server::records
