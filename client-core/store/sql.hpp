// Ids in and out of SQL, and the translation of SQLite's failures into problems a person can act on.
#pragma once

#include <utility>

#include "shared/problem/problem.hpp"
#include "shared/record/uuid.hpp"
#include "shared/sqlite/database.hpp"

namespace anketa::client {

/// For binding; the id must outlive the statement's run.
inline std::span<const std::byte> blob(const Uuid& id) {
  return std::as_bytes(std::span(id.bytes()));
}

Uuid uuid_at(const sqlite::Statement& statement, int column);

/// DiskFull, DatabaseInUse, DatabaseDamaged; Internal for what should not happen.
[[noreturn]] void throw_problem(const sqlite::SqliteError& error);

/// Runs work on the database; its SqliteErrors come out as ProblemErrors.
template <typename Work>
decltype(auto) guarded(Work&& work) {
  try {
    return std::forward<Work>(work)();
  } catch (const sqlite::SqliteError& error) {
    throw_problem(error);
  }
}

/// A transaction, or a savepoint where one is open already: all of it happens or nothing.
class Atomic {
 public:
  explicit Atomic(sqlite::Database& database) {
    if (database.in_transaction())
      savepoint_.emplace(database);
    else
      transaction_.emplace(database);
  }
  void commit() {
    if (savepoint_)
      savepoint_->release();
    else
      transaction_->commit();
  }

 private:
  std::optional<sqlite::Savepoint> savepoint_;
  std::optional<sqlite::Transaction> transaction_;
};

}  // namespace anketa::client
