// A client's store in a temporary folder, logged in as a rep, and short ways to edit and look.
#pragma once

#include <memory>

#include "client-core/store/edits.hpp"
#include "client-core/store/settle.hpp"
#include "client-core/store/store.hpp"
#include "shared/merge/merge.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_environment.hpp"

namespace anketa::client::test {

inline const Uuid rep = Uuid::from("0197a000-0000-7000-8000-000000000001");
inline const Uuid account_scope = Uuid::from("0197a000-0000-7000-8000-00000000c001");

struct Fixture {
  anketa::test::TemporaryFolder folder;
  anketa::test::TestEnvironment environment;
  StoreOptions options;
  std::unique_ptr<ClientStore> store;

  explicit Fixture(std::string vfs = {}, std::string key = {}) {
    options.path = folder.file("client.db");
    options.create = true;
    options.vfs = std::move(vfs);
    options.key = std::move(key);
    options.busy_timeout_ms = 0;
    open();
    store->device().set_account({rep, "anna", "Анна Ковалёва", Role::Rep, "https://localhost", "access", "refresh"});
  }

  /// A store that is there already, with its account.
  struct Reopen {
    std::string path, key;
  };
  explicit Fixture(Reopen existing) : environment(2) {
    options.path = std::move(existing.path);
    options.key = std::move(existing.key);
    open();
  }

  void open() { store = std::make_unique<ClientStore>(options, environment); }
  void reopen() {
    store.reset();
    open();
  }

  static Json contact_body(std::string_view name = "Пётр Иванов") {
    return {{"client", account_scope.text()}, {"name", name}, {"phone", "+7 812 555-01-01"}};
  }
  Uuid create_contact(const Json& body = contact_body()) {
    const auto id = Uuid::v7(environment);
    LocalEdits(*store).commit({id, "contact", account_scope, LocalEdits::creation(body)});
    return id;
  }
  void set(const Uuid& id, const std::string& path, Json value) {
    LocalEdits(*store).commit({id, "", {}, {{OpKind::Set, path, std::move(value), {}, {}}}});
  }
  RecordRow row(const Uuid& id) { return store->records().find(id).value(); }
  RecordState view(const Uuid& id) { return store->records().load_visible(row(id)); }
  RecordState server(const Uuid& id) { return store->records().load_server(row(id)); }
  std::vector<Mutation> pending(const Uuid& id) {
    std::vector<Mutation> all;
    for (const auto& pending : store->outbox().pending_of(row(id).key))
      all.push_back(mutation_from_json(Json::parse(pending.text)));
    return all;
  }

  /// Takes an answer in, as if the server had sent it.
  Summary settle(const std::vector<protocol::MutationResult>& results, const std::vector<RecordState>& records = {},
                 protocol::SyncAnswer rest = {}) {
    protocol::AnswerWriter writer;
    for (const auto& result : results) writer.result(result);
    for (const auto& record : records) {
      const auto body = record.body.dump(), cells = cells_text(record), removed = removed_text(record);
      writer.record({record.id, record.collection, record.scope, record.version, record.seq, record.deleted, record.by,
                     body, cells, removed});
    }
    for (const auto& id : rest.removed) writer.removed(id);
    rest.epoch = "epoch";
    if (rest.cursor.empty()) rest.cursor = "cursor";
    const auto text = writer.finish(rest);
    Summary summary;
    std::vector<Uuid> changed;
    AnswerSettler(*store).settle(protocol::view_answer(text), summary, changed);
    return summary;
  }
};

inline protocol::MutationResult result(const Uuid& id, protocol::ResultStatus status, std::uint64_t version = 1,
                                       std::uint64_t seq = 1) {
  return {id, status, false, version, seq, {}, {}};
}

/// Everything of a state that both sides must agree on.
inline Json content(const RecordState& state) {
  auto json = to_json(state);
  json.erase("version");
  json.erase("seq");
  return json;
}

}  // namespace anketa::client::test
