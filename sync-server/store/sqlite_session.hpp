// One connection's view of the embedded store: the SQL behind Reader and Writer.
#pragma once

#include "shared/sqlite/database.hpp"
#include "sync-server/store/projections.hpp"
#include "sync-server/store/sqlite_sums.hpp"
#include "sync-server/store/store.hpp"

namespace anketa::server {

/// An id as SQLite binds it.
inline std::span<const std::byte> blob(const Uuid& id) {
  return std::as_bytes(std::span(id.bytes()));
}
/// The id in a column of 16 bytes; the nil id where the column holds anything else.
Uuid id_column(const sqlite::Statement& row, int column);

class SqliteReader : public virtual Reader {
 public:
  explicit SqliteReader(sqlite::Database& database) : database_(database) {}

  HistoryState history() override;
  std::optional<Head> head(const Uuid& id) override;
  void feed(std::uint64_t after, std::uint64_t upto, int stage, const std::function<bool(const Head&)>& visit) override;
  void feed_scope(const Scope& scope, std::uint64_t after, std::uint64_t upto, int stage,
                  const std::function<bool(const Head&)>& visit) override;
  std::uint64_t group_end(std::uint64_t seq) override;
  std::vector<Head> heads_of(std::string_view collection, const std::optional<Scope>& scope) override;
  std::optional<JournalRow> journal(const Uuid& mutation) override;
  std::vector<JournalRow> journal_of(const Uuid& record) override;
  std::vector<JournalRow> journal_with(protocol::ResultStatus status, int limit) override;
  std::vector<JournalRow> journal_marked(int limit) override;
  std::vector<JournalRow> quarantined(const Uuid& device) override;
  std::vector<JournalRow> waiting_for(const Uuid& record, const Uuid& mutation) override;
  std::vector<JournalRow> waiting_in_group(const Uuid& group) override;
  std::vector<GrantRow> grants(const Uuid& user) override;
  std::optional<GrantRow> open_grant_of(const Uuid& user, const Scope& scope) override;
  std::optional<std::uint64_t> salt_at(std::uint64_t seq) override;
  std::optional<std::uint64_t> epoch_start(std::string_view epoch) override;
  std::optional<DeviceState> device_state(const Uuid& device) override;
  std::optional<Uuid> alias(const Uuid& device, const Uuid& mutation) override;
  bool any_erasures() override;
  std::optional<Erasure> erasure(const Uuid& id) override;
  std::vector<Erasure> erasures_of(const Uuid& record) override;
  std::vector<Erasure> erasures() override;
  std::optional<ErasedMutation> erased(const Uuid& mutation) override;
  bool mask_registered(ClassMask mask) override;
  protocol::ContentSum scope_sum(const Scope& scope, ClassMask mask) override;
  void scope_sums(ClassMask mask, const std::function<void(const protocol::ScopeSum&)>& visit) override;
  std::vector<protocol::RecordSum> record_sums(const Scope& scope, ClassMask mask) override;
  std::optional<ClassView> class_view(const Uuid& record, ClassMask mask) override;
  void select(std::string_view sql, std::span<const SqlValue> parameters,
              const std::function<void(const Row&)>& visit) override;

 protected:
  std::vector<Erasure> read_erasures(sqlite::Statement& row);
  sqlite::Database& database_;
};

/// Writing. Keeps the history counter and what is to be added to sums in memory while a transaction runs: the counter
/// is put down by save_counter() before the commit, sums by finish_work() at the end of each piece of work.
class SqliteWriter final : public SqliteReader, public Writer, private ProjectionSink {
 public:
  explicit SqliteWriter(sqlite::Database& database);

  HistoryState history() override;
  std::uint64_t take_seq() override { return ++history_.last_seq; }
  void append(const JournalRow& row) override;
  void note_group(std::uint64_t first_seq, std::uint64_t last_seq) override;
  void set_result(const protocol::MutationResult& result) override;
  void put_head(const Head& head, const Head* before) override;
  void project(const RecordState& record, Instant now) override;
  void open_grant(const GrantRow& grant) override;
  void close_grant(const Uuid& user, const Scope& scope, std::uint64_t at) override;
  void set_backup_seq(std::uint64_t seq) override;
  void set_epoch(std::string_view epoch) override;
  void put_device_state(const Uuid& device, const DeviceState& state) override;
  void put_alias(const Uuid& device, const Uuid& mutation, const Uuid& kept) override;
  void put_erasure(const Erasure& erasure) override;
  void note_erased(const Uuid& erasure, const ErasedMutation& mutation) override;
  void erase_text(const Uuid& mutation, std::string_view text) override;
  void register_mask(ClassMask mask) override;
  std::uint64_t collect_tombstones(Instant before) override;
  std::optional<std::uint64_t> salt_at(std::uint64_t seq) override;
  protocol::ContentSum scope_sum(const Scope& scope, ClassMask mask) override;
  void scope_sums(ClassMask mask, const std::function<void(const protocol::ScopeSum&)>& visit) override;
  void nested(const std::function<void()>& work) override;

  /// Puts down sums and the point of history that the work reached.
  void finish_work(Instant now);
  void save_counter();
  /// Takes the state from the database again where another process has written (a user added beside the running
  /// server, a backup). To be called first thing in each transaction.
  void catch_up();
  /// Takes the state from the database again, after a rollback.
  void reload();

 private:
  void run(std::string_view sql, std::span<const SqlValue> parameters) override;
  /// A mutation came into effect: the salt follows from it and everything before.
  void follow(const protocol::MutationResult& result);

  SqliteSums sums_;
  HistoryState history_;
  /// The last point of history put down.
  std::uint64_t marked_seq_ = 0;
  std::uint64_t saved_seq_ = 0;
  /// SQLite's mark of commits by other connections.
  std::int64_t data_version_ = 0;
};

}  // namespace anketa::server
