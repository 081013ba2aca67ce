// A store of an earlier version of the program: brought forward with everything in it, or left as it was.
#include <catch2/catch_test_macros.hpp>

#include "client-core/store/schema_versions.hpp"
#include "tests/client-core/store/fixture.hpp"
#include "tests/support/fault_vfs.hpp"

using namespace anketa;
using namespace anketa::client;
using namespace anketa::client::test;
using anketa::test::FaultVfs;

namespace {

/// The tables there are in each version that has any more.
const std::map<int, std::vector<std::string>> tables_since{{2, {"blob", "blob_chunk"}},
                                                           {3, {"own_key", "server_key", "due_scrub"}}};

/// Makes the open store what that version of the program would have left.
void set_back(Fixture& fixture, int version) {
  auto& database = fixture.store->database();
  for (const auto& [since, tables] : tables_since)
    if (since > version)
      for (const auto& table : tables) database.execute("DROP TABLE " + table);
  database.execute("PRAGMA user_version=" + std::to_string(version));
}

std::string schema_of(sqlite::Database& database) {
  return database.query_text("SELECT group_concat(sql, char(10)) FROM (SELECT sql FROM sqlite_master ORDER BY name)")
      .value_or("");
}

std::int64_t version_of(const std::string& path, const std::string& vfs) {
  sqlite::OpenOptions options;
  options.vfs = vfs;
  options.exclusive = true;
  sqlite::Database raw(path, options);
  return raw.query_integer("PRAGMA user_version").value_or(0);
}

}  // namespace

TEST_CASE("a store of any earlier version is brought forward, with a draft under way in it") {
  Fixture fresh;
  const auto wanted = schema_of(fresh.store->database());
  CHECK(tables_since.rbegin()->first == migrations().back().version);
  for (const auto& migration : migrations()) {
    INFO("version " << migration.version);
    Fixture fixture;
    const auto id = fixture.create_contact();
    fixture.set(id, "post", "Директор");
    set_back(fixture, migration.version);
    fixture.reopen();
    CHECK(schema_of(fixture.store->database()) == wanted);
    CHECK(fixture.view(id).body["post"] == "Директор");
    CHECK(fixture.pending(id).size() == 1);
    fixture.set(id, "post", "Владелец");
    CHECK(fixture.view(id).body["post"] == "Владелец");
  }
}

TEST_CASE("bringing a store forward fails at any write: it stays as it was, and is brought forward the next time") {
  bool done = false;
  for (int operation = 0; !done; ++operation) {
    INFO("operation " << operation);
    FaultVfs faults("upgrade");
    Fixture fixture(faults.name());
    const auto id = fixture.create_contact();
    set_back(fixture, 1);
    fixture.store.reset();
    faults.fail_from(operation);
    try {
      fixture.open();
      done = true;
    } catch (const ProblemError&) {
    }
    fixture.store.reset();
    faults.fail_from(-1);
    if (!done) {
      const auto version = version_of(fixture.options.path, faults.name());
      CHECK((version == 1 || version == migrations().back().version));
    }
    fixture.open();
    CHECK(fixture.view(id).body == Fixture::contact_body());
    CHECK(fixture.store->database().query_text("PRAGMA integrity_check") == "ok");
    REQUIRE(operation < 200);
  }
}

TEST_CASE("a full disk keeps a store from being brought forward, and no byte of it is changed") {
  FaultVfs faults("upgrade-full");
  Fixture fixture(faults.name());
  const auto id = fixture.create_contact();
  set_back(fixture, 1);
  fixture.store.reset();
  faults.set_quota(0);
  CHECK_THROWS_AS(fixture.open(), ProblemError);
  CHECK(version_of(fixture.options.path, faults.name()) == 1);
  faults.set_quota(-1);
  fixture.open();
  CHECK(fixture.view(id).body == Fixture::contact_body());
}
