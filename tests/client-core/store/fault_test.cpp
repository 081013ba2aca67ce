// Power cuts, full disks and killed programs: what was committed is there, what was not is not there in part.
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <csignal>
#include <thread>

#include "tests/client-core/store/random_history.hpp"
#include "tests/support/fault_vfs.hpp"

using namespace anketa;
using namespace anketa::client;
using namespace anketa::client::test;
using anketa::test::FaultVfs;
using protocol::ResultStatus;

namespace {

constexpr const char* key = "correct horse battery";

/// Whether the work failed; with a ProblemError, never anything else.
bool fails(const std::function<void()>& work) {
  try {
    work();
    return false;
  } catch (const ProblemError&) {
    return true;
  }
}

void check_sound(Fixture& fixture, const Uuid& id) {
  CHECK(fixture.store->database().query_text("PRAGMA integrity_check") == "ok");
  check_record(fixture, id);
}

}  // namespace

TEST_CASE("power fails at any write of an edit: it is there whole or not at all, earlier ones are there") {
  bool survived = false;
  for (int operation = 0; !survived; ++operation) {
    INFO("operation " << operation);
    FaultVfs faults("edit");
    Fixture fixture(faults.encrypting(), key);
    const auto id = fixture.create_contact();
    faults.fail_from(operation);
    survived = !fails([&] { fixture.set(id, "post", "Директор"); });
    fixture.store.reset();
    faults.fail_from(-1);
    fixture.open();
    check_sound(fixture, id);
    const auto body = fixture.view(id).body;
    CHECK(body["name"] == "Пётр Иванов");
    if (survived) CHECK(body["post"] == "Директор");
    if (body.contains("post")) CHECK(fixture.pending(id).front().ops[0].value["post"] == "Директор");
    REQUIRE(operation < 100);
  }
}

TEST_CASE(
    "power fails at any write of a page: cursor, results and records are of one moment, and the page can come again") {
  bool survived = false;
  for (int operation = 0; !survived; ++operation) {
    INFO("operation " << operation);
    FaultVfs faults("page");
    Fixture fixture(faults.encrypting(), key);
    const auto id = fixture.create_contact();
    fixture.store->outbox().seal();
    const auto mutation = fixture.pending(id).front().id;
    RecordState other;
    other.id = Uuid::v7(fixture.environment);
    other.collection = "contact";
    other.scope = account_scope;
    other.version = 1;
    other.seq = 4;
    other.by = rep;
    other.body = Fixture::contact_body("Другой");
    protocol::SyncAnswer answer;
    answer.cursor = "next";
    const auto page = [&] { fixture.settle({result(mutation, ResultStatus::Applied)}, {other}, answer); };
    faults.fail_from(operation);
    survived = !fails(page);
    fixture.store.reset();
    faults.fail_from(-1);
    fixture.open();
    check_sound(fixture, id);
    const bool taken = fixture.store->device().get().cursor == "next";
    CHECK(taken == fixture.store->records().find(other.id).has_value());
    CHECK(taken == (fixture.row(id).pending == 0));
    CHECK((!survived || taken));
    page();
    CHECK(fixture.store->device().get().cursor == "next");
    CHECK(fixture.view(other.id).body["name"] == "Другой");
    REQUIRE(operation < 100);
  }
}

TEST_CASE("a full disk: the edit fails with DiskFull, nothing is lost, and with room again work goes on") {
  FaultVfs faults("full");
  Fixture fixture(faults.name());
  const auto id = fixture.create_contact();
  faults.set_quota(30'000);
  std::string last = "none";
  ProblemCode code = ProblemCode::Count;
  for (int i = 0; code == ProblemCode::Count && i < 1000; ++i) {
    const auto text = std::to_string(i) + std::string(1000, 'x');
    try {
      fixture.set(id, "work_interests", text);
      last = text;
    } catch (const ProblemError& error) {
      code = error.problem().code;
    }
  }
  CHECK(code == ProblemCode::DiskFull);
  CHECK(fixture.view(id).body["work_interests"] == last);
  check_sound(fixture, id);
  // Reading goes on, and so does a new start of the program.
  CHECK(fixture.store->search().find("иванов", {"contact"}, 10).size() == 1);
  fixture.reopen();
  CHECK(fixture.view(id).body["work_interests"] == last);
  faults.set_quota(-1);
  fixture.set(id, "work_interests", "снова есть место");
  CHECK(fixture.view(id).body["work_interests"] == "снова есть место");
  check_sound(fixture, id);
}

TEST_CASE("a store cannot be made on a full disk, and can once there is room") {
  FaultVfs faults("new");
  anketa::test::TemporaryFolder folder;
  anketa::test::TestEnvironment environment;
  StoreOptions options{folder.file("client.db"), key, true, faults.encrypting(), 0};
  faults.set_quota(8'000);
  CHECK(fails([&] { ClientStore(options, environment); }));
  faults.set_quota(-1);
  CHECK_FALSE(fails([&] { ClientStore(options, environment); }));
}

TEST_CASE("a full disk in the midst of a random history: what fails changes nothing, and with room again it goes on") {
  const auto seed = GENERATE(range(1, 6));
  FaultVfs faults("full history");
  Fixture fixture(faults.encrypting(), key);
  RandomHistory history(fixture, static_cast<std::uint64_t>(seed));
  int failed = 0;
  for (int step = 0; step < 60; ++step) {
    INFO("seed " << seed << ", step " << step);
    const auto before = everything(*fixture.store);
    faults.set_quota(step % 3 == 2 ? static_cast<std::int64_t>(4096 * (step % 4)) : -1);
    if (fails([&] { history.step(); })) {
      ++failed;
      CHECK(everything(*fixture.store) == before);
    }
    faults.set_quota(-1);
    for (const auto& id : history.records()) check_sound(fixture, id);
  }
  CHECK(failed > 0);
}

TEST_CASE(
    "a program killed in the midst of a random history: all that it had reported is there, the rest whole or not") {
  for (std::uint64_t round = 0; round < 5; ++round) {
    INFO("round " << round);
    Fixture fixture({}, key);
    fixture.store.reset();
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      fixture.open();
      RandomHistory history(fixture, round);
      for (std::int32_t step = 1;; ++step) {
        history.step();
        if (::write(ends[1], &step, sizeof step) != sizeof step) ::_exit(1);
      }
    }
    ::close(ends[1]);
    std::this_thread::sleep_for(std::chrono::milliseconds(150 + 60 * round));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(WIFSIGNALED(status));
    std::int32_t reported = 0, read = 0;
    while (::read(ends[0], &read, sizeof read) == sizeof read) reported = read;
    ::close(ends[0]);
    fixture.open();
    CHECK(fixture.store->database().query_text("PRAGMA integrity_check") == "ok");
    // The same history where nobody is killed: the store stands where the last reported step left it, or one further.
    Fixture undisturbed({}, key);
    RandomHistory history(undisturbed, round);
    for (std::int32_t step = 0; step < reported; ++step) history.step();
    const auto found = everything(*fixture.store);
    const auto last = everything(*undisturbed.store);
    history.step();
    CHECK((found == last || found == everything(*undisturbed.store)));
  }
}
