#include "client-core/store/wipe.hpp"

#include "client-core/store/sql.hpp"

namespace anketa::client {
namespace {

/// Every table but those of SQLite itself and the parts of the search index.
std::vector<std::string> tables(sqlite::Database& database) {
  std::vector<std::string> names;
  auto row = database.statement(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'search*'");
  while (row.step()) names.push_back(row.string(0));
  return names;
}

}  // namespace

void wipe(ClientStore& store) {
  guarded([&] {
    auto& database = store.database();
    {
      Atomic atomic(database);
      for (const auto& table : tables(database)) database.execute("DELETE FROM \"" + table + "\"");
      database.run("INSERT INTO search(search) VALUES('delete-all')");
      database.run("INSERT INTO content_total VALUES(1, 0, 0, 0)");
      store.make_device();
      atomic.commit();
    }
    database.execute("VACUUM");
    database.query_integer("PRAGMA wal_checkpoint(TRUNCATE)");
  });
}

}  // namespace anketa::client
