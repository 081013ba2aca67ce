#include "sync-server/store/sqlite_session.hpp"

#include <algorithm>
#include <array>

#include "shared/schema/schema.hpp"

namespace anketa::server {
namespace {

constexpr std::string_view head_columns =
    "SELECT id, collection, scope, version, seq, deleted, set_by, body, cells, removed, sum FROM head ";
constexpr std::string_view journal_columns =
    "SELECT position, id, seq, status, version, hash, record, scope, device, person, group_id, received_at, conflicts, "
    "problem, text, marks, prev FROM journal ";

std::string sql(std::string_view columns, std::string_view rest) {
  return std::string(columns) + std::string(rest);
}

void fill_head(const sqlite::Statement& row, Head& head) {
  head.id = id_column(row, 0);
  head.collection = row.text(1);
  head.scope = id_column(row, 2);
  head.version = static_cast<std::uint64_t>(row.integer(3));
  head.seq = static_cast<std::uint64_t>(row.integer(4));
  head.deleted = row.integer(5) != 0;
  head.by = id_column(row, 6);
  head.body = row.text(7);
  head.cells = row.text(8);
  head.removed = row.text(9);
  head.sum = static_cast<std::uint64_t>(row.integer(10));
}

/// A query of heads in the order of history, of all collections and of each stage of a first sync. The last stage has
/// the collections that are not declared, too.
std::array<std::string, 4> staged(std::string_view where) {
  std::array<std::string, 4> texts;
  for (int stage = 0; stage < 4; ++stage) {
    std::string names;
    for (const auto& collection : schema::collections()) {
      const auto own = schema::first_sync_stage(collection.name);
      if (stage == 3 ? own < 3 : own == stage) names += (names.empty() ? "'" : ", '") + collection.name + "'";
    }
    auto& text = texts[static_cast<std::size_t>(stage)];
    text = sql(head_columns, where);
    if (stage > 0) text += std::string(stage == 3 ? " AND collection NOT IN (" : " AND collection IN (") + names + ")";
    text += " ORDER BY seq";
  }
  return texts;
}

JournalRow journal_row(const sqlite::Statement& row) {
  JournalRow journal;
  journal.position = row.integer(0);
  journal.id = journal.result.id = id_column(row, 1);
  journal.result.seq = static_cast<std::uint64_t>(row.integer(2));
  journal.result.status = static_cast<protocol::ResultStatus>(row.integer(3));
  journal.result.version = static_cast<std::uint64_t>(row.integer(4));
  const auto hash = row.blob(5);
  std::transform(hash.begin(), hash.begin() + static_cast<std::ptrdiff_t>(std::min(hash.size(), journal.hash.size())),
                 journal.hash.begin(), [](std::byte byte) { return static_cast<std::uint8_t>(byte); });
  journal.record = id_column(row, 6);
  journal.scope = id_column(row, 7);
  journal.device = id_column(row, 8);
  journal.user = id_column(row, 9);
  if (!row.is_null(10)) journal.group = id_column(row, 10);
  journal.received_at = row.integer(11);
  if (!row.is_null(12))
    for (const auto& id : Json::parse(row.text(12)))
      journal.result.conflicts.push_back(Uuid::from(id.get<std::string>()));
  if (!row.is_null(13)) journal.result.problem = Problem::from_json(Json::parse(row.text(13)));
  journal.text = row.text(14);
  journal.marks = static_cast<int>(row.integer(15));
  if (!row.is_null(16)) journal.prev = id_column(row, 16);
  return journal;
}

std::vector<JournalRow> journal_rows(sqlite::Statement& statement) {
  std::vector<JournalRow> rows;
  while (statement.step()) rows.push_back(journal_row(statement));
  return rows;
}

std::optional<std::string> conflicts_text(const protocol::MutationResult& result) {
  if (result.conflicts.empty()) return std::nullopt;
  Json ids = Json::array();
  for (const auto& id : result.conflicts) ids.push_back(id.text());
  return ids.dump();
}

std::optional<std::string> problem_text(const protocol::MutationResult& result) {
  if (!result.problem) return std::nullopt;
  return result.problem->to_json(text::Language::English).dump();
}

void bind(sqlite::Statement& statement, std::span<const SqlValue> parameters) {
  int index = 0;
  for (const auto& parameter : parameters) {
    ++index;
    if (const auto* integer = std::get_if<std::int64_t>(&parameter))
      statement.bind_one(index, *integer);
    else if (const auto* text = std::get_if<std::string>(&parameter))
      statement.bind_one(index, *text);
    else if (const auto* id = std::get_if<Uuid>(&parameter))
      statement.bind_one(index, blob(*id));
    else
      statement.bind_one(index, nullptr);
  }
}

class StatementRow final : public Row {
 public:
  explicit StatementRow(const sqlite::Statement& statement) : statement_(statement) {}
  bool is_null(int column) const override { return statement_.is_null(column); }
  std::int64_t integer(int column) const override { return statement_.integer(column); }
  std::string_view text(int column) const override { return statement_.text(column); }
  std::optional<Uuid> id(int column) const override {
    if (statement_.is_null(column)) return std::nullopt;
    return id_column(statement_, column);
  }

