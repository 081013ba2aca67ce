// The embedded store: one file, one writer thread that groups waiting work into one commit, a pool of readers.
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <mutex>
#include <thread>

#include "shared/record/mutation.hpp"

#include "shared/record/mutant.hpp"
#include "sync-server/store/sqlite_accounts.hpp"
#include "sync-server/store/sqlite_mail.hpp"
#include "sync-server/store/sqlite_schema.hpp"
#include "sync-server/store/sqlite_session.hpp"

namespace anketa::server {
namespace {

/// Most pieces of work in one commit: bounds how long the first of them waits for its answer.
constexpr std::size_t max_group = 256;

[[noreturn]] void rethrow_as_problem(const sqlite::SqliteError& error) {
  if (error.disk_full()) throw ProblemError(ProblemCode::DiskFull);
  if (error.not_a_database()) throw ProblemError(ProblemCode::DatabaseDamaged);
  if (error.busy()) throw ProblemError(ProblemCode::DatabaseInUse);
  throw ProblemError(ProblemCode::Internal, {{"detail", error.what()}});
}

std::exception_ptr as_problem(std::exception_ptr failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const sqlite::SqliteError& error) {
    try {
      rethrow_as_problem(error);
    } catch (...) {
      return std::current_exception();
    }
  } catch (...) {
    return std::current_exception();
  }
}

void make_folder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (!error) std::filesystem::permissions(path, std::filesystem::perms::owner_all, error);
  if (error == std::errc::no_space_on_device) throw ProblemError(ProblemCode::DiskFull);
  if (error) throw ProblemError(ProblemCode::FileUnwritable, {{"path", path}}, path);
}

sqlite::Database open_connection(const std::string& path, const std::string& vfs, bool read_only) {
  sqlite::OpenOptions options;
  options.create = !read_only;
  options.read_only = read_only;
  options.vfs = vfs;
  sqlite::Database database(path, options);
  if (!read_only) {
    if (database.query_text("PRAGMA journal_mode = WAL").value_or("") != "wal")
      throw ProblemError(ProblemCode::FileUnwritable, {{"path", path}});
    database.execute(ANKETA_MUTANT("answered_before_durable") ? "PRAGMA synchronous = OFF"
                                                              : "PRAGMA synchronous = FULL");
    // Checkpoints cost a sync of the whole file; every 16 MB is often enough.
    database.execute("PRAGMA wal_autocheckpoint = 4000");
  }
  database.execute("PRAGMA cache_size = -8000");
  database.execute("PRAGMA mmap_size = 0");
  return database;
}

class SqliteStore final : public Store, private ConnectionSource {
 public:
  SqliteStore(const StoreOptions& options, Environment& environment)
      : path_((std::filesystem::path(options.folder) / "anketa.db").string()),
        vfs_(options.vfs),
        environment_(environment) {
    if (!sqlite::exists(path_, vfs_)) {
      if (!options.create) throw ProblemError(ProblemCode::NotInitialised, {{"path", options.folder}}, options.folder);
      if (vfs_.empty()) make_folder(options.folder);
    }
    writer_database_.emplace(open_connection(path_, vfs_, false));
    sqlite::make_durable(*writer_database_);
    try {
      sqlite::migrate(*writer_database_, sqlite_migrations());
    } catch (const sqlite::SqliteError&) {
      throw;
    } catch (const std::runtime_error&) {
      throw ProblemError(ProblemCode::DatabaseNewer, {{"path", path_}});
    }
    name_history();
    writer_.emplace(*writer_database_);
    for (int i = 0; i < options.readers; ++i) idle_readers_.emplace_back(open_connection(path_, vfs_, true));
    accounts_ = make_sqlite_accounts(*this, environment_);
    mail_ = make_sqlite_mail(*this);
    if (options.writing == Writing::OwnThread) thread_ = std::thread([this] { run_writer(); });
  }

  ~SqliteStore() override {
    if (!thread_.joinable()) return;
    {
      const std::lock_guard lock(queue_mutex_);
      stopping_ = true;
    }
    queue_changed_.notify_all();
    thread_.join();
  }

  void read(const std::function<void(Reader&)>& work) override {
    read_connection([&](sqlite::Database& database) {
      SqliteReader reader(database);
      work(reader);
    });
  }

