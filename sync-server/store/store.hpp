// The server's store: journal, heads, grants, projections. Two engines can stand behind it; it holds no policy.
//
// Model: the journal holds every mutation ever taken, with its result, and is never rewritten; `seq` numbers what is in
// effect, gapless, one counter for the organisation. Heads are the records as they stand. Projections are typed tables
// derived from heads in the same transaction; reports read them with SQL common to both engines.
// One writer: work given to write() runs in the order it came, several pieces in one transaction, each in a savepoint
// of its own, and `done` is called after the commit that made it durable. Readers see snapshots and never wait.
// Thread safety: Store may be used from any thread; a Reader or Writer only inside the call that gave it.
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "shared/protocol/messages.hpp"
#include "shared/record/environment.hpp"
#include "shared/record/mutation.hpp"
#include "shared/record/record_state.hpp"
#include "shared/record/sha256.hpp"
#include "shared/record/uuid.hpp"
#include "sync-server/auth/account_store.hpp"
#include "sync-server/store/mail_store.hpp"

namespace anketa::server {

/// A record as stored. Texts are JSON, kept as they are so that a pull splices them.
struct Head {
  Uuid id;
  std::string collection;
  Scope scope;
  std::uint64_t version = 0;
  std::uint64_t seq = 0;
  bool deleted = false;
  Uuid by;
  std::string body;
  std::string cells;
  std::string removed;
  /// What the record adds to the sums of its scope; set by the store. 0 where it is deleted.
  std::uint64_t sum = 0;
};

RecordState parse_head(const Head& head);
Head make_head(const RecordState& record);

/// What is remarkable about a journalled mutation, for the lead: bits.
enum JournalMark : int {
  /// Its id was taken by another mutation: made on a copy of the author's device.
  ForkedMark = 1,
  /// Made under a grant that had ended meanwhile.
  LateMark = 2,
  /// Its text is a stub: what it held was erased. The hash is that of the original.
  ErasedMark = 4,
  /// Handed over by a revoked device, for the lead to decide on.
  QuarantineMark = 8,
};

/// A mutation as journalled, with its result.
struct JournalRow {
  /// Place in the order of arrival; `result.seq` is its place in history, 0 while it is not in effect.
  std::int64_t position = 0;
  Uuid id;
  Digest hash{};
  Uuid record;
  Scope scope;
  Uuid device;
  Uuid user;
  Instant received_at = 0;
  std::optional<Uuid> group;
  /// Its author's previous unsynced mutation of the record, by the id that one is kept by.
  std::optional<Uuid> prev;
  /// JournalMark bits.
  int marks = 0;
  /// Canonical form.
  std::string text;
  protocol::MutationResult result;
};

/// The mutation of a row, under the id it is kept by: that of its text, unless another mutation had it already. Throws
/// ProblemError where the text is no valid mutation.
Mutation mutation_of(const JournalRow& row);

/// A mutation whose values were erased, with the hash of the original.
struct ErasedMutation {
  Uuid id;
  Digest hash{};
};

/// Values taken out of a record for good; see erasure.hpp.
struct Erasure {
  Uuid id;
  Instant at = 0;
  /// Who ordered it and why, for the audit trail.
  std::string by;
  std::string why;
  Uuid record;
  std::string collection;
  /// "" stands for the whole record.
  std::vector<std::string> paths;
  std::vector<ErasedMutation> mutations;
};

/// A grant of one user as stored. `to` is 0 while it is open.
struct GrantRow {
  Uuid user;
  Scope scope;
  /// "owner", "member", "lead", "service", "reader".
  std::string role;
  std::vector<std::string> classes;
  std::uint64_t from = 0;
  std::uint64_t to = 0;
};

/// Where the history stands.
struct HistoryState {
  std::string epoch;
  /// The server itself as a device: author of what it journals on its own.
  Uuid server;
  std::uint64_t last_seq = 0;
  /// The newest backup covers history up to here.
  std::uint64_t backup_seq = 0;
  /// Follows from everything in effect up to last_seq (protocol::HistoryPoint).
  std::uint64_t salt = 0;
};

/// What the server keeps of a syncing device: the last two links of its chain of nonces, and the revokes it honoured.
struct DeviceState {
  /// Of the chain; in another epoch it means nothing.
  std::string epoch;
  std::uint64_t generation = 0;
  /// Links older → nonce → next.
  std::string older_nonce;
  std::string nonce;
  std::string next_nonce;
  /// Closed grants up to this place in history have been honoured; edits under them are late no more, but forbidden.
  std::uint64_t honoured = 0;
  /// Times another copy of the device was found out, and when last.
  std::uint64_t forks = 0;
  Instant forked_at = 0;
};

/// A set of field classes, a bit for each; the general class is always in it.
using ClassMask = std::uint32_t;
inline constexpr ClassMask all_classes = 63;

/// A record as the holders of a class set count it: a version moves only when what they see does.
struct ClassView {
  std::uint64_t version = 0;
  std::uint64_t seq = 0;
};

/// What SQL takes and gives. An id is 16 bytes in SQLite and a uuid in PostgreSQL.
using SqlValue = std::variant<std::nullptr_t, std::int64_t, std::string, Uuid>;

/// A row of a report's query.
class Row {
 public:
  virtual ~Row() = default;
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  /// Valid until the next row.
  virtual std::string_view text(int column) const = 0;
  virtual std::optional<Uuid> id(int column) const = 0;
};

/// Reading, inside one snapshot.
class Reader {
 public:
  virtual ~Reader() = default;

