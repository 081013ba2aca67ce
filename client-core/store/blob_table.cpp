#include "client-core/store/blob_table.hpp"

#include <algorithm>

#include "client-core/store/sql.hpp"
#include "shared/record/json.hpp"

namespace anketa::client {
namespace {

constexpr std::string_view columns_and_table =
    "SELECT key, scope, sha256, bytes, held, state, name, media_type, upload, problem FROM blob";

BlobRow read_row(const sqlite::Statement& row) {
  BlobRow blob;
  blob.key = row.integer(0);
  blob.scope = uuid_at(row, 1);
  blob.sha256 = row.string(2);
  blob.bytes = static_cast<std::uint64_t>(row.integer(3));
  blob.held = static_cast<std::uint64_t>(row.integer(4));
  blob.state = static_cast<BlobState>(row.integer(5));
  blob.name = row.string(6);
  blob.media_type = row.string(7);
  blob.upload = row.string(8);
  if (!row.is_null(9)) blob.problem = Problem::from_json(Json::parse(row.text(9), nullptr, false));
  return blob;
}

}  // namespace

std::optional<BlobRow> BlobTable::find(const Scope& scope, std::string_view sha256) {
  auto row = database_.statement(std::string(columns_and_table) + " WHERE scope = ? AND sha256 = ?");
  row.bind(blob(scope), sha256);
  if (!row.step()) return std::nullopt;
  return read_row(row);
}

void BlobTable::put(const BlobRow& row, std::string_view content) {
  if (const auto known = find(row.scope, row.sha256)) {
    if (known->state != BlobState::Arriving) return;
    remove(known->key);
  }
  database_.run("INSERT INTO blob(scope, sha256, bytes, held, state, name, media_type) VALUES(?, ?, ?, ?, 0, ?, ?)",
                blob(row.scope), row.sha256, row.bytes, row.bytes, row.name, row.media_type);
  put_chunks(find(row.scope, row.sha256)->key, 0, content);
}

void BlobTable::put_chunks(std::int64_t key, std::uint64_t offset, std::string_view bytes) {
  for (auto number = offset / chunk_bytes; !bytes.empty(); ++number) {
    const auto chunk = bytes.substr(0, chunk_bytes);
    database_.run("INSERT OR REPLACE INTO blob_chunk(blob, number, bytes) VALUES(?, ?, ?)", key, number,
                  std::as_bytes(std::span(chunk.data(), chunk.size())));
    bytes.remove_prefix(chunk.size());
  }
}

std::optional<BlobRow> BlobTable::next_to_upload(std::int64_t after) {
  auto row =
      database_.statement(std::string(columns_and_table) + " WHERE state IN (0, 3) AND key > ? ORDER BY key LIMIT 1");
  row.bind(after);
  if (!row.step()) return std::nullopt;
  return read_row(row);
}

std::uint64_t BlobTable::count_to_upload() {
  return static_cast<std::uint64_t>(
      database_.query_integer("SELECT count(*) FROM blob WHERE state IN (0, 3)").value_or(0));
}

std::string BlobTable::read(const BlobRow& row, std::uint64_t offset, std::uint64_t length) {
  std::string out;
  const auto end = std::min(row.held, offset + length);
  auto chunk = database_.statement("SELECT bytes FROM blob_chunk WHERE blob = ? AND number >= ? ORDER BY number");
  chunk.bind(row.key, offset / chunk_bytes);
  auto skip = offset % chunk_bytes;
  while (offset + out.size() < end && chunk.step()) {
    const auto bytes = chunk.blob(0);
    if (bytes.size() <= skip) throw ProblemError(ProblemCode::DatabaseDamaged);
    const auto wanted = std::min<std::uint64_t>(bytes.size() - skip, end - offset - out.size());
    out.append(reinterpret_cast<const char*>(bytes.data()) + skip, static_cast<std::size_t>(wanted));
    skip = 0;
  }
  if (offset + out.size() < end) throw ProblemError(ProblemCode::DatabaseDamaged);
  return out;
}

void BlobTable::set_upload(std::int64_t key, const std::string& upload) {
  database_.run("UPDATE blob SET upload = ?, problem = NULL WHERE key = ?", upload, key);
}

void BlobTable::set_problem(std::int64_t key, const Problem& problem) {
  database_.run("UPDATE blob SET upload = '', problem = ? WHERE key = ?",
                problem.to_json(text::Language::English).dump(), key);
}

void BlobTable::set_here(std::int64_t key) {
  database_.run("UPDATE blob SET state = 1, upload = '', problem = NULL WHERE key = ?", key);
}

void BlobTable::offer_again() {
  database_.run("UPDATE blob SET state = 3 WHERE state = 1");
}

BlobRow BlobTable::begin_arriving(const Scope& scope, const std::string& sha256, std::uint64_t bytes) {
  database_.run("INSERT INTO blob(scope, sha256, bytes, held, state, name, media_type) VALUES(?, ?, ?, 0, 2, '', '')",
                blob(scope), sha256, bytes);
  return *find(scope, sha256);
}

void BlobTable::add_arrived(BlobRow& row, std::string_view bytes) {
  put_chunks(row.key, row.held, bytes);
  row.held += bytes.size();
  database_.run("UPDATE blob SET held = ? WHERE key = ?", row.held, row.key);
}

void BlobTable::remove(std::int64_t key) {
  database_.run("DELETE FROM blob_chunk WHERE blob = ?", key);
  database_.run("DELETE FROM blob WHERE key = ?", key);
}

void BlobTable::purge_unnamed() {
  auto row = database_.statement(
      "SELECT key FROM blob WHERE state <> 0 AND NOT EXISTS (SELECT 1 FROM record r "
      "JOIN content c ON c.key = coalesce(r.view, r.server) WHERE r.scope = blob.scope AND r.collection = 'attachment' "
      "AND r.hidden = 0 AND c.deleted = 0 AND c.body ->> '$.sha256' = blob.sha256)");
  std::vector<std::int64_t> keys;
  while (row.step()) keys.push_back(row.integer(0));
  for (const auto key : keys) remove(key);
}

}  // namespace anketa::client
