// Records as the server has them, and as the user sees them where he has changed them.
//
// Model: a RecordRow is small; bodies are rows of `content`. `server` names the content the server last sent, `view`
// the one with the user's pending edits on top (0: none pending, the user sees the server's). Thread safety: as its
// database's. All writes belong into a transaction of the caller.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "shared/protocol/answer_view.hpp"
#include "shared/record/record_state.hpp"
#include "shared/sqlite/database.hpp"

namespace anketa::client {

using RecordKey = std::int64_t;
using ContentKey = std::int64_t;

struct RecordRow {
  RecordKey key = 0;
  Uuid id;
  std::string collection;
  Scope scope;
  std::uint64_t version = 0;
  std::uint64_t seq = 0;
  /// Own mutations the server has not acknowledged.
  int pending = 0;
  /// Its scope was revoked, or it left the device's sight, while edits were pending: kept until they are journalled.
  bool hidden = false;
  /// What the server is known to have had in a history that is no more; to be fetched again.
  bool stale = false;
  ContentKey server = 0;
  ContentKey view = 0;
  /// protocol::hash64 of these bodies; none where the record is deleted.
  std::optional<std::uint64_t> server_hash;
  std::optional<std::uint64_t> view_hash;

  ContentKey visible() const { return view ? view : server; }
};

class RecordTable {
 public:
  explicit RecordTable(sqlite::Database& database) : database_(database) {}

  std::optional<RecordRow> find(const Uuid& id) const;
  std::optional<RecordRow> find(RecordKey key) const;
  /// A row for a record made here: version 0, no content yet.
  RecordRow add(const Uuid& id, std::string_view collection, const Scope& scope);

  /// The record with the content named; with content 0, an empty one.
  RecordState load(const RecordRow& row, ContentKey content) const;
  RecordState load_server(const RecordRow& row) const { return load(row, row.server); }
  RecordState load_visible(const RecordRow& row) const { return load(row, row.visible()); }

  /// Puts what the server sent in place of the server's content; the view is left alone. A new record is added.
  RecordRow put_server(const protocol::RecordView& incoming);
  /// The same from a state computed here (after an acknowledgement).
  void put_server(RecordRow& row, const RecordState& state);
  void put_view(RecordRow& row, const RecordState& state);
  void drop_view(RecordRow& row);
  /// The view becomes the server's content: all its mutations are in effect, and nothing else is. No body is touched.
  void promote_view(RecordRow& row);
  /// Stores all of the row but id, collection and scope.
  void update(const RecordRow& row);
  void erase(const RecordRow& row);

  /// Rows of a collection that are not hidden, by key; stops when visit returns false. visit must not write.
  using Visit = std::function<bool(const RecordRow&, const RecordState&)>;
  void each(std::string_view collection, const std::optional<Scope>& scope, const Visit& visit) const;
  /// Of the records of a collection that the user sees, the ids alone.
  std::vector<Uuid> ids(std::string_view collection) const;
  /// Rows of a scope, hidden ones included, without content.
  std::vector<RecordRow> of_scope(const Scope& scope) const;
  std::vector<RecordRow> hidden() const;
  /// Server states from after that place in history become stale, until the server sends them again.
  void forget_after(std::uint64_t seq);
  std::vector<RecordRow> stale() const;
  std::uint64_t count() const;
  /// Scopes in which there are records.
  std::vector<Scope> scopes() const;

  /// Of all records as the server has them, hidden and deleted ones apart; kept with every change.
  protocol::ContentSum total() const;
  /// The same by scope; reads every row.
  std::vector<protocol::ScopeSum> totals() const;
  /// What the row adds; none where it does not count.
  static std::optional<std::uint64_t> sum(const RecordRow& row);

 private:
  ContentKey insert_content(const Uuid& by, bool deleted, std::string_view body, std::string_view cells,
                            std::string_view removed);
  /// Puts a state where the key says, or in a new place; gives the body's hash.
  std::optional<std::uint64_t> put_content(ContentKey& key, const RecordState& state);
  void erase_content(ContentKey key);
  sqlite::Database& database_;
};

}  // namespace anketa::client