  virtual HistoryState history() = 0;
  virtual std::optional<Head> head(const Uuid& id) = 0;
  /// Heads with seq in (after, upto], rising; stops when visit returns false. `stage`: only collections of that stage
  /// of a first sync (schema::first_sync_stage); 0: all.
  virtual void feed(std::uint64_t after, std::uint64_t upto, int stage,
                    const std::function<bool(const Head&)>& visit) = 0;
  /// The same within one scope.
  virtual void feed_scope(const Scope& scope, std::uint64_t after, std::uint64_t upto, int stage,
                          const std::function<bool(const Head&)>& visit) = 0;
  /// The last place in history of the atomic group that took effect at `seq` and goes on after it; else 0.
  virtual std::uint64_t group_end(std::uint64_t seq) = 0;
  virtual std::vector<Head> heads_of(std::string_view collection, const std::optional<Scope>& scope) = 0;
  virtual std::optional<JournalRow> journal(const Uuid& mutation) = 0;
  /// The mutations in effect, parked or waiting for one record, in the order of arrival.
  virtual std::vector<JournalRow> journal_of(const Uuid& record) = 0;
  virtual std::vector<JournalRow> journal_with(protocol::ResultStatus status, int limit) = 0;
  /// Mutations that bear a mark, newest first.
  virtual std::vector<JournalRow> journal_marked(int limit) = 0;
  /// What a revoked device handed over and nobody has decided on yet, in the order of arrival.
  virtual std::vector<JournalRow> quarantined(const Uuid& device) = 0;
  /// Mutations of the record kept for what is missing yet: those that follow that one, and those that follow none.
  virtual std::vector<JournalRow> waiting_for(const Uuid& record, const Uuid& mutation) = 0;
  /// The same, of an atomic group.
  virtual std::vector<JournalRow> waiting_in_group(const Uuid& group) = 0;
  /// Grants of a user, open and closed.
  virtual std::vector<GrantRow> grants(const Uuid& user) = 0;
  /// The one that holds now in a scope, found without reading the user's others.
  virtual std::optional<GrantRow> open_grant_of(const Uuid& user, const Scope& scope) = 0;

  /// The salt of a place in history at which some piece of work ended.
  virtual std::optional<std::uint64_t> salt_at(std::uint64_t seq) = 0;
  /// Where the epoch began; nullopt: unknown here.
  virtual std::optional<std::uint64_t> epoch_start(std::string_view epoch) = 0;
  virtual std::optional<DeviceState> device_state(const Uuid& device) = 0;
  /// Under which id a device's mutation is kept whose own id was taken.
  virtual std::optional<Uuid> alias(const Uuid& device, const Uuid& mutation) = 0;

  virtual bool any_erasures() = 0;
  virtual std::optional<Erasure> erasure(const Uuid& id) = 0;
  virtual std::vector<Erasure> erasures_of(const Uuid& record) = 0;
  /// All, in the order in which they were done.
  virtual std::vector<Erasure> erasures() = 0;
  /// nullopt where no erasure names the mutation.
  virtual std::optional<ErasedMutation> erased(const Uuid& mutation) = 0;