 private:
  const sqlite::Statement& statement_;
};

GrantRow grant_row(const sqlite::Statement& row, const Uuid& user) {
  return {user,
          id_column(row, 0),
          row.string(1),
          Json::parse(row.text(2)).get<std::vector<std::string>>(),
          static_cast<std::uint64_t>(row.integer(3)),
          static_cast<std::uint64_t>(row.integer(4))};
}

}  // namespace

Uuid id_column(const sqlite::Statement& row, int column) {
  const auto bytes = row.blob(column);
  std::array<std::uint8_t, 16> id{};
  if (bytes.size() != id.size()) return Uuid();
  std::memcpy(id.data(), bytes.data(), id.size());
  return Uuid(id);
}

HistoryState SqliteReader::history() {
  HistoryState state;
  auto row = database_.statement("SELECT key, value FROM meta");
  while (row.step()) {
    const auto key = row.text(0);
    if (key == "epoch") state.epoch = row.text(1);
    if (key == "server") state.server = id_column(row, 1);
    if (key == "last_seq") state.last_seq = static_cast<std::uint64_t>(row.integer(1));
    if (key == "salt") state.salt = static_cast<std::uint64_t>(row.integer(1));
    if (key == "backup_seq") state.backup_seq = static_cast<std::uint64_t>(row.integer(1));
  }
  return state;
}

std::optional<Head> SqliteReader::head(const Uuid& id) {
  static const auto text = sql(head_columns, "WHERE id = ?1");
  auto row = database_.statement(text);
  row.bind(blob(id));
  if (!row.step()) return std::nullopt;
  Head head;
  fill_head(row, head);
  return head;
}

void SqliteReader::feed(std::uint64_t after, std::uint64_t upto, int stage,
                        const std::function<bool(const Head&)>& visit) {
  static const auto texts = staged("INDEXED BY head_seq WHERE seq > ?1 AND seq <= ?2");
  auto row = database_.statement(texts.at(static_cast<std::size_t>(stage)));
  row.bind(after, upto);
  Head head;
  while (row.step()) {
    fill_head(row, head);
    if (!visit(head)) return;
  }
}

void SqliteReader::feed_scope(const Scope& scope, std::uint64_t after, std::uint64_t upto, int stage,
                              const std::function<bool(const Head&)>& visit) {
  static const auto texts = staged("INDEXED BY head_scope WHERE scope = ?1 AND seq > ?2 AND seq <= ?3");
  auto row = database_.statement(texts.at(static_cast<std::size_t>(stage)));
  row.bind(blob(scope), after, upto);
  Head head;
  while (row.step()) {
    fill_head(row, head);
    if (!visit(head)) return;
  }
}

std::vector<Head> SqliteReader::heads_of(std::string_view collection, const std::optional<Scope>& scope) {
  static const auto all = sql(head_columns, "WHERE collection = ?1 ORDER BY id");
  static const auto one = sql(head_columns, "WHERE scope = ?2 AND collection = ?1 ORDER BY id");
  auto row = database_.statement(scope ? one : all);
  row.bind_one(1, collection);
  if (scope) row.bind_one(2, blob(*scope));
  std::vector<Head> heads;
  while (row.step()) fill_head(row, heads.emplace_back());
  return heads;
}

std::optional<JournalRow> SqliteReader::journal(const Uuid& mutation) {
  static const auto text = sql(journal_columns, "WHERE id = ?1");
  auto row = database_.statement(text);
  row.bind(blob(mutation));
  if (!row.step()) return std::nullopt;
  return journal_row(row);
}

std::vector<JournalRow> SqliteReader::journal_of(const Uuid& record) {
  static const auto text = sql(journal_columns, "WHERE record = ?1 ORDER BY position");
  auto row = database_.statement(text);
  row.bind(blob(record));
  return journal_rows(row);
}

std::vector<JournalRow> SqliteReader::journal_with(protocol::ResultStatus status, int limit) {
  static const auto text = sql(journal_columns, "WHERE status = ?1 ORDER BY position LIMIT ?2");
  auto row = database_.statement(text);
  row.bind(static_cast<int>(status), limit);
  return journal_rows(row);
}

std::vector<JournalRow> SqliteReader::journal_marked(int limit) {
  static const auto text = sql(journal_columns, "WHERE marks > 0 ORDER BY position DESC LIMIT ?1");
  auto row = database_.statement(text);
  row.bind(limit);
  return journal_rows(row);
}

std::vector<JournalRow> SqliteReader::quarantined(const Uuid& device) {
  static const auto text =
      sql(journal_columns, "WHERE marks > 0 AND status = 3 AND marks & 8 <> 0 AND device = ?1 ORDER BY position");
  auto row = database_.statement(text);
  row.bind(blob(device));
  return journal_rows(row);
}

std::vector<JournalRow> SqliteReader::waiting_for(const Uuid& record, const Uuid& mutation) {
  static const auto text =
      sql(journal_columns, "WHERE status = 4 AND record = ?1 AND (prev IS NULL OR prev = ?2) ORDER BY position");
  auto row = database_.statement(text);
  row.bind(blob(record), blob(mutation));
  return journal_rows(row);
}

std::vector<JournalRow> SqliteReader::waiting_in_group(const Uuid& group) {
  static const auto text = sql(journal_columns, "WHERE status = 4 AND group_id = ?1 ORDER BY position");
  auto row = database_.statement(text);
  row.bind(blob(group));
  return journal_rows(row);
}

std::vector<GrantRow> SqliteReader::grants(const Uuid& user) {
  auto row = database_.statement(
      "SELECT scope, role, classes, from_seq, to_seq FROM access_grant WHERE person = ?1 ORDER BY from_seq");
  row.bind(blob(user));
  std::vector<GrantRow> grants;
  while (row.step()) grants.push_back(grant_row(row, user));
  return grants;
}

std::optional<GrantRow> SqliteReader::open_grant_of(const Uuid& user, const Scope& scope) {
  auto row = database_.statement(
      "SELECT scope, role, classes, from_seq, to_seq FROM access_grant WHERE person = ?1 AND scope = ?2 AND to_seq = "
      "0");
  row.bind(blob(user), blob(scope));
  return row.step() ? std::optional(grant_row(row, user)) : std::nullopt;
}

void SqliteReader::select(std::string_view sql, std::span<const SqlValue> parameters,
                          const std::function<void(const Row&)>& visit) {
  auto statement = database_.statement(sql);
  bind(statement, parameters);
  const StatementRow row(statement);
  while (statement.step()) visit(row);
}

SqliteWriter::SqliteWriter(sqlite::Database& database) : SqliteReader(database), sums_(database) {
  reload();
}

HistoryState SqliteWriter::history() {
  return history_;
}

void SqliteWriter::append(const JournalRow& row) {
  const auto& result = row.result;
  auto statement = database_.statement(
      "INSERT INTO journal (id, seq, status, version, hash, record, scope, device, person, group_id, received_at, "
      "conflicts, problem, text, marks, prev) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, "
      "?15, "
      "?16)");
  const auto conflicts = conflicts_text(result);
  const auto problem = problem_text(result);
  statement.bind(blob(row.id), result.seq, static_cast<int>(result.status), result.version,
                 std::as_bytes(std::span(row.hash)), blob(row.record), blob(row.scope), blob(row.device),
                 blob(row.user));
  const auto bind_id = [&](int place, const std::optional<Uuid>& id) {
    if (id)
      statement.bind_one(place, blob(*id));
    else
      statement.bind_one(place, nullptr);
  };
  bind_id(10, row.group);
  statement.bind_one(11, row.received_at);
  statement.bind_one(12, conflicts);
  statement.bind_one(13, problem);
  statement.bind_one(14, row.text);
  statement.bind_one(15, row.marks);
  bind_id(16, row.prev);
  statement.run();
  follow(result);
}

void SqliteWriter::set_result(const protocol::MutationResult& result) {
  const auto conflicts = conflicts_text(result);
  const auto problem = problem_text(result);
  database_.run("UPDATE journal SET seq = ?2, status = ?3, version = ?4, conflicts = ?5, problem = ?6 WHERE id = ?1",
                blob(result.id), result.seq, static_cast<int>(result.status), result.version, conflicts, problem);
  follow(result);
}

void SqliteWriter::put_head(const Head& given, const Head* before) {
  auto head = given;
  head.sum = head.deleted ? 0 : protocol::record_sum(head.id, head.version, protocol::hash64(head.body));
  database_.run(
      "INSERT INTO head (id, collection, scope, version, seq, deleted, set_by, cells, removed, sum, body) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT (id) DO UPDATE SET version = "
      "excluded.version, seq = excluded.seq, deleted = excluded.deleted, set_by = excluded.set_by, cells = "
      "excluded.cells, removed = excluded.removed, sum = excluded.sum, body = excluded.body",
      blob(head.id), head.collection, blob(head.scope), head.version, head.seq, head.deleted, blob(head.by), head.cells,
      head.removed, head.sum, head.body);
  sums_.changed(head, before);
}

void SqliteWriter::project(const RecordState& record, Instant now) {
  server::project(*this, record, now);
}

void SqliteWriter::run(std::string_view sql, std::span<const SqlValue> parameters) {
  auto statement = database_.statement(sql);
  bind(statement, parameters);
  statement.run();
}

void SqliteWriter::open_grant(const GrantRow& grant) {
  const auto classes = Json(grant.classes).dump();
  database_.run(
      "INSERT INTO access_grant (person, scope, role, classes, from_seq, to_seq) VALUES (?1, ?2, ?3, ?4, ?5, 0)",
      blob(grant.user), blob(grant.scope), grant.role, classes, grant.from);
}

void SqliteWriter::close_grant(const Uuid& user, const Scope& scope, std::uint64_t at) {
  database_.run("UPDATE access_grant SET to_seq = ?3 WHERE person = ?1 AND scope = ?2 AND to_seq = 0", blob(user),
                blob(scope), at);
}

void SqliteWriter::set_backup_seq(std::uint64_t seq) {
  database_.run("INSERT OR REPLACE INTO meta (key, value) VALUES ('backup_seq', ?1)", seq);
  history_.backup_seq = seq;
}

void SqliteWriter::nested(const std::function<void()>& work) {
  // What is noted so far belongs to the transaction around the savepoint.
  sums_.flush();
  const auto before = history_;
  const auto marked = marked_seq_;
  sqlite::Savepoint savepoint(database_);
  try {
    work();
    sums_.flush();
    savepoint.release();
  } catch (...) {
    sums_.discard();
    history_ = before;
    marked_seq_ = marked;
    throw;
  }
}

void SqliteWriter::save_counter() {
  if (history_.last_seq == saved_seq_) return;
  database_.run("INSERT OR REPLACE INTO meta (key, value) VALUES ('last_seq', ?1), ('salt', ?2)", history_.last_seq,
                history_.salt);
  saved_seq_ = history_.last_seq;
}

void SqliteWriter::catch_up() {
  const auto version = database_.query_integer("PRAGMA data_version").value_or(0);
  if (std::exchange(data_version_, version) != version) reload();
}

void SqliteWriter::reload() {
  history_ = SqliteReader::history();
  saved_seq_ = marked_seq_ = history_.last_seq;
  sums_.reload();
}

}  // namespace anketa::server
