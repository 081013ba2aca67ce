// The client's database: one encrypted SQLite file, its tables, and how it is opened.
//
// Model: ClientStore is the open file; the tables are its parts, and edits.hpp, settle.hpp and parked.hpp are what is
// done with them. WAL with synchronous=FULL: a commit is durable when it returns. The file is locked for this process.
// Thread safety: one thread at a time.
#pragma once

#include <string>

#include "client-core/store/blob_table.hpp"
#include "client-core/store/device_table.hpp"
#include "client-core/store/ladder_table.hpp"
#include "client-core/store/outbox_table.hpp"
#include "client-core/store/record_table.hpp"
#include "client-core/store/scope_table.hpp"
#include "client-core/store/search_index.hpp"
#include "shared/record/environment.hpp"
#include "shared/sqlite/database.hpp"

namespace anketa::client {

struct StoreOptions {
  std::string path;
  /// Empty: not encrypted.
  std::string key;
  bool create = false;
  std::string vfs;
  /// How long to wait for another process to let go of the file.
  int busy_timeout_ms = 1000;
  /// The key is 32 random bytes: used as it is, without the derivation that makes guessing of worse keys dear. A file
  /// opens the way it was made.
  bool raw_key = false;
};

class ClientStore {
 public:
  /// Throws ProblemError: NotInitialised (no file and not to be created), WrongKey, DatabaseInUse, DatabaseNewer,
  /// DatabaseDamaged (also for a file that is not ours), DiskFull, FileUnreadable.
  ClientStore(const StoreOptions& options, Environment& environment);

  sqlite::Database& database() noexcept { return database_; }
  Environment& environment() noexcept { return environment_; }
  DeviceTable& device() noexcept { return device_; }
  RecordTable& records() noexcept { return records_; }
  OutboxTable& outbox() noexcept { return outbox_; }
  SearchIndex& search() noexcept { return search_; }
  ScopeTable& scopes() noexcept { return scopes_; }
  LadderTable& ladder() noexcept { return ladder_; }
  BlobTable& blobs() noexcept { return blobs_; }

  /// The device that an empty store is of.
  void make_device();
  /// 32 random hex digits: a nonce.
  std::string random_token();

 private:
  Environment& environment_;
  sqlite::Database database_;
  DeviceTable device_;
  RecordTable records_;
  OutboxTable outbox_;
  SearchIndex search_;
  ScopeTable scopes_;
  LadderTable ladder_;
  BlobTable blobs_;
};

}  // namespace anketa::client
