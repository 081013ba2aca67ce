// A thin RAII layer over the SQLite C API: connections, statements, transactions.
//
// Model: one Database is one connection and belongs to one thread at a time. Every failure throws SqliteError with
// SQLite's extended code, so that a caller can tell a full disk from a corrupt file. Statements are prepared once and
// cached by their text for the life of the connection.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace anketa::sqlite {

/// A failed SQLite call. code() is the extended result code (SQLITE_IOERR_WRITE, SQLITE_FULL …).
class SqliteError : public std::runtime_error {
 public:
  SqliteError(int code, const std::string& what) : std::runtime_error(what), code_(code) {}
  int code() const noexcept { return code_; }
  /// No room to write: the disk or a quota is full. The transaction is rolled back, earlier commits stand.
  bool disk_full() const noexcept { return (code_ & 0xff) == SQLITE_FULL; }
  /// The file is not a database, is damaged, or was opened with the wrong key.
  bool not_a_database() const noexcept { return (code_ & 0xff) == SQLITE_NOTADB || (code_ & 0xff) == SQLITE_CORRUPT; }
  bool constraint() const noexcept { return (code_ & 0xff) == SQLITE_CONSTRAINT; }
  bool busy() const noexcept { return (code_ & 0xff) == SQLITE_BUSY; }
  /// There is no such file or folder, or this user may not.
  bool cannot_open() const noexcept { return (code_ & 0xff) == SQLITE_CANTOPEN; }

 private:
  int code_;
};

/// A prepared statement being run. Obtained from Database::statement; resets itself when it goes out of scope.
/// Bound text and blobs must outlive the steps (they are not copied).
class Statement {
 public:
  explicit Statement(sqlite3_stmt* statement) noexcept : statement_(statement) {}
  Statement(Statement&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  /// Binds all parameters in order, from 1.
  template <typename... Values>
  Statement& bind(const Values&... values) {
    int index = 0;
    (bind_one(++index, values), ...);
    return *this;
  }
  Statement& bind_one(int index, std::nullptr_t);
  Statement& bind_one(int index, std::int64_t value);
  Statement& bind_one(int index, std::uint64_t value) { return bind_one(index, static_cast<std::int64_t>(value)); }
  Statement& bind_one(int index, int value) { return bind_one(index, static_cast<std::int64_t>(value)); }
  Statement& bind_one(int index, bool value) { return bind_one(index, static_cast<std::int64_t>(value)); }
  Statement& bind_one(int index, double value);
  Statement& bind_one(int index, std::string_view value);
  Statement& bind_one(int index, const std::string& value) { return bind_one(index, std::string_view(value)); }
  Statement& bind_one(int index, const char* value) { return bind_one(index, std::string_view(value)); }
  Statement& bind_one(int index, std::span<const std::byte> blob);
  template <typename T>
  Statement& bind_one(int index, const std::optional<T>& value) {
    return value ? bind_one(index, *value) : bind_one(index, nullptr);
  }

  /// Next row; false when there is none.
  bool step();
  /// Runs a statement that returns no rows; the bindings stay, so it can run again after reset().
  void run();
  void reset();

  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  double real(int column) const;
  /// Valid until the next step.
  std::string_view text(int column) const;
  std::string string(int column) const { return std::string(text(column)); }
  std::optional<std::string> optional_string(int column) const;
  std::span<const std::byte> blob(int column) const;
  int columns() const;
  std::string_view column_name(int column) const;

 private:
  sqlite3_stmt* statement_;
};

struct OpenOptions {
  bool read_only = false;
  bool create = true;
  /// Encryption key (raw bytes, any length); empty: the file is not encrypted. Cipher: ChaCha20-Poly1305.
  std::string key;
  /// Name of the SQLite VFS; empty: the default one.
  std::string vfs;
  /// Keep the file locked for this connection alone. Then WAL needs no shared memory (a browser's storage has none).
  bool exclusive = false;
  /// How long a statement waits for another connection's lock, milliseconds.
  int busy_timeout_ms = 5000;
};

/// Whether there is a file of that name in the VFS; empty: the default one. Throws std::runtime_error for an unknown
/// VFS.
bool exists(const std::string& path, const std::string& vfs);

class Database {
 public:
  Database(const std::string& path, const OpenOptions& options);
  ~Database();
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;

  /// Runs one or several statements without parameters.
  void execute(const std::string& sql);
  /// A cached prepared statement, reset and unbound. The same text must not be in use twice at a time.
  Statement statement(std::string_view sql);
  /// Prepares, binds and runs a statement without result.
  template <typename... Values>
  void run(std::string_view sql, const Values&... values) {
    statement(sql).bind(values...).run();
  }
  /// First column of the first row, if any.
  template <typename... Values>
  std::optional<std::int64_t> query_integer(std::string_view sql, const Values&... values) {
    auto s = statement(sql);
    s.bind(values...);
    if (!s.step() || s.is_null(0)) return std::nullopt;
    return s.integer(0);
  }
  template <typename... Values>
  std::optional<std::string> query_text(std::string_view sql, const Values&... values) {
    auto s = statement(sql);
    s.bind(values...);
    if (!s.step() || s.is_null(0)) return std::nullopt;
    return s.string(0);
  }
  std::int64_t changes() const;
  bool in_transaction() const;
  sqlite3* handle() const noexcept { return handle_; }

 private:
  sqlite3* handle_ = nullptr;
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_map<std::string, sqlite3_stmt*, Hash, std::equal_to<>> cache_;
  void close() noexcept;
};

/// For a database with a write-ahead log, when it is opened: what a killed program had written and not yet synced is
/// read as committed, and has to be on the disk before anybody builds on it. Works on a full disk.
void make_durable(Database& database);

/// BEGIN … COMMIT; rolls back when it is destroyed without commit().
class Transaction {
 public:
  enum class Kind { Deferred, Immediate };
  explicit Transaction(Database& database, Kind kind = Kind::Immediate);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

/// SAVEPOINT … RELEASE inside a transaction; rolls back to it when destroyed without release().
class Savepoint {
 public:
  explicit Savepoint(Database& database);
  ~Savepoint();
  Savepoint(const Savepoint&) = delete;
  Savepoint& operator=(const Savepoint&) = delete;
  void release();

 private:
  Database& database_;
  bool open_ = true;
};

/// One step of a schema's history. Versions are 1, 2, 3 … without gaps.
struct Migration {
  int version;
  std::string_view sql;
};

/// Brings the database up to the last migration, all steps in one transaction that also stores the version (PRAGMA
/// user_version): where one fails, all is as it was. Throws std::runtime_error for a file of a newer program.
void migrate(Database& database, std::span<const Migration> migrations);

}  // namespace anketa::sqlite
