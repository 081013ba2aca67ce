#include "client-core/store/outbox_table.hpp"

#include "client-core/store/sql.hpp"
#include "shared/record/mutant.hpp"

namespace anketa::client {
namespace {

OutboxState state_after(protocol::ResultStatus status) {
  switch (status) {
    case protocol::ResultStatus::Parked:
      return OutboxState::Parked;
    case protocol::ResultStatus::Waiting:
      return OutboxState::Waiting;
    case protocol::ResultStatus::Retry:
      return OutboxState::Sealed;
    default:
      return OutboxState::Acknowledged;
  }
}

std::optional<Problem> read_problem(const sqlite::Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return Problem::from_json(Json::parse(row.text(column), nullptr, false));
}

std::vector<OutboxRow> read_rows(sqlite::Statement& found) {
  std::vector<OutboxRow> rows;
  while (found.step()) {
    OutboxRow row;
    row.counter = static_cast<std::uint64_t>(found.integer(0));
    row.id = uuid_at(found, 1);
    row.record = found.integer(2);
    row.state = static_cast<OutboxState>(found.integer(3));
    row.problem = read_problem(found, 4);
    row.text = found.string(5);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string rows_where(std::string_view condition) {
  return "SELECT o.counter, o.id, o.record, o.state, o.problem, t.text"
         " FROM outbox o JOIN outbox_text t ON t.counter = o.counter WHERE " +
         std::string(condition) + " ORDER BY o.counter";
}

}  // namespace

void OutboxTable::add(const Mutation& mutation, RecordKey record, OutboxState state, std::string_view text) {
  std::optional<std::span<const std::byte>> group;
  if (mutation.group) group = blob(mutation.group->id);
  database_.run("INSERT INTO outbox(counter, id, record, state, group_id) VALUES(?, ?, ?, ?, ?)", mutation.counter,
                blob(mutation.id), record, static_cast<int>(state), group);
  database_.run("INSERT INTO outbox_text(counter, text) VALUES(?, ?)", mutation.counter, text);
}

void OutboxTable::replace_text(std::uint64_t counter, std::string_view text) {
  database_.run("UPDATE outbox_text SET text = ? WHERE counter = ?", text, counter);
}

void OutboxTable::set_state(std::uint64_t counter, OutboxState state) {
  database_.run("UPDATE outbox SET state = ?, problem = NULL WHERE counter = ?", static_cast<int>(state), counter);
}

void OutboxTable::erase(std::uint64_t counter) {
  database_.run("DELETE FROM outbox WHERE counter = ?", counter);
  database_.run("DELETE FROM outbox_text WHERE counter = ?", counter);
}

std::vector<OutboxRow> OutboxTable::pending_of(RecordKey record) const {
  static const auto sql = rows_where("o.record = ? AND o.state < 4");
  auto found = database_.statement(sql);
  found.bind(record);
  return read_rows(found);
}

std::vector<OutboxRow> OutboxTable::pending_of_group(const Uuid& group) const {
  static const auto sql = rows_where("o.group_id = ? AND o.state < 4");
  auto found = database_.statement(sql);
  found.bind(blob(group));
  return read_rows(found);
}

std::vector<OutboxRow> OutboxTable::parked(std::optional<RecordKey> record) const {
  static const auto sql = rows_where("o.state = 3 AND (?1 IS NULL OR o.record = ?1)");
  auto found = database_.statement(sql);
  found.bind(record);
  return read_rows(found);
}

std::optional<std::string> OutboxTable::text(std::uint64_t counter) const {
  return database_.query_text("SELECT text FROM outbox_text WHERE counter = ?", counter);
}

std::optional<OutboxRow> OutboxTable::find(const Uuid& id) const {
  static const auto sql = rows_where("o.id = ?");
  auto found = database_.statement(sql);
  found.bind(blob(id));
  auto rows = read_rows(found);
  return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
}

std::uint64_t OutboxTable::seal() {
  database_.run("UPDATE outbox SET state = 1 WHERE state = 0 AND state < 2");
  return static_cast<std::uint64_t>(
      database_.query_integer("SELECT count(*) FROM outbox WHERE state = 1 AND state < 2").value_or(0));
}

std::uint64_t OutboxTable::count(OutboxState state) const {
  return static_cast<std::uint64_t>(
      database_.query_integer("SELECT count(*) FROM outbox WHERE state = ? AND state < 4", static_cast<int>(state))
          .value_or(0));
}

std::uint64_t OutboxTable::records_pending() const {
  return static_cast<std::uint64_t>(
      database_.query_integer("SELECT count(DISTINCT record) FROM outbox WHERE state < 4").value_or(0));
}

bool OutboxTable::any_pending() const {
  return database_.query_integer("SELECT EXISTS(SELECT 1 FROM outbox WHERE state < 4)").value_or(0) != 0;
}

OutboxBatch OutboxTable::next_batch(std::uint64_t after, std::size_t max_count, std::size_t max_bytes) const {
  auto found = database_.statement(
      "SELECT o.counter, o.group_id, t.text FROM outbox o JOIN outbox_text t ON t.counter = o.counter "
      "WHERE o.state = 1 AND o.state < 2 AND o.counter > ? ORDER BY o.counter");
  found.bind(after);
  OutboxBatch batch;
  if (ANKETA_MUTANT("parked_blocks_others") && count(OutboxState::Parked) > 0) return batch;
  std::vector<std::uint64_t> counters;
  std::size_t bytes = 0, group_begin = 0;
  Uuid group;
  while (found.step()) {
    const auto this_group = found.is_null(1) ? Uuid() : uuid_at(found, 1);
    const bool continues = !this_group.is_nil() && this_group == group;
    const auto text = found.text(2);
    const bool full = batch.mutations.size() >= max_count || (bytes > 0 && bytes + text.size() > max_bytes);
    // A group that begins the batch is taken whole, however large: it fits a request.
    if (full && !(continues && group_begin == 0)) {
      if (continues) {
        batch.mutations.resize(group_begin);
        counters.resize(group_begin);
      }
      break;
    }
    if (!continues) group_begin = batch.mutations.size();
    group = this_group;
    bytes += text.size();
    counters.push_back(static_cast<std::uint64_t>(found.integer(0)));
    batch.mutations.emplace_back(text);
  }
  if (!counters.empty()) batch.upto = counters.back();
  return batch;
}

void OutboxTable::unwait() {
  database_.run("UPDATE outbox SET state = 1 WHERE state = 2 AND state < 4");
}

std::vector<RecordKey> OutboxTable::send_again_after(std::uint64_t seq) {
  std::vector<RecordKey> records;
  {
    auto found = database_.statement("SELECT DISTINCT record FROM outbox WHERE state = 3 OR (state = 4 AND seq > ?)");
    found.bind(seq);
    while (found.step()) records.push_back(found.integer(0));
  }
  database_.run("UPDATE outbox SET state = 1, seq = 0, problem = NULL WHERE state = 3 OR (state = 4 AND seq > ?)", seq);
  return records;
}

bool OutboxTable::any_hidden_unsent() const {
  return database_
      .query_integer(
          "SELECT 1 FROM record r JOIN outbox o ON o.record = r.key WHERE r.hidden = 1 AND o.state < 2 AND o.state < 4 "
          "LIMIT 1")
      .has_value();
}

std::optional<OutboxTable::Settled> OutboxTable::settle(const protocol::MutationResult& result) {
  std::optional<std::string> problem;
  if (result.problem) problem = result.problem->to_json(text::Language::Russian).dump();
  auto row = database_.statement(
      "UPDATE outbox SET state = ?, seq = ?, problem = ? WHERE id = ? AND state IN (1, 2) RETURNING counter, record");
  row.bind(static_cast<int>(state_after(result.status)), result.seq, problem, blob(result.id));
  if (!row.step()) return std::nullopt;
  const Settled settled{static_cast<std::uint64_t>(row.integer(0)), row.integer(1)};
  row.run();
  return settled;
}

void OutboxTable::forget_covered(std::uint64_t backup_seq) {
  database_.run("DELETE FROM outbox_text WHERE counter IN (SELECT counter FROM outbox WHERE state = 4 AND seq <= ?)",
                backup_seq);
  database_.run("DELETE FROM outbox WHERE state = 4 AND seq <= ?", backup_seq);
}

}  // namespace anketa::client
