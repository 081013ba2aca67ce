// The simulated disk: what SQLite commits on it survives what it promises to survive, and nothing else is promised.
#include <catch2/catch_test_macros.hpp>

#include "shared/sqlite/database.hpp"
#include "tools/simulation/memory_disk.hpp"

using namespace anketa;
using namespace anketa::simulation;

namespace {

sqlite::Database open(const MemoryDisk& disk, bool exclusive = true) {
  sqlite::OpenOptions options;
  options.vfs = disk.vfs();
  options.exclusive = exclusive;
  options.busy_timeout_ms = 0;
  sqlite::Database database("test.db", options);
  database.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS t(n INTEGER)");
  return database;
}

std::int64_t rows(sqlite::Database& database) {
  return database.query_integer("SELECT count(*) FROM t").value_or(0);
}

}  // namespace

TEST_CASE("a machine that dies at any write keeps every commit that returned, whatever becomes of unsynced data") {
  for (const auto loss : {MemoryDisk::Loss::Nothing, MemoryDisk::Loss::Unsynced, MemoryDisk::Loss::Some})
    for (int operation = 0; operation < 60; ++operation) {
      MemoryDisk disk("test-disk");
      Rng rng(static_cast<std::uint64_t>(operation));
      std::int64_t committed = 0;
      {
        auto database = open(disk);
        disk.die_after(operation);
        try {
          for (int i = 0; i < 30; ++i) {
            database.run("INSERT INTO t VALUES(?)", i);
            ++committed;
            if (i % 7 == 6) database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
          }
        } catch (const sqlite::SqliteError&) {
          REQUIRE(disk.dead());
        }
      }
      disk.reboot(loss, rng);
      auto database = open(disk);
      const auto there = rows(database);
      // The commit during which it died may have come through.
      CHECK((there == committed || there == committed + 1));
      CHECK(database.query_text("PRAGMA integrity_check") == "ok");
    }
}

TEST_CASE("without a sync a power cut takes what was written") {
  MemoryDisk disk("test-disk");
  Rng rng(1);
  {
    auto database = open(disk);
    database.execute("PRAGMA synchronous=OFF");
    database.run("INSERT INTO t VALUES(1)");
    disk.die_after(0);
    CHECK_THROWS_AS(database.run("INSERT INTO t VALUES(2)"), sqlite::SqliteError);
  }
  disk.reboot(MemoryDisk::Loss::Unsynced, rng);
  auto database = open(disk);
  CHECK(rows(database) == 0);
}

TEST_CASE("what is read after a killed program stays, through a power cut as well") {
  // The write of a commit's last frame, then its sync: wherever the program is killed.
  for (int operation = 0; operation < 12; ++operation) {
    MemoryDisk disk("test-disk");
    Rng rng(1);
    {
      auto database = open(disk);
      disk.die_after(operation);
      try {
        database.run("INSERT INTO t VALUES(1)");
      } catch (const sqlite::SqliteError&) {
      }
    }
    disk.reboot(MemoryDisk::Loss::Nothing, rng);
    std::int64_t seen = 0;
    {
      auto database = open(disk);
      sqlite::make_durable(database);
      seen = rows(database);
      disk.die_after(0);
    }
    disk.reboot(MemoryDisk::Loss::Unsynced, rng);
    auto database = open(disk);
    CHECK(rows(database) == seen);
  }
}

TEST_CASE("several connections share a file as on a real disk") {
  MemoryDisk disk("test-disk");
  auto writer = open(disk, false);
  auto reader = open(disk, false);
  writer.run("INSERT INTO t VALUES(1)");
  CHECK(rows(reader) == 1);
  sqlite::Transaction snapshot(reader, sqlite::Transaction::Kind::Deferred);
  CHECK(rows(reader) == 1);
  writer.run("INSERT INTO t VALUES(2)");
  CHECK(rows(reader) == 1);
  CHECK(rows(writer) == 2);
  sqlite::Transaction writing(writer);
  auto other = open(disk, false);
  CHECK_THROWS_AS(sqlite::Transaction(other), sqlite::SqliteError);
}

TEST_CASE("a full disk fails the write and keeps what was there") {
  MemoryDisk disk("test-disk");
  auto database = open(disk);
  database.run("INSERT INTO t VALUES(1)");
  disk.set_room(0);
  CHECK_THROWS_AS(database.run("INSERT INTO t VALUES(zeroblob(100000))"), sqlite::SqliteError);
  disk.set_room(-1);
  CHECK(rows(database) == 1);
  database.run("INSERT INTO t VALUES(2)");
  CHECK(rows(database) == 2);
}

TEST_CASE("an image is a copy of all files") {
  MemoryDisk disk("test-disk");
  {
    auto database = open(disk);
    database.run("INSERT INTO t VALUES(1)");
  }
  const auto image = disk.image();
  {
    auto database = open(disk);
    database.run("INSERT INTO t VALUES(2)");
  }
  disk.load(image);
  auto database = open(disk);
  CHECK(rows(database) == 1);
}