  void write(std::function<void(Writer&)> work, std::function<void(std::exception_ptr)> done) override {
    {
      const std::lock_guard lock(queue_mutex_);
      queue_.push_back({std::move(work), std::move(done), nullptr});
    }
    queue_changed_.notify_one();
  }

  void write_queued() override {
    if (thread_.joinable()) return;
    // What is done then may queue more.
    for (auto group = take_group(); !group.empty(); group = take_group()) {
      commit_group(group);
      for (auto& work : group) work.done(work.failure);
    }
  }

  AccountStore& accounts() override { return *accounts_; }
  MailStore& mail() override { return *mail_; }
  std::uint64_t backup(const std::string& path) override;
  bool scrub() override;
  std::vector<std::string> verify() override;

 private:
  struct Work {
    std::function<void(Writer&)> run;
    std::function<void(std::exception_ptr)> done;
    std::exception_ptr failure;
  };

  void read_connection(const std::function<void(sqlite::Database&)>& work) override {
    std::unique_lock lock(readers_mutex_);
    reader_freed_.wait(lock, [&] { return !idle_readers_.empty(); });
    auto database = std::move(idle_readers_.back());
    idle_readers_.pop_back();
    lock.unlock();
    std::exception_ptr failure;
    try {
      sqlite::Transaction snapshot(database, sqlite::Transaction::Kind::Deferred);
      work(database);
    } catch (...) {
      failure = as_problem(std::current_exception());
    }
    lock.lock();
    idle_readers_.push_back(std::move(database));
    lock.unlock();
    reader_freed_.notify_one();
    if (failure) std::rethrow_exception(failure);
  }

  void write_connection(const std::function<void(sqlite::Database&, Writer&)>& work) override {
    write_and_wait([&](Writer& writer) { work(*writer_database_, writer); });
  }

  /// A new store gets its epoch and the server its id.
  void name_history() {
    if (writer_database_->query_integer("SELECT 1 FROM meta WHERE key = 'epoch'")) return;
    sqlite::Transaction transaction(*writer_database_);
    const auto server = Uuid::v7(environment_);
    const auto epoch = Uuid::v7(environment_).text();
    writer_database_->run(
        "INSERT INTO meta (key, value) VALUES ('epoch', ?1), ('server', ?2), ('last_seq', 0), ('salt', 0)", epoch,
        blob(server));
    writer_database_->run("INSERT INTO history_epoch (epoch, from_seq) VALUES (?1, 0)", epoch);
    transaction.commit();
  }

  std::vector<Work> take_group() {
    const std::lock_guard lock(queue_mutex_);
    std::vector<Work> group;
    while (!queue_.empty() && group.size() < max_group) {
      group.push_back(std::move(queue_.front()));
      queue_.pop_front();
    }
    return group;
  }

  void run_writer() {
    for (;;) {
      {
        std::unique_lock lock(queue_mutex_);
        queue_changed_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
        if (queue_.empty()) return;
      }
      auto group = take_group();
      commit_group(group);
      for (auto& work : group) work.done(work.failure);
    }
  }

  void commit_group(std::vector<Work>& group) {
    try {
      sqlite::Transaction transaction(*writer_database_);
      if (std::exchange(rolled_back_, true)) writer_->reload();
      writer_->catch_up();
      for (auto& work : group) run_one(work);
      writer_->save_counter();
      transaction.commit();
      rolled_back_ = false;
    } catch (...) {
      const auto failure = as_problem(std::current_exception());
      for (auto& work : group)
        if (!work.failure) work.failure = failure;
    }
  }

  void run_one(Work& work) {
    try {
      writer_->nested([&] {
        work.run(*writer_);
        writer_->finish_work(environment_.now());
      });
    } catch (...) {
      work.failure = as_problem(std::current_exception());
      // A full disk makes SQLite roll the whole transaction back: then nobody's work happened.
      if (!writer_database_->in_transaction()) std::rethrow_exception(work.failure);
    }
  }

  const std::string path_;
  const std::string vfs_;
  Environment& environment_;
  std::optional<sqlite::Database> writer_database_;
  std::optional<SqliteWriter> writer_;
  /// The last commit failed: what the writer remembers of the history is not what stands there. Read again by the next
  /// one, as a failing disk may not let itself be read now.
  bool rolled_back_ = false;
  std::unique_ptr<AccountStore> accounts_;
  std::unique_ptr<MailStore> mail_;

