#include "shared/sqlite/database.hpp"

#include <utility>

namespace anketa::sqlite {
namespace {

[[noreturn]] void fail(sqlite3* handle, int code, std::string_view doing) {
  const char* message = handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
  throw SqliteError(code, std::string(doing) + ": " + message);
}

std::string hex(std::string_view bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

}  // namespace

Statement::~Statement() {
  if (!statement_) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

Statement& Statement::bind_one(int index, std::nullptr_t) {
  sqlite3_bind_null(statement_, index);
  return *this;
}

Statement& Statement::bind_one(int index, std::int64_t value) {
  sqlite3_bind_int64(statement_, index, value);
  return *this;
}

Statement& Statement::bind_one(int index, double value) {
  sqlite3_bind_double(statement_, index, value);
  return *this;
}

Statement& Statement::bind_one(int index, std::string_view value) {
  // An empty view may carry a null pointer, which SQLite would bind as NULL.
  const char* data = value.data() ? value.data() : "";
  sqlite3_bind_text64(statement_, index, data, value.size(), SQLITE_STATIC, SQLITE_UTF8);
  return *this;
}

Statement& Statement::bind_one(int index, std::span<const std::byte> blob) {
  const void* data = blob.data() ? static_cast<const void*>(blob.data()) : "";
  sqlite3_bind_blob64(statement_, index, data, blob.size(), SQLITE_STATIC);
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  sqlite3* handle = sqlite3_db_handle(statement_);
  fail(handle, sqlite3_extended_errcode(handle), sqlite3_sql(statement_));
}

void Statement::run() {
  while (step()) {
  }
  sqlite3_reset(statement_);
}

void Statement::reset() {
  sqlite3_reset(statement_);
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}
std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}
double Statement::real(int column) const {
  return sqlite3_column_double(statement_, column);
}

std::string_view Statement::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return data ? std::string_view(data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)))
              : std::string_view();
}

std::optional<std::string> Statement::optional_string(int column) const {
  if (is_null(column)) return std::nullopt;
  return string(column);
}

std::span<const std::byte> Statement::blob(int column) const {
  const auto* data = static_cast<const std::byte*>(sqlite3_column_blob(statement_, column));
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

int Statement::columns() const {
  return sqlite3_column_count(statement_);
}
std::string_view Statement::column_name(int column) const {
  return sqlite3_column_name(statement_, column);
}

bool exists(const std::string& path, const std::string& vfs) {
  auto* found = sqlite3_vfs_find(vfs.empty() ? nullptr : vfs.c_str());
  if (!found) throw std::runtime_error("no such VFS: " + vfs);
  int there = 0;
  found->xAccess(found, path.c_str(), SQLITE_ACCESS_EXISTS, &there);
  return there != 0;
}

Database::Database(const std::string& path, const OpenOptions& options) {
  int flags = options.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  if (options.create && !options.read_only) flags |= SQLITE_OPEN_CREATE;
  flags |= SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(path.c_str(), &handle_, flags, options.vfs.empty() ? nullptr : options.vfs.c_str());
  if (code != SQLITE_OK) {
    const SqliteError error(code, "open " + path + ": " + (handle_ ? sqlite3_errmsg(handle_) : sqlite3_errstr(code)));
    close();
    throw error;
  }
  sqlite3_busy_timeout(handle_, options.busy_timeout_ms);
  try {
    if (!options.key.empty()) {
      execute("PRAGMA cipher='chacha20'");
      execute("PRAGMA hexkey='" + hex(options.key) + "'");
    }
    // Before the first read: afterwards the shared memory is in use already.
    if (options.exclusive) execute("PRAGMA locking_mode=EXCLUSIVE");
    // Touches the file, so that a wrong key shows here and not at the first use.
    query_integer("SELECT count(*) FROM sqlite_master");
  } catch (...) {
    close();
    throw;
  }
}

Database::~Database() {
  close();
}

Database::Database(Database&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)), cache_(std::move(other.cache_)) {
  other.cache_.clear();
}

Database& Database::operator=(Database&& other) noexcept {
  if (this != &other) {
    close();
    handle_ = std::exchange(other.handle_, nullptr);
    cache_ = std::move(other.cache_);
    other.cache_.clear();
  }
  return *this;
}

void Database::close() noexcept {
  for (auto& [sql, statement] : cache_) sqlite3_finalize(statement);
  cache_.clear();
  sqlite3_close_v2(handle_);
  handle_ = nullptr;
}

void Database::execute(const std::string& sql) {
  const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(handle_, sqlite3_extended_errcode(handle_), "execute");
}

Statement Database::statement(std::string_view sql) {
  if (const auto found = cache_.find(sql); found != cache_.end()) {
    if (!sqlite3_stmt_busy(found->second)) return Statement(found->second);
    throw std::logic_error("statement in use: " + std::string(sql));
  }
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                      &statement, nullptr);
  if (code != SQLITE_OK) fail(handle_, sqlite3_extended_errcode(handle_), sql);
  cache_.emplace(std::string(sql), statement);
  return Statement(statement);
}

std::int64_t Database::changes() const {
  return sqlite3_changes64(handle_);
}
bool Database::in_transaction() const {
  return sqlite3_get_autocommit(handle_) == 0;
}

void make_durable(Database& database) {
  // A checkpoint syncs the log before it moves pages into the file: what is left to fail then is room for them.
  try {
    database.query_integer("PRAGMA wal_checkpoint(PASSIVE)");
  } catch (const SqliteError& error) {
    if (!error.disk_full()) throw;
  }
}

Transaction::Transaction(Database& database, Kind kind) : database_(database) {
  database_.run(kind == Kind::Immediate ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction() {
  // SQLite itself rolls back on some errors (a full disk, say); then there is nothing left to do.
  if (open_ && database_.in_transaction()) sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  database_.run("COMMIT");
  open_ = false;
}

Savepoint::Savepoint(Database& database) : database_(database) {
  database_.run("SAVEPOINT step");
}

Savepoint::~Savepoint() {
  if (!open_ || !database_.in_transaction()) return;
  sqlite3_exec(database_.handle(), "ROLLBACK TO step; RELEASE step", nullptr, nullptr, nullptr);
}

void Savepoint::release() {
  database_.run("RELEASE step");
  open_ = false;
}

void migrate(Database& database, std::span<const Migration> migrations) {
  const auto current = database.query_integer("PRAGMA user_version").value_or(0);
  const auto newest = migrations.empty() ? 0 : migrations.back().version;
  if (current > newest)
    throw std::runtime_error("the database has schema version " + std::to_string(current) +
                             ", this program knows up to " + std::to_string(newest));
  if (current == newest) return;
  // All of them or none: where one fails, the program that left the file goes on with it as it was.
  Transaction transaction(database);
  for (const auto& migration : migrations) {
    if (migration.version <= current) continue;
    database.execute(std::string(migration.sql));
    database.execute("PRAGMA user_version = " + std::to_string(migration.version));
  }
  transaction.commit();
}

}  // namespace anketa::sqlite
