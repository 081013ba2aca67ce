// Erasures as the embedded store keeps them.
#include "sync-server/store/sqlite_session.hpp"

namespace anketa::server {
namespace {

constexpr std::string_view columns = "SELECT id, at, by_whom, why, record, collection, paths FROM erasure ";

std::string sql(std::string_view rest) {
  return std::string(columns) + std::string(rest);
}

Digest digest_column(const sqlite::Statement& row, int column) {
  const auto bytes = row.blob(column);
  Digest digest{};
  std::memcpy(digest.data(), bytes.data(), std::min(bytes.size(), digest.size()));
  return digest;
}

}  // namespace

std::vector<Erasure> SqliteReader::read_erasures(sqlite::Statement& row) {
  std::vector<Erasure> all;
  while (row.step())
    all.push_back({id_column(row, 0),
                   row.integer(1),
                   row.string(2),
                   row.string(3),
                   id_column(row, 4),
                   row.string(5),
                   Json::parse(row.text(6)).get<std::vector<std::string>>(),
                   {}});
  for (auto& erasure : all) {
    auto named = database_.statement("SELECT mutation, hash FROM erased_mutation WHERE erasure = ?1 ORDER BY mutation");
    named.bind(blob(erasure.id));
    while (named.step()) erasure.mutations.push_back({id_column(named, 0), digest_column(named, 1)});
  }
  return all;
}

bool SqliteReader::any_erasures() {
  return database_.query_integer("SELECT 1 FROM erasure LIMIT 1").has_value();
}

std::optional<Erasure> SqliteReader::erasure(const Uuid& id) {
  static const auto text = sql("WHERE id = ?1");
  auto row = database_.statement(text);
  row.bind(blob(id));
  auto found = read_erasures(row);
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<Erasure> SqliteReader::erasures_of(const Uuid& record) {
  static const auto text = sql("WHERE record = ?1 ORDER BY row");
  auto row = database_.statement(text);
  row.bind(blob(record));
  return read_erasures(row);
}

std::vector<Erasure> SqliteReader::erasures() {
  static const auto text = sql("ORDER BY row");
  auto row = database_.statement(text);
  return read_erasures(row);
}

std::optional<ErasedMutation> SqliteReader::erased(const Uuid& mutation) {
  auto row = database_.statement("SELECT hash FROM erased_mutation WHERE mutation = ?1 LIMIT 1");
  row.bind(blob(mutation));
  if (!row.step()) return std::nullopt;
  return ErasedMutation{mutation, digest_column(row, 0)};
}

void SqliteWriter::put_erasure(const Erasure& erasure) {
  const auto paths = Json(erasure.paths).dump();
  database_.run(
      "INSERT INTO erasure (id, at, by_whom, why, record, collection, paths) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
      blob(erasure.id), erasure.at, erasure.by, erasure.why, blob(erasure.record), erasure.collection, paths);
  for (const auto& mutation : erasure.mutations) note_erased(erasure.id, mutation);
}

void SqliteWriter::note_erased(const Uuid& erasure, const ErasedMutation& mutation) {
  database_.run("INSERT OR IGNORE INTO erased_mutation (mutation, erasure, hash) VALUES (?1, ?2, ?3)",
                blob(mutation.id), blob(erasure), std::as_bytes(std::span(mutation.hash)));
}

void SqliteWriter::erase_text(const Uuid& mutation, std::string_view text) {
  // A problem may quote the value it complains of: its code and place are enough.
  database_.run(
      "UPDATE journal SET text = ?2, marks = marks | ?3, problem = CASE WHEN problem IS NULL THEN NULL ELSE "
      "json_object('code', problem ->> '$.code', 'where', coalesce(problem ->> '$.where', '')) END WHERE id = ?1",
      blob(mutation), text, static_cast<int>(ErasedMark));
}

}  // namespace anketa::server
