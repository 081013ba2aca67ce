// Accounts, devices and token families in the embedded store.
#pragma once

#include "shared/sqlite/database.hpp"
#include "sync-server/store/store.hpp"

namespace anketa::server {

/// The SQLite store as its accounts need it: a writer's and a reader's connection.
class ConnectionSource {
 public:
  virtual ~ConnectionSource() = default;
  /// Runs on the writer's thread, in its transaction; returns when it is durable.
  virtual void write_connection(const std::function<void(sqlite::Database&, Writer&)>& work) = 0;
  virtual void read_connection(const std::function<void(sqlite::Database&)>& work) = 0;
};

std::unique_ptr<AccountStore> make_sqlite_accounts(ConnectionSource& source, Environment& environment);

}  // namespace anketa::server
