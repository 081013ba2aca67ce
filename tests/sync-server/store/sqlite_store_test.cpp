// The embedded store itself: grouped commits, what survives a kill, a full disk, wrong files.
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <csignal>
#include <fstream>
#include <thread>

#include "shared/sqlite/database.hpp"
#include "sync-server/store/own_record.hpp"
#include "sync-server/store/store.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_environment.hpp"

namespace anketa::server {
namespace {

std::unique_ptr<Store> open(const std::string& folder, Environment& environment, bool create = true) {
  return open_sqlite_store({folder, 2, create}, environment);
}

void put_user(Writer& writer, const Uuid& id, const std::string& name) {
  put_own_record(writer, "user", id, company_scope, {{"name", name}, {"role", "rep"}}, "test " + name, 0);
}

std::size_t users(Store& store) {
  std::size_t count = 0;
  store.read([&](Reader& reader) { count = reader.heads_of("user", company_scope).size(); });
  return count;
}

/// A file system of its own that is soon full; not mounted where the test may not.
class SmallDisk {
 public:
  explicit SmallDisk(const std::string& path) : path_(path) {
    std::filesystem::create_directories(path);
    mounted_ = ::mount("tmpfs", path.c_str(), "tmpfs", 0, "size=3m") == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(path_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  bool mounted() const { return mounted_; }

 private:
  std::string path_;
  bool mounted_ = false;
};

}  // namespace

TEST_CASE("of a user's grants in a scope the open one is found, whatever was closed before (R34)") {
  test::TestEnvironment environment;
  test::TemporaryFolder folder;
  const auto store = open(folder.path().string(), environment);
  const auto user = Uuid::v7(environment), scope = Uuid::v7(environment), other = Uuid::v7(environment);
  store->write_and_wait([&](Writer& writer) {
    writer.open_grant({user, scope, "owner", {"service"}, 1, 0});
    writer.close_grant(user, scope, 2);
    writer.open_grant({user, other, "owner", {}, 3, 0});
  });
  store->read([&](Reader& reader) { CHECK_FALSE(reader.open_grant_of(user, scope)); });
  store->write_and_wait([&](Writer& writer) { writer.open_grant({user, scope, "member", {"finance"}, 4, 0}); });
  store->read([&](Reader& reader) {
    const auto open = reader.open_grant_of(user, scope);
    REQUIRE(open);
    CHECK(open->role == "member");
    CHECK(open->classes == std::vector<std::string>{"finance"});
    CHECK(open->from == 4);
  });
}

TEST_CASE("a store that is not there is only made when asked for") {
  test::TestEnvironment environment;
  test::TemporaryFolder folder;
  try {
    open(folder.file("none"), environment, false);
    FAIL("opened");
  } catch (const ProblemError& error) {
    CHECK(error.problem().code == ProblemCode::NotInitialised);
  }
  open(folder.file("none"), environment);
  CHECK_NOTHROW(open(folder.file("none"), environment, false));
}

TEST_CASE("a damaged file and a file of a newer program are refused by name") {
  test::TestEnvironment environment;
  test::TemporaryFolder folder;
  const auto refused = [&] {
    try {
      open(folder.path().string(), environment);
    } catch (const ProblemError& error) {
      return error.problem().code;
    }
    return ProblemCode::Count;
  };
  SECTION("damaged") {
    std::ofstream(folder.file("anketa.db")) << std::string(8192, 'x');
    CHECK(refused() == ProblemCode::DatabaseDamaged);
  }
  SECTION("newer") {
    open(folder.path().string(), environment);
    sqlite::Database database(folder.file("anketa.db"), {});
    database.execute("PRAGMA user_version = 9999");
    CHECK(refused() == ProblemCode::DatabaseNewer);
  }
}

TEST_CASE("work that throws is undone alone; history has no gap") {
  test::TestEnvironment environment;
  test::TemporaryFolder folder;
  const auto store = open(folder.path().string(), environment);
  const auto add = [&](const std::string& name) {
    store->write_and_wait([&](Writer& writer) { put_user(writer, Uuid::v7(environment), name); });
  };
  add("Анна");
  CHECK_THROWS_AS(store->write_and_wait([&](Writer& writer) {
    put_user(writer, Uuid::v7(environment), "Борис");
    throw ProblemError(ProblemCode::BadRequest);
  }),
                  ProblemError);
  add("Вера");
  CHECK(users(*store) == 2);
  store->read([&](Reader& reader) { CHECK(reader.history().last_seq == 2); });
  CHECK(store->verify().empty());
}

TEST_CASE("many writers at once: each is answered, all is there, readers never wait for them") {
  test::TestEnvironment environment;
  test::TemporaryFolder folder;
  const auto store = open(folder.path().string(), environment);
  constexpr int writers = 8, each = 50;
  std::atomic<int> answered{0};
  std::vector<std::thread> threads;
  for (int w = 0; w < writers; ++w)
    threads.emplace_back([&, w] {
      for (int i = 0; i < each; ++i) {
        store->write_and_wait([&](Writer& writer) {
          put_user(writer, Uuid::v7(environment), std::to_string(w) + "/" + std::to_string(i));
        });
        ++answered;
        store->read([&](Reader& reader) { reader.history(); });
      }
    });
  for (auto& thread : threads) thread.join();
  CHECK(answered == writers * each);
  CHECK(users(*store) == writers * each);
  CHECK(store->verify().empty());
}

TEST_CASE("a store killed in mid-write keeps everything it has answered for") {
  test::TemporaryFolder folder;
  for (int round = 0; round < 5; ++round) {
    int answers[2];
    REQUIRE(::pipe(answers) == 0);
    const auto child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      test::TestEnvironment environment(static_cast<std::uint64_t>(round) + 10);
      const auto store = open(folder.path().string(), environment);
      for (;;) {
        const auto id = Uuid::v7(environment);
        store->write_and_wait([&](Writer& writer) { put_user(writer, id, id.text()); });
        if (::write(answers[1], id.bytes().data(), 16) != 16) ::_exit(1);
      }
    }
    ::close(answers[1]);
    ::usleep(static_cast<useconds_t>(60'000 + round * 17'000));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    test::TestEnvironment environment;
    const auto store = open(folder.path().string(), environment);
    std::array<std::uint8_t, 16> id{};
    int acknowledged = 0, found = 0;
    while (::read(answers[0], id.data(), id.size()) == static_cast<ssize_t>(id.size())) {
      ++acknowledged;
      store->read([&](Reader& reader) { found += reader.head(Uuid(id)).has_value(); });
    }
    ::close(answers[0]);
    CHECK(found == acknowledged);
    CHECK(store->verify().empty());
  }
}

TEST_CASE("a full disk refuses the write by name, loses nothing, and goes on when there is room") {
  test::TestEnvironment environment;
  test::TemporaryFolder folder;
  const SmallDisk disk(folder.file("disk"));
  if (!disk.mounted()) SKIP("needs the right to mount a small file system");
  const auto store = open(folder.file("disk/data"), environment);
  std::size_t stored = 0;
  std::optional<ProblemCode> refused;
  for (int i = 0; i < 1000 && !refused; ++i) {
    try {
      store->write_and_wait([&](Writer& writer) {
        put_own_record(writer, "client", Uuid::v7(environment), company_scope,
                       {{"name", std::to_string(i)}, {"remarks", std::string(20'000, 'x')}}, "test", 0);
      });
      ++stored;
    } catch (const ProblemError& error) {
      refused = error.problem().code;
    }
  }
  CHECK(refused == ProblemCode::DiskFull);
  CHECK(stored > 0);
  store->read([&](Reader& reader) { CHECK(reader.heads_of("client", company_scope).size() == stored); });
  REQUIRE(::mount("tmpfs", folder.file("disk").c_str(), "tmpfs", MS_REMOUNT, "size=20m") == 0);
  CHECK_NOTHROW(
      store->write_and_wait([&](Writer& writer) { put_user(writer, Uuid::v7(environment), "после уборки"); }));
  CHECK(store->verify().empty());
}

TEST_CASE("Two processes may write by turns: a person added beside the running server does not stop its writes") {
  anketa::test::TestEnvironment environment;
  const anketa::test::TemporaryFolder folder;
  const auto server = open(folder.path().string(), environment);
  const auto program = open(folder.path().string(), environment, false);
  const auto add = [&](Store& store, const std::string& login) {
    store.accounts().add_account({Uuid::v7(environment), login, login, Role::Rep, "hash", true});
  };
  add(*server, "anna");
  add(*program, "boris");
  add(*server, "vera");
  add(*server, "gleb");
  add(*program, "dina");
  CHECK(users(*server) == 5);
  CHECK(server->verify().empty());
  HistoryState history;
  server->read([&](Reader& reader) { history = reader.history(); });
  CHECK(history.last_seq == 5);
}

}  // namespace anketa::server
