#include "client-core/store/store.hpp"

#include "client-core/store/schema_versions.hpp"
#include "client-core/store/sql.hpp"
#include "shared/record/mutant.hpp"

namespace anketa::client {
namespace {

sqlite::Database open_file(const StoreOptions& options) {
  if (!options.create && !sqlite::exists(options.path, options.vfs))
    throw ProblemError(ProblemCode::NotInitialised, {}, options.path);
  sqlite::OpenOptions open;
  open.create = options.create;
  // What follows "raw:" the cipher takes as the key itself.
  open.key = (options.raw_key ? "raw:" : "") + options.key;
  open.vfs = options.vfs;
  open.exclusive = true;
  open.busy_timeout_ms = options.busy_timeout_ms;
  try {
    return sqlite::Database(options.path, open);
  } catch (const sqlite::SqliteError& error) {
    // Encrypted pages under another key look like no database at all.
    if (error.not_a_database()) throw ProblemError(ProblemCode::WrongKey);
    if (error.cannot_open()) throw ProblemError(ProblemCode::FileUnreadable, {}, options.path);
    throw_problem(error);
  }
}

void check_ours(sqlite::Database& database) {
  const auto id = database.query_integer("PRAGMA application_id").value_or(0);
  const auto tables = database.query_integer("SELECT count(*) FROM sqlite_master").value_or(0);
  if (id != application_id && tables > 0) throw ProblemError(ProblemCode::DatabaseDamaged);
  const auto version = database.query_integer("PRAGMA user_version").value_or(0);
  if (version > migrations().back().version) throw ProblemError(ProblemCode::DatabaseNewer);
}

void configure(sqlite::Database& database) {
  if (database.query_text("PRAGMA journal_mode=WAL") != "wal")
    throw ProblemError(ProblemCode::Internal, {}, "journal_mode");
  database.execute(ANKETA_MUTANT("device_not_synced") ? "PRAGMA synchronous=OFF" : "PRAGMA synchronous=FULL");
  // Pages of the log before they are moved into the file: a first sync of ten thousand records fits.
  database.execute("PRAGMA wal_autocheckpoint=8000");
  // What the log may keep of the disk once it has been moved.
  database.execute("PRAGMA journal_size_limit=4194304");
  database.execute("PRAGMA cache_size=-16000");
  // What is deleted (an erasure, a revoked client) is overwritten, not only forgotten.
  database.execute("PRAGMA secure_delete=FAST");
  // Only where it is not set yet: a store must open on a full disk.
  if (database.query_integer("PRAGMA application_id").value_or(0) != application_id)
    database.execute("PRAGMA application_id=" + std::to_string(application_id));
}

}  // namespace

ClientStore::ClientStore(const StoreOptions& options, Environment& environment)
    : environment_(environment),
      database_(open_file(options)),
      device_(database_),
      records_(database_),
      outbox_(database_),
      search_(database_),
      scopes_(database_),
      ladder_(database_),
      blobs_(database_) {
  guarded([&] {
    check_ours(database_);
    configure(database_);
    sqlite::make_durable(database_);
    sqlite::migrate(database_, migrations());
    if (database_.query_integer("SELECT count(*) FROM device") == 0) make_device();
  });
}

void ClientStore::make_device() {
  // One after the other: which argument of a call is made first, compilers choose.
  const auto id = Uuid::v7(environment_);
  device_.create(id, random_token());
}

std::string ClientStore::random_token() {
  std::array<std::byte, 16> bytes{};
  environment_.random(bytes);
  static constexpr char digits[] = "0123456789abcdef";
  std::string token;
  for (const auto byte : bytes) {
    token += digits[std::to_integer<unsigned>(byte) >> 4];
    token += digits[std::to_integer<unsigned>(byte) & 15];
  }
  return token;
}

}  // namespace anketa::client
