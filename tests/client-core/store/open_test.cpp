#include <catch2/catch_test_macros.hpp>
#include <fstream>

#include "client-core/store/schema_versions.hpp"
#include "tests/client-core/store/fixture.hpp"

using namespace anketa;
using namespace anketa::client;
using namespace anketa::client::test;

namespace {

ProblemCode failure(const StoreOptions& options, Environment& environment) {
  try {
    ClientStore store(options, environment);
    FAIL("opened");
  } catch (const ProblemError& error) {
    return error.problem().code;
  }
  return ProblemCode::Internal;
}

std::string file_bytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("a store that is not there is not made unless asked") {
  anketa::test::TemporaryFolder folder;
  anketa::test::TestEnvironment environment;
  StoreOptions options;
  options.path = folder.file("client.db");
  CHECK(failure(options, environment) == ProblemCode::NotInitialised);
  CHECK_FALSE(std::filesystem::exists(options.path));
}

TEST_CASE("the wrong key does not open the store, the right one still does") {
  Fixture fixture({}, "correct horse battery");
  const auto id = fixture.create_contact();
  fixture.store.reset();
  auto wrong = fixture.options;
  wrong.key = "correct horse batterY";
  CHECK(failure(wrong, fixture.environment) == ProblemCode::WrongKey);
  wrong.key.clear();
  CHECK(failure(wrong, fixture.environment) == ProblemCode::WrongKey);
  fixture.open();
  CHECK(fixture.view(id).body == Fixture::contact_body());
}

TEST_CASE("nothing of a record or a token can be read from the files of an encrypted store") {
  Fixture fixture({}, "correct horse battery");
  fixture.create_contact();
  const auto wal = file_bytes(fixture.options.path + "-wal");
  REQUIRE(wal.size() > 4096);
  fixture.store.reset();
  const auto database = file_bytes(fixture.options.path);
  for (const auto* secret : {"Иванов", "555-01-01", "refresh", "contact", "SQLite format"}) {
    CHECK(wal.find(secret) == std::string::npos);
    CHECK(database.find(secret) == std::string::npos);
  }
}

TEST_CASE("a store that is open elsewhere is in use") {
  Fixture fixture;
  fixture.create_contact();
  CHECK(failure(fixture.options, fixture.environment) == ProblemCode::DatabaseInUse);
}

TEST_CASE("a store of a newer program is refused and left alone") {
  Fixture fixture;
  const auto id = fixture.create_contact();
  const auto newest = migrations().back().version;
  fixture.store->database().execute("PRAGMA user_version=" + std::to_string(newest + 1));
  fixture.store.reset();
  CHECK(failure(fixture.options, fixture.environment) == ProblemCode::DatabaseNewer);
  {
    sqlite::Database raw(fixture.options.path, {});
    raw.execute("PRAGMA user_version=" + std::to_string(newest));
  }
  fixture.open();
  CHECK(fixture.view(id).body == Fixture::contact_body());
}

TEST_CASE("a database of another program and a file of rubbish are refused and left alone") {
  anketa::test::TemporaryFolder folder;
  anketa::test::TestEnvironment environment;
  StoreOptions options;
  options.path = folder.file("client.db");
  options.create = true;
  SECTION("another program's") {
    sqlite::Database(options.path, {}).execute("CREATE TABLE theirs(x)");
    CHECK(failure(options, environment) == ProblemCode::DatabaseDamaged);
    CHECK(sqlite::Database(options.path, {}).query_integer("SELECT count(*) FROM sqlite_master") == 1);
  }
  SECTION("rubbish") {
    const std::string rubbish(10'000, 'x');
    std::ofstream(options.path) << rubbish;
    CHECK(failure(options, environment) == ProblemCode::WrongKey);
    CHECK(file_bytes(options.path) == rubbish);
  }
}

TEST_CASE("the store keeps a write-ahead log and waits for the disk at every commit") {
  Fixture fixture;
  auto& database = fixture.store->database();
  CHECK(database.query_text("PRAGMA journal_mode") == "wal");
  CHECK(database.query_integer("PRAGMA synchronous") == 2);
  CHECK(database.query_text("PRAGMA locking_mode") == "exclusive");
  // Exclusive from the first read on: no shared memory is made.
  CHECK_FALSE(std::filesystem::exists(fixture.options.path + "-shm"));
}

TEST_CASE("a device keeps its id, and counters and clock only rise, whatever the clock does") {
  Fixture fixture;
  const auto device = fixture.store->device().get();
  const auto first = fixture.store->device().stamp(fixture.environment.now());
  fixture.environment.advance(-86'400'000);
  fixture.reopen();
  const auto second = fixture.store->device().stamp(fixture.environment.now());
  CHECK(second.counter == first.counter + 1);
  CHECK(second.at > first.at);
  CHECK(fixture.store->device().get().id == device.id);
  CHECK(device.next_nonce.size() == 32);
}