  std::mutex readers_mutex_;
  std::condition_variable reader_freed_;
  std::vector<sqlite::Database> idle_readers_;

  std::mutex queue_mutex_;
  std::condition_variable queue_changed_;
  std::deque<Work> queue_;
  bool stopping_ = false;
  std::thread thread_;
};

std::uint64_t SqliteStore::backup(const std::string& path) {
  namespace fs = std::filesystem;
  // Another VFS has no files that could be renamed.
  const bool real_files = vfs_.empty();
  const auto unfinished = real_files ? path + ".part" : path;
  std::uint64_t reached = 0;
  try {
    if (real_files) fs::remove(unfinished);
    // A connection of its own: the copy takes its snapshot outside any transaction.
    open_connection(path_, vfs_, true).run("VACUUM INTO ?1", unfinished);
    auto copy = open_connection(unfinished, vfs_, true);
    reached = SqliteReader(copy).history().last_seq;
    if (real_files) {
      fs::permissions(unfinished, fs::perms::owner_read | fs::perms::owner_write);
      fs::rename(unfinished, path);
    }
  } catch (const sqlite::SqliteError& error) {
    std::error_code left_over;  // the next backup removes it
    if (real_files) fs::remove(unfinished, left_over);
    // The folder is missing, or not for this user.
    if (error.cannot_open()) throw ProblemError(ProblemCode::FileUnwritable, {{"path", path}}, path);
    rethrow_as_problem(error);
  } catch (const fs::filesystem_error&) {
    throw ProblemError(ProblemCode::FileUnwritable, {{"path", path}}, path);
  }
  write_and_wait([&](Writer& writer) { writer.set_backup_seq(reached); });
  return reached;
}

bool SqliteStore::scrub() {
  constexpr int tries = 50;
  try {
    // A connection of its own: the file cannot be written anew inside a transaction.
    auto database = open_connection(path_, vfs_, false);
    database.execute("VACUUM");
    for (int i = 0; i < tries; ++i) {
      if (database.query_integer("PRAGMA wal_checkpoint(TRUNCATE)") == 0) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return false;
  } catch (const sqlite::SqliteError& error) {
    rethrow_as_problem(error);
  }
}

std::vector<std::string> SqliteStore::verify() {
  std::vector<std::string> found;
  read_connection([&](sqlite::Database& database) {
    auto row = database.statement("PRAGMA integrity_check(20)");
    while (row.step())
      if (row.text(0) != "ok") found.push_back(row.string(0));
    const auto last = database.query_integer("SELECT value FROM meta WHERE key = 'last_seq'").value_or(0);
    const auto in_effect = database.query_integer("SELECT count(*) FROM journal WHERE seq > 0").value_or(0);
    const auto distinct = database.query_integer("SELECT count(DISTINCT seq) FROM journal WHERE seq > 0").value_or(0);
    const auto highest = database.query_integer("SELECT max(seq) FROM journal").value_or(0);
    if (in_effect != last || distinct != last || highest != last)
      found.push_back("history has " + std::to_string(last) + " places, the journal fills " + std::to_string(distinct) +
                      " of them up to " + std::to_string(highest));
    auto journal = database.statement("SELECT id, hash, text FROM journal WHERE marks & 4 = 0");
    while (journal.step()) {
      const auto hash = mutation_hash(journal.text(2));
      const auto stored = journal.blob(1);
      if (stored.size() != hash.size() || std::memcmp(stored.data(), hash.data(), hash.size()) != 0)
        found.push_back("mutation " + id_column(journal, 0).text() + " does not match its hash");
    }
    auto orphan = database.statement(
        "SELECT h.id FROM head h LEFT JOIN journal j ON j.record = h.id AND j.seq = h.seq WHERE j.id IS NULL LIMIT 20");
    while (orphan.step())
      found.push_back("record " + id_column(orphan, 0).text() + " stands at a place the journal lacks");
    check_sums(database, found);
  });
  return found;
}

}  // namespace

std::unique_ptr<Store> open_sqlite_store(const StoreOptions& options, Environment& environment) {
  try {
    return std::make_unique<SqliteStore>(options, environment);
  } catch (const sqlite::SqliteError& error) {
    rethrow_as_problem(error);
  }
}

}  // namespace anketa::server
