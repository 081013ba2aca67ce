#include "client-core/store/record_table.hpp"

#include "client-core/store/sql.hpp"
#include "shared/record/mutant.hpp"

namespace anketa::client {
namespace {

constexpr std::string_view columns =
    "key, id, collection, scope, version, seq, pending, hidden, server, view, stale, server_hash, view_hash";

std::optional<ContentKey> or_null(ContentKey key) {
  return key ? std::optional(key) : std::nullopt;
}

std::optional<std::uint64_t> hash_at(const sqlite::Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return static_cast<std::uint64_t>(row.integer(column));
}

std::optional<std::uint64_t> hash_of(bool deleted, std::string_view body) {
  return deleted ? std::nullopt : std::optional(protocol::hash64(body));
}

/// Reads `columns`, which stand first in the row.
RecordRow read_row(const sqlite::Statement& row) {
  RecordRow record;
  record.key = row.integer(0);
  record.id = uuid_at(row, 1);
  record.collection = row.string(2);
  record.scope = uuid_at(row, 3);
  record.version = static_cast<std::uint64_t>(row.integer(4));
  record.seq = static_cast<std::uint64_t>(row.integer(5));
  record.pending = static_cast<int>(row.integer(6));
  record.hidden = row.integer(7) != 0;
  record.server = row.integer(8);
  record.view = row.integer(9);
  record.stale = row.integer(10) != 0;
  record.server_hash = hash_at(row, 11);
  record.view_hash = hash_at(row, 12);
  return record;
}

RecordState empty_state(const RecordRow& row) {
  RecordState state;
  state.id = row.id;
  state.collection = row.collection;
  state.scope = row.scope;
  state.version = row.version;
  state.seq = row.seq;
  return state;
}

/// Reads by, deleted, body, cells, removed from `first` on.
void read_content(const sqlite::Statement& row, int first, RecordState& state) {
  state.by = uuid_at(row, first);
  state.deleted = row.integer(first + 1) != 0;
  state.body = Json::parse(row.text(first + 2), nullptr, false);
  if (!state.body.is_object()) throw ProblemError(ProblemCode::DatabaseDamaged);
  read_provenance(state, row.text(first + 3), row.text(first + 4));
}

}  // namespace

std::optional<RecordRow> RecordTable::find(const Uuid& id) const {
  static const std::string sql = "SELECT " + std::string(columns) + " FROM record WHERE id = ?";
  auto row = database_.statement(sql);
  row.bind(blob(id));
  if (!row.step()) return std::nullopt;
  return read_row(row);
}

std::optional<RecordRow> RecordTable::find(RecordKey key) const {
  static const std::string sql = "SELECT " + std::string(columns) + " FROM record WHERE key = ?";
  auto row = database_.statement(sql);
  row.bind(key);
  if (!row.step()) return std::nullopt;
  return read_row(row);
}

RecordRow RecordTable::add(const Uuid& id, std::string_view collection, const Scope& scope) {
  database_.run("INSERT INTO record(id, collection, scope, version, seq, pending) VALUES(?, ?, ?, 0, 0, 0)", blob(id),
                collection, blob(scope));
  RecordRow row;
  row.key = sqlite3_last_insert_rowid(database_.handle());
  row.id = id;
  row.collection = collection;
  row.scope = scope;
  return row;
}

RecordState RecordTable::load(const RecordRow& row, ContentKey content) const {
  auto state = empty_state(row);
  if (!content) return state;
  auto found = database_.statement("SELECT by, deleted, body, cells, removed FROM content WHERE key = ?");
  found.bind(content);
  if (!found.step()) throw ProblemError(ProblemCode::DatabaseDamaged);
  read_content(found, 0, state);
  return state;
}

RecordRow RecordTable::put_server(const protocol::RecordView& incoming) {
  const auto hash = hash_of(incoming.deleted, incoming.body);
  if (auto row = find(incoming.id)) {
    row->version = incoming.version;
    row->seq = incoming.seq;
    row->stale = false;
    row->server_hash = hash;
    if (row->server)
      database_.run("UPDATE content SET by = ?, deleted = ?, body = ?, cells = ?, removed = ? WHERE key = ?",
                    blob(incoming.by), incoming.deleted, incoming.body, incoming.cells, incoming.removed, row->server);
    else
      row->server = insert_content(incoming.by, incoming.deleted, incoming.body, incoming.cells, incoming.removed);
    update(*row);
    return *row;
  }
  RecordRow row;
  row.id = incoming.id;
  row.collection = incoming.collection;
  row.scope = incoming.scope;
  row.version = incoming.version;
  row.seq = incoming.seq;
  row.server_hash = hash;
  row.server = insert_content(incoming.by, incoming.deleted, incoming.body, incoming.cells, incoming.removed);
  database_.run(
      "INSERT INTO record(id, collection, scope, version, seq, pending, server, server_hash, sum) "
      "VALUES(?, ?, ?, ?, ?, 0, ?, ?, ?)",
      blob(row.id), row.collection, blob(row.scope), row.version, row.seq, row.server, row.server_hash, sum(row));
  row.key = sqlite3_last_insert_rowid(database_.handle());
  return row;
}

void RecordTable::put_server(RecordRow& row, const RecordState& state) {
  row.server_hash = put_content(row.server, state);
}

void RecordTable::put_view(RecordRow& row, const RecordState& state) {
  row.view_hash = put_content(row.view, state);
}

void RecordTable::drop_view(RecordRow& row) {
  if (row.view) erase_content(row.view);
  row.view = 0;
  row.view_hash.reset();
}

void RecordTable::promote_view(RecordRow& row) {
  if (!row.view) return;
  if (row.server) erase_content(row.server);
  row.server = std::exchange(row.view, 0);
  row.server_hash = std::exchange(row.view_hash, std::nullopt);
}

std::optional<std::uint64_t> RecordTable::sum(const RecordRow& row) {
  if (!row.server || !row.server_hash || row.hidden || row.stale) return std::nullopt;
  return protocol::record_sum(row.id, ANKETA_MUTANT("checksum_ignores_version") ? 1 : row.version, *row.server_hash);
}

void RecordTable::update(const RecordRow& row) {
  database_.run(
      "UPDATE record SET version = ?, seq = ?, pending = ?, hidden = ?, stale = ?, server = ?, view = ?, server_hash = "
      "?, "
      "view_hash = ?, sum = ? WHERE key = ?",
      row.version, row.seq, row.pending, row.hidden, row.stale, or_null(row.server), or_null(row.view), row.server_hash,
      row.view_hash, sum(row), row.key);
}

void RecordTable::erase(const RecordRow& row) {
  if (row.server) erase_content(row.server);
  if (row.view) erase_content(row.view);
  database_.run("DELETE FROM record WHERE key = ?", row.key);
}

void RecordTable::each(std::string_view collection, const std::optional<Scope>& scope, const Visit& visit) const {
  static const std::string select =
      "SELECT r.key, r.id, r.collection, r.scope, r.version, r.seq, r.pending, r.hidden, r.server, r.view, r.stale, "
      "r.server_hash, r.view_hash, c.by, c.deleted, c.body, c.cells, c.removed FROM record r JOIN content c ON c.key = "
      "coalesce(r.view, r.server) "
      "WHERE r.collection = ? AND r.hidden = 0";
  static const std::string of_all = select + " ORDER BY r.key";
  static const std::string of_one = select + " AND r.scope = ? ORDER BY r.key";
  auto found = database_.statement(scope ? of_one : of_all);
  if (scope)
    found.bind(collection, blob(*scope));
  else
    found.bind(collection);
  while (found.step()) {
    const auto row = read_row(found);
    auto state = empty_state(row);
    read_content(found, 13, state);
    if (!visit(row, state)) return;
  }
}

std::vector<Uuid> RecordTable::ids(std::string_view collection) const {
  auto found = database_.statement(
      "SELECT r.id FROM record r JOIN content c ON c.key = coalesce(r.view, r.server) "
      "WHERE r.collection = ? AND r.hidden = 0 AND c.deleted = 0 ORDER BY r.key");
  found.bind(collection);
  std::vector<Uuid> ids;
  while (found.step()) ids.push_back(uuid_at(found, 0));
  return ids;
}

std::vector<RecordRow> RecordTable::of_scope(const Scope& scope) const {
  static const std::string sql = "SELECT " + std::string(columns) + " FROM record WHERE scope = ?";
  auto found = database_.statement(sql);
  found.bind(blob(scope));
  std::vector<RecordRow> rows;
  while (found.step()) rows.push_back(read_row(found));
  return rows;
}

std::vector<RecordRow> RecordTable::hidden() const {
  static const std::string sql = "SELECT " + std::string(columns) + " FROM record WHERE hidden = 1";
  auto found = database_.statement(sql);
  std::vector<RecordRow> rows;
  while (found.step()) rows.push_back(read_row(found));
  return rows;
}

void RecordTable::forget_after(std::uint64_t seq) {
  database_.run(
      "UPDATE record SET version = 0, seq = 0, stale = 1, sum = NULL WHERE server IS NOT NULL AND (seq > ? OR stale = "
      "1)",
      seq);
}

std::vector<RecordRow> RecordTable::stale() const {
  static const std::string sql = "SELECT " + std::string(columns) + " FROM record WHERE stale = 1";
  auto found = database_.statement(sql);
  std::vector<RecordRow> rows;
  while (found.step()) rows.push_back(read_row(found));
  return rows;
}

std::vector<Scope> RecordTable::scopes() const {
  auto row = database_.statement("SELECT DISTINCT scope FROM record");
  std::vector<Scope> scopes;
  while (row.step()) scopes.push_back(uuid_at(row, 0));
  return scopes;
}

protocol::ContentSum RecordTable::total() const {
  auto row = database_.statement("SELECT count, low, high FROM content_total");
  if (!row.step()) return {};
  return {static_cast<std::uint64_t>(row.integer(0)),
          (static_cast<std::uint64_t>(row.integer(2)) << 32) + static_cast<std::uint64_t>(row.integer(1))};
}

std::vector<protocol::ScopeSum> RecordTable::totals() const {
  auto row = database_.statement("SELECT scope, sum FROM record WHERE sum IS NOT NULL ORDER BY scope");
  std::vector<protocol::ScopeSum> totals;
  while (row.step()) {
    const auto scope = uuid_at(row, 0);
    if (totals.empty() || !(totals.back().scope == scope)) totals.push_back({scope, {}});
    totals.back().total += {1, static_cast<std::uint64_t>(row.integer(1))};
  }
  return totals;
}

std::uint64_t RecordTable::count() const {
  return static_cast<std::uint64_t>(
      database_.query_integer("SELECT count(*) FROM record WHERE hidden = 0").value_or(0));
}

ContentKey RecordTable::insert_content(const Uuid& by, bool deleted, std::string_view body, std::string_view cells,
                                       std::string_view removed) {
  database_.run("INSERT INTO content(by, deleted, body, cells, removed) VALUES(?, ?, ?, ?, ?)", blob(by), deleted, body,
                cells, removed);
  return sqlite3_last_insert_rowid(database_.handle());
}

std::optional<std::uint64_t> RecordTable::put_content(ContentKey& key, const RecordState& state) {
  const auto body = canonical(state.body), cells = cells_text(state), removed = removed_text(state);
  if (key)
    database_.run("UPDATE content SET by = ?, deleted = ?, body = ?, cells = ?, removed = ? WHERE key = ?",
                  blob(state.by), state.deleted, body, cells, removed, key);
  else
    key = insert_content(state.by, state.deleted, body, cells, removed);
  return hash_of(state.deleted, body);
}

void RecordTable::erase_content(ContentKey key) {
  database_.run("DELETE FROM content WHERE key = ?", key);
}

}  // namespace anketa::client
