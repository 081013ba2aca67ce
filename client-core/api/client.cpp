// Opening, account, records and status.
#include "anketa/client.hpp"

#include "client-core/api/parts.hpp"
#include "client-core/sync/log_in_engine.hpp"
#include "client-core/sync/log_out_engine.hpp"
#include "client-core/sync/read_engine.hpp"
#include "client-core/sync/sync_engine.hpp"
#include "client-core/sync/sync_tuning.hpp"
#include "shared/merge/merge.hpp"
#include "shared/programme/record_changes.hpp"
#include "shared/schema/schema.hpp"

namespace anketa::client {
namespace {

std::uint64_t count_open_conflicts(ClientStore& store) {
  return static_cast<std::uint64_t>(
      store.database()
          .query_integer("SELECT count(*) FROM record r JOIN content c ON c.key = coalesce(r.view, r.server) "
                         "WHERE r.collection = 'conflict' AND r.hidden = 0 AND c.body ->> '$.state' = 'open'")
          .value_or(0));
}

}  // namespace

void commit(ClientParts& parts, RecordEdit edit) {
  const auto id = edit.record;
  guarded([&] {
    Atomic atomic(parts.store.database());
    const auto account = account_of_assignment(parts, edit);
    const int before = account ? count_owners(parts, *account) : 0;
    LocalEdits(parts.store).commit(std::move(edit));
    if (account) check_owners(parts, *account, before);
    atomic.commit();
  });
  parts.changed({id});
}

void commit_together(ClientParts& parts, std::vector<RecordEdit> edits) {
  std::erase_if(edits, [](const RecordEdit& edit) { return edit.ops.empty(); });
  if (edits.empty()) return;
  std::vector<Uuid> changed;
  for (const auto& edit : edits) changed.push_back(edit.record);
  guarded([&] {
    Atomic atomic(parts.store.database());
    LocalEdits committed(parts.store);
    if (edits.size() == 1)
      committed.commit(std::move(edits.front()));
    else
      committed.commit_group(std::move(edits));
    atomic.commit();
  });
  parts.changed(std::move(changed));
}

RecordEdit edit_of(const LocalRecord& record, const Json& wanted) {
  static const schema::Collection undeclared;
  const auto* declared = schema::collection(record.view.collection);
  return {record.view.id, {}, {}, merge::diff(record.view, declared ? *declared : undeclared, wanted)};
}

RecordEdit making(ClientParts& parts, std::string_view collection, const Scope& scope, Json body) {
  return {Uuid::v7(parts.environment), std::string(collection), scope, LocalEdits::creation(std::move(body))};
}

LocalRecord local_record(ClientStore& store, const RecordRow& row, RecordState view) {
  LocalRecord record;
  record.view = std::move(view);
  record.unsynced = row.pending;
  record.parked = row.pending > 0 && !store.outbox().parked(row.key).empty();
  return record;
}

std::optional<LocalRecord> find_record(ClientParts& parts, const Uuid& id) {
  return guarded([&]() -> std::optional<LocalRecord> {
    const auto row = parts.store.records().find(id);
    if (!row || row->hidden || !row->visible()) return std::nullopt;
    auto view = parts.store.records().load_visible(*row);
    if (view.deleted) return std::nullopt;
    return local_record(parts.store, *row, std::move(view));
  });
}

LocalRecord need_record(ClientParts& parts, const Uuid& id) {
  auto record = find_record(parts, id);
  if (!record) throw ProblemError(ProblemCode::RecordNotFound, {}, id.text());
  return std::move(*record);
}

std::vector<LocalRecord> list_records(ClientParts& parts, std::string_view collection,
                                      const std::optional<Scope>& scope) {
  std::vector<LocalRecord> all;
  guarded([&] {
    parts.store.records().each(collection, scope, [&](const RecordRow& row, const RecordState& view) {
      if (!view.deleted) all.push_back(local_record(parts.store, row, view));
      return true;
    });
  });
  return all;
}

Client::Client(std::unique_ptr<ClientParts> parts) : parts_(std::move(parts)) {}
Client::~Client() = default;

std::unique_ptr<Client> Client::open(const OpenOptions& options, Environment& environment) {
  return std::unique_ptr<Client>(new Client(std::make_unique<ClientParts>(options, environment)));
}

std::optional<Account> Client::account() const {
  return guarded([&]() -> std::optional<Account> {
    const auto row = parts_->store.device().account();
    if (!row) return std::nullopt;
    return Account{row->user, row->login, row->name, row->role, row->server};
  });
}

std::unique_ptr<Engine> Client::log_in(const LogIn& log_in) {
  return std::make_unique<LogInEngine>(parts_->store,
                                       LogInDetails{log_in.server, log_in.login, log_in.password, log_in.device_name});
}

void Client::log_out() {
  guarded([&] { parts_->store.device().set_tokens({}, {}); });
}

std::unique_ptr<Engine> Client::log_out_at_server() {
  const auto account = guarded([&] { return parts_->store.device().account(); });
  log_out();
  return std::make_unique<LogOutEngine>(parts_->store, account ? account->refresh : std::string());
}

std::optional<LocalRecord> Client::get(const Uuid& id) const {
  return find_record(*parts_, id);
}

LocalRecord Client::need(const Uuid& id) const {
  return need_record(*parts_, id);
}

std::vector<LocalRecord> Client::list(std::string_view collection, const std::optional<Scope>& scope) const {
  return list_records(*parts_, collection, scope);
}

void Client::each(std::string_view collection, const std::optional<Scope>& scope,
                  const std::function<bool(const LocalRecord&)>& visit) const {
  guarded([&] {
    parts_->store.records().each(collection, scope, [&](const RecordRow& row, const RecordState& view) {
      return view.deleted || visit(local_record(parts_->store, row, view));
    });
  });
}

Uuid Client::create(std::string_view collection, const Scope& scope, const Json& body, std::optional<Uuid> id) {
  const auto* declared = schema::collection(collection);
  if (!declared) throw ProblemError(ProblemCode::UnknownCollection, {{"collection", std::string(collection)}});
  if (!body.is_object()) throw ProblemError(ProblemCode::WrongType, {}, "body");
  const auto record = id.value_or(Uuid::v7(parts_->environment));
  if (guarded([&] { return parts_->store.records().find(record); }))
    throw ProblemError(ProblemCode::AlreadyExists, {{"name", record.text()}}, record.text());
  commit(*parts_, {record, declared->name, programme::scope_of(*declared, scope, record), LocalEdits::creation(body)});
  return record;
}

std::size_t Client::edit(const Uuid& id, const Json& wanted) {
  if (!wanted.is_object()) throw ProblemError(ProblemCode::WrongType, {}, "body");
  auto ops = edit_of(need(id), wanted).ops;
  const auto count = ops.size();
  apply(id, std::move(ops));
  return count;
}

void Client::apply(const Uuid& id, std::vector<Op> ops) {
  if (ops.empty()) return;
  need(id);
  commit(*parts_, {id, {}, {}, std::move(ops)});
}

void Client::remove(const Uuid& id) {
  apply(id, {{OpKind::Remove, {}, nullptr, {}, {}}});
}

Client::Batch::Batch(Client& client) : client_(client) {
  auto& parts = *client.parts_;
  if (parts.batch) throw ProblemError(ProblemCode::UsageInvalid, {{"detail", "batch"}}, "batch");
  guarded([&] { parts.batch.emplace(parts.store.database()); });
}

Client::Batch::~Batch() {
  if (!open_) return;
  client_.parts_->batch.reset();
  client_.parts_->batched.clear();
}

void Client::Batch::commit() {
  auto& parts = *client_.parts_;
  guarded([&] { parts.batch->commit(); });
  open_ = false;
  parts.batch.reset();
  auto records = std::exchange(parts.batched, {});
  if (!records.empty()) parts.changed(std::move(records));
}

Status Client::status() const {
  return guarded([&] {
    auto& store = parts_->store;
    Status status;
    status.account = account();
    const auto device = store.device().get();
    status.device = device.id;
    status.parked = store.outbox().count(OutboxState::Parked);
    status.waiting = store.outbox().count(OutboxState::Waiting);
    status.unsynced = status.parked + status.waiting + store.outbox().count(OutboxState::Open) +
                      store.outbox().count(OutboxState::Sealed);
    status.unsynced_records = store.outbox().records_pending();
    status.open_conflicts = count_open_conflicts(store);
    status.attachments_to_upload = store.blobs().count_to_upload();
    status.records = store.records().count();
    status.last_sync = device.last_sync;
    return status;
  });
}

std::unique_ptr<Engine> Client::sync(const SyncOptions& options) {
  auto* parts = parts_.get();
  guarded([&] {
    if (parts->need_account().refresh.empty()) throw ProblemError(ProblemCode::NotLoggedIn);
  });
  return std::make_unique<SyncEngine>(parts->store, options.attempts.value_or(tuning::attempts),
                                      [parts](const std::vector<Uuid>& records) {
                                        if (parts->listener) parts->listener({Change::Source::Sync, records});
                                      });
}

std::unique_ptr<Engine> Client::read(std::string path, std::function<void(std::string)> take) {
  return request("GET", std::move(path), std::move(take));
}

std::unique_ptr<Engine> Client::request(std::string method, std::string path, std::function<void(std::string)> take) {
  guarded([&] {
    if (parts_->need_account().refresh.empty()) throw ProblemError(ProblemCode::NotLoggedIn);
  });
  return std::make_unique<ReadEngine>(parts_->store, std::move(method), std::move(path), tuning::attempts,
                                      std::move(take));
}

void Client::on_change(std::function<void(const Change&)> listener) {
  parts_->listener = std::move(listener);
}

}  // namespace anketa::client
