// What the sync protocol keeps beside records: points of history, devices, sums; and the end of tombstones.
#include "sync-server/store/sqlite_session.hpp"

namespace anketa::server {
namespace {

/// Steele, Lea and Flood's mixer: every bit of the input reaches every bit of the output.
std::uint64_t mix(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15U;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9U;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebU;
  return value ^ (value >> 31);
}

std::uint64_t half(const Uuid& id, std::size_t from) {
  std::uint64_t value = 0;
  std::memcpy(&value, id.bytes().data() + from, sizeof value);
  return value;
}

}  // namespace

std::optional<std::uint64_t> SqliteReader::salt_at(std::uint64_t seq) {
  if (seq == 0) return 0;
  const auto salt = database_.query_integer("SELECT salt FROM history_point WHERE seq = ?1", seq);
  return salt ? std::optional(static_cast<std::uint64_t>(*salt)) : std::nullopt;
}

std::uint64_t SqliteReader::group_end(std::uint64_t seq) {
  const auto end = database_.query_integer(
      "SELECT last_seq FROM history_group WHERE first_seq <= ?1 ORDER BY first_seq DESC LIMIT 1", seq);
  return end && static_cast<std::uint64_t>(*end) > seq ? static_cast<std::uint64_t>(*end) : 0;
}

void SqliteWriter::note_group(std::uint64_t first_seq, std::uint64_t last_seq) {
  database_.run("INSERT INTO history_group (first_seq, last_seq) VALUES (?1, ?2)", first_seq, last_seq);
}

std::optional<std::uint64_t> SqliteReader::epoch_start(std::string_view epoch) {
  const auto from = database_.query_integer("SELECT from_seq FROM history_epoch WHERE epoch = ?1", epoch);
  return from ? std::optional(static_cast<std::uint64_t>(*from)) : std::nullopt;
}

std::optional<DeviceState> SqliteReader::device_state(const Uuid& device) {
  auto row = database_.statement(
      "SELECT epoch, generation, older_nonce, nonce, next_nonce, honoured, forks, forked_at FROM device_state "
      "WHERE device = ?1");
  row.bind(blob(device));
  if (!row.step()) return std::nullopt;
  DeviceState state;
  state.epoch = row.string(0);
  state.generation = static_cast<std::uint64_t>(row.integer(1));
  state.older_nonce = row.string(2);
  state.nonce = row.string(3);
  state.next_nonce = row.string(4);
  state.honoured = static_cast<std::uint64_t>(row.integer(5));
  state.forks = static_cast<std::uint64_t>(row.integer(6));
  state.forked_at = row.integer(7);
  return state;
}

std::optional<Uuid> SqliteReader::alias(const Uuid& device, const Uuid& mutation) {
  auto row = database_.statement("SELECT kept FROM mutation_alias WHERE device = ?1 AND mutation = ?2");
  row.bind(blob(device), blob(mutation));
  if (!row.step()) return std::nullopt;
  return id_column(row, 0);
}

bool SqliteReader::mask_registered(ClassMask mask) {
  return mask == all_classes ||
         database_.query_integer("SELECT 1 FROM class_mask WHERE mask = ?1", std::int64_t{mask}).has_value();
}

protocol::ContentSum SqliteReader::scope_sum(const Scope& scope, ClassMask mask) {
  return read_scope_sum(database_, scope, mask);
}

void SqliteReader::scope_sums(ClassMask mask, const std::function<void(const protocol::ScopeSum&)>& visit) {
  read_scope_sums(database_, mask, visit);
}

std::vector<protocol::RecordSum> SqliteReader::record_sums(const Scope& scope, ClassMask mask) {
  return read_record_sums(database_, scope, mask);
}

std::optional<ClassView> SqliteReader::class_view(const Uuid& record, ClassMask mask) {
  return read_class_view(database_, record, mask);
}

std::optional<std::uint64_t> SqliteWriter::salt_at(std::uint64_t seq) {
  return seq == history_.last_seq ? history_.salt : SqliteReader::salt_at(seq);
}

protocol::ContentSum SqliteWriter::scope_sum(const Scope& scope, ClassMask mask) {
  sums_.flush();
  return SqliteReader::scope_sum(scope, mask);
}

void SqliteWriter::scope_sums(ClassMask mask, const std::function<void(const protocol::ScopeSum&)>& visit) {
  sums_.flush();
  SqliteReader::scope_sums(mask, visit);
}

void SqliteWriter::set_epoch(std::string_view epoch) {
  database_.run("INSERT OR REPLACE INTO meta (key, value) VALUES ('epoch', ?1)", epoch);
  database_.run("INSERT OR REPLACE INTO history_epoch (epoch, from_seq) VALUES (?1, ?2)", epoch, history_.last_seq);
  history_.epoch = epoch;
}

void SqliteWriter::put_device_state(const Uuid& device, const DeviceState& state) {
  database_.run(
      "INSERT OR REPLACE INTO device_state (device, epoch, generation, older_nonce, nonce, next_nonce, honoured, "
      "forks, "
      "forked_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
      blob(device), state.epoch, state.generation, state.older_nonce, state.nonce, state.next_nonce, state.honoured,
      state.forks, state.forked_at);
}

void SqliteWriter::put_alias(const Uuid& device, const Uuid& mutation, const Uuid& kept) {
  database_.run("INSERT OR REPLACE INTO mutation_alias (device, mutation, kept) VALUES (?1, ?2, ?3)", blob(device),
                blob(mutation), blob(kept));
}

void SqliteWriter::register_mask(ClassMask mask) {
  sums_.register_mask(mask, *this, history_.last_seq);
}

std::uint64_t SqliteWriter::collect_tombstones(Instant before) {
  const auto horizon = static_cast<std::uint64_t>(
      database_.query_integer("SELECT max(seq) FROM history_point WHERE at < ?1", before).value_or(0));
  std::vector<Uuid> gone;
  {
    auto row = database_.statement("SELECT id FROM head WHERE deleted = 1 AND seq <= ?1");
    row.bind(horizon);
    while (row.step()) gone.push_back(id_column(row, 0));
  }
  for (const auto& id : gone) {
    sums_.forget(id);
    database_.run("DELETE FROM head WHERE id = ?1", blob(id));
  }
  return gone.size();
}

void SqliteWriter::follow(const protocol::MutationResult& result) {
  if (result.seq == 0) return;
  history_.salt = mix(mix(history_.salt ^ half(result.id, 0)) ^ half(result.id, 8));
}

void SqliteWriter::finish_work(Instant now) {
  sums_.flush();
  if (history_.last_seq == marked_seq_) return;
  database_.run("INSERT OR REPLACE INTO history_point (seq, salt, at) VALUES (?1, ?2, ?3)", history_.last_seq,
                history_.salt, now);
  marked_seq_ = history_.last_seq;
}

}  // namespace anketa::server
