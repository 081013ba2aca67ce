// Restoring a copy, and what becomes of the database it replaces.
#include "sync-server/store/restore.hpp"

#include <catch2/catch_test_macros.hpp>
#include <fstream>

#include "shared/problem/problem.hpp"
#include "shared/sqlite/database.hpp"
#include "sync-server/store/own_record.hpp"
#include "sync-server/store/store.hpp"
#include "tests/support/refused.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_environment.hpp"

namespace anketa::server {
namespace {

namespace fs = std::filesystem;

struct Office {
  test::TestEnvironment environment;
  test::TemporaryFolder folder;
  std::string data = folder.file("data"), copy = folder.file("copy.db");
  std::string database = data + "/anketa.db";

  std::unique_ptr<Store> open(const std::string& where) { return open_sqlite_store({where, 1, true}, environment); }

  void add_user(Store& store, const std::string& name) {
    store.write_and_wait([&](Writer& writer) {
      put_own_record(writer, "user", Uuid::derived({}, name), company_scope, {{"name", name}, {"role", "rep"}}, name,
                     0);
    });
  }

  /// Of the database in that file, under the name a store has.
  std::size_t users(const std::string& file) {
    const test::TemporaryFolder apart;
    fs::copy_file(file, apart.file("anketa.db"));
    if (fs::exists(file + "-wal")) fs::copy_file(file + "-wal", apart.file("anketa.db-wal"));
    std::size_t count = 0;
    open(apart.path().string())->read([&](Reader& reader) { count = reader.heads_of("user", company_scope).size(); });
    return count;
  }

  /// A database with one user in the copy and a second one only in the write-ahead log: its server was killed.
  void leave_a_log() {
    {
      auto store = open(data);
      add_user(*store, "one");
      store->backup(copy);
      add_user(*store, "two");
      fs::copy(data, folder.file("killed"));
    }
    fs::remove_all(data);
    fs::rename(folder.file("killed"), data);
    REQUIRE(fs::exists(database + "-wal"));
  }

  ProblemCode refusal() {
    return test::refused([&] { restore_sqlite_store(copy, data, environment); });
  }
};

bool for_owner_only(const fs::path& file) {
  return (fs::status(file).permissions() & (fs::perms::group_all | fs::perms::others_all)) == fs::perms::none;
}

}  // namespace

TEST_CASE("What a restore replaces is kept whole, with what was only in the write-ahead log") {
  Office office;
  office.leave_a_log();
  const auto aside = restore_sqlite_store(office.copy, office.data, office.environment);
  CHECK(office.users(office.database) == 1);
  CHECK(office.users(aside) == 2);
  CHECK_FALSE(fs::exists(office.database + "-wal"));
  CHECK_FALSE(fs::exists(office.data + "/restore.part"));
}

TEST_CASE("A restore can be undone by restoring what was put aside, and puts aside under a name of its own") {
  Office office;
  office.leave_a_log();
  const auto first = restore_sqlite_store(office.copy, office.data, office.environment);
  const auto second = restore_sqlite_store(first, office.data, office.environment);
  CHECK(first != second);
  CHECK(office.users(office.database) == 2);
  CHECK(office.users(first) == 2);
  CHECK(office.users(second) == 1);
}

TEST_CASE("A damaged database is put aside as it is, its log with it") {
  Office office;
  office.leave_a_log();
  for (const auto& file : {office.database, office.database + "-wal"})
    std::fstream(file, std::ios::in | std::ios::out | std::ios::binary) << "This was overwritten by something else.";
  const auto log_size = fs::file_size(office.database + "-wal");
  const auto aside = restore_sqlite_store(office.copy, office.data, office.environment);
  CHECK(office.users(office.database) == 1);
  CHECK(fs::file_size(aside + "-wal") == log_size);
}

TEST_CASE("Nothing is restored under a running server, nor from a copy that is none") {
  Office office;
  office.leave_a_log();
  {
    const auto running = office.open(office.data);
    CHECK(office.refusal() == ProblemCode::DatabaseInUse);
    office.add_user(*running, "three");
  }
  CHECK(office.users(office.database) == 3);
  std::ofstream(office.copy, std::ios::trunc) << "no database";
  CHECK(office.refusal() == ProblemCode::DatabaseDamaged);
  fs::remove(office.copy);
  CHECK(office.refusal() == ProblemCode::FileUnreadable);
  CHECK(office.users(office.database) == 3);
  CHECK_FALSE(fs::exists(office.data + "/restore.part"));
}

TEST_CASE("A backup that cannot be written says where, and leaves nothing half done") {
  Office office;
  const auto store = office.open(office.data);
  office.add_user(*store, "one");
  const auto refusal = [&](const std::string& where) { return test::refused([&] { store->backup(where); }); };
  CHECK(refusal(office.folder.file("no such folder") + "/copy.db") == ProblemCode::FileUnwritable);
  fs::create_directories(office.folder.file("a folder") + "/with something in it");
  CHECK(refusal(office.folder.file("a folder")) == ProblemCode::FileUnwritable);
  store->backup(office.copy);
  CHECK(office.users(office.copy) == 1);
}

TEST_CASE("A restored store begins a new epoch") {
  Office office;
  office.leave_a_log();
  std::string before, after;
  office.open(office.data)->read([&](Reader& reader) { before = reader.history().epoch; });
  restore_sqlite_store(office.copy, office.data, office.environment);
  office.open(office.data)->read([&](Reader& reader) { after = reader.history().epoch; });
  CHECK(before != after);
}

TEST_CASE("The database, its log and its copies can be read by their owner only") {
  Office office;
  const auto store = office.open(office.data);
  office.add_user(*store, "one");
  store->backup(office.copy);
  for (const auto& file : {office.database, office.database + "-wal", office.database + "-shm", office.copy}) {
    INFO(file);
    CHECK(for_owner_only(file));
  }
}

}  // namespace anketa::server