  // Sums of what the holders of a class set see. `mask` must be all_classes or registered (Writer::register_mask).
  virtual bool mask_registered(ClassMask mask) = 0;
  /// Of one scope; of all for every_scope.
  virtual protocol::ContentSum scope_sum(const Scope& scope, ClassMask mask) = 0;
  virtual void scope_sums(ClassMask mask, const std::function<void(const protocol::ScopeSum&)>& visit) = 0;
  virtual std::vector<protocol::RecordSum> record_sums(const Scope& scope, ClassMask mask) = 0;
  /// nullopt: they do not see the record at all. Not for all_classes.
  virtual std::optional<ClassView> class_view(const Uuid& record, ClassMask mask) = 0;
  /// Any SELECT over projections, for reports; parameters are ?1, ?2 ….
  virtual void select(std::string_view sql, std::span<const SqlValue> parameters,
                      const std::function<void(const Row&)>& visit) = 0;
};

/// Writing, inside the writer's transaction.
class Writer : public virtual Reader {
 public:
  /// The next place in history.
  virtual std::uint64_t take_seq() = 0;
  virtual void append(const JournalRow& row) = 0;
  /// An atomic group took effect at these places in history.
  virtual void note_group(std::uint64_t first_seq, std::uint64_t last_seq) = 0;
  /// Changes the result of a journalled mutation (waiting or parked ones that came into effect).
  virtual void set_result(const protocol::MutationResult& result) = 0;
  /// `before`: the head it replaces; null where there was none.
  virtual void put_head(const Head& head, const Head* before) = 0;
  /// Brings the projections of a record up to date. The body is the parsed one of the head just put.
  virtual void project(const RecordState& record, Instant now) = 0;
  virtual void open_grant(const GrantRow& grant) = 0;
  virtual void close_grant(const Uuid& user, const Scope& scope, std::uint64_t at) = 0;
  virtual void set_backup_seq(std::uint64_t seq) = 0;
  virtual void set_epoch(std::string_view epoch) = 0;
  virtual void put_device_state(const Uuid& device, const DeviceState& state) = 0;
  virtual void put_alias(const Uuid& device, const Uuid& mutation, const Uuid& kept) = 0;
  virtual void put_erasure(const Erasure& erasure) = 0;
  virtual void note_erased(const Uuid& erasure, const ErasedMutation& mutation) = 0;
  /// Puts a stub in place of a journalled mutation's text, and of what its problem quotes.
  virtual void erase_text(const Uuid& mutation, std::string_view text) = 0;
  /// Begins to keep versions and sums for a class set; reads every record once, the first time.
  virtual void register_mask(ClassMask mask) = 0;
  /// Drops heads of records deleted before that instant; their journal stays. Gives how many.
  virtual std::uint64_t collect_tombstones(Instant before) = 0;
  /// Runs work in a savepoint: what it wrote goes if it throws, and the exception goes on.
  virtual void nested(const std::function<void()>& work) = 0;
};

class Store {
 public:
  virtual ~Store() = default;

  /// Runs on the caller's thread, in a snapshot.
  virtual void read(const std::function<void(Reader&)>& work) = 0;

  /// Queues work for the writer thread. done(nullptr) comes after the durable commit; done(exception) when the work
  /// threw (its savepoint is rolled back) or the commit failed (nothing of it happened). Called on the writer's thread.
  virtual void write(std::function<void(Writer&)> work, std::function<void(std::exception_ptr)> done) = 0;

  /// The same, waiting for it. Not for the writer's own thread.
  void write_and_wait(const std::function<void(Writer&)>& work);

  /// Commits what is queued, as one group, and what comes of it. Only does something in a store that was opened with
  /// Writing::ByCaller.
  virtual void write_queued() {}

  virtual AccountStore& accounts() = 0;
  virtual MailStore& mail() = 0;

  /// A consistent copy of everything to a file, while work goes on; tells how far in history it reaches.
  virtual std::uint64_t backup(const std::string& path) = 0;
  /// Writes the files anew, so that nothing is left in them of what was deleted or replaced. Takes as long as a backup,
  /// and writes wait meanwhile. False: readers kept part of the log in use; what it holds goes with the next try.
  virtual bool scrub() = 0;
  /// Problems found by a full check of structure and contents, in plain words; empty: sound.
  virtual std::vector<std::string> verify() = 0;
};

/// Who runs the writer's work.
enum class Writing {
  OwnThread,
  ByCaller,  ///< whoever calls write_queued(): everything then happens in one thread, in a given order (simulator)
};

struct StoreOptions {
  /// Folder of the organisation's data.
  std::string folder;
  /// Readers at a time.
  int readers = 4;
  /// Create it when it is not there; otherwise a missing store is ProblemError(NotInitialised).
  bool create = false;
  /// Name of the SQLite VFS; empty: the default one. With another one, `folder` is a name in it and need not exist.
  std::string vfs = {};
  Writing writing = Writing::OwnThread;
};

/// The embedded store: one SQLite file, WAL, synchronous=FULL.
std::unique_ptr<Store> open_sqlite_store(const StoreOptions& options, Environment& environment);

}  // namespace anketa::server
