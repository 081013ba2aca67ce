// Power lost at every single write and sync of a random history, with what was not synced kept, dropped or torn.
//
// The history runs once. Then, for each change that reached the disk, the store is opened on what the disk may hold.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>

#include "tests/client-core/store/random_history.hpp"
#include "tests/support/disk_history.hpp"

using namespace anketa;
using namespace anketa::client;
using namespace anketa::client::test;
using namespace anketa::test;

namespace {

/// What the store held when a step returned.
struct Reported {
  std::size_t changes = 0;
  std::size_t records = 0;
  std::string content;
};

struct Recording {
  FaultVfs vfs;
  DiskHistory disk;
  std::string key;
  std::size_t made = 0;
  std::vector<Uuid> records;
  std::vector<Reported> reported;

  Recording(std::uint64_t seed, int steps, std::string with_key = {})
      : vfs("power"), disk(vfs), key(std::move(with_key)) {
    Fixture fixture(key.empty() ? vfs.name() : vfs.encrypting(), key);
    // A small log, so that it is moved into the file again and again.
    fixture.store->database().execute("PRAGMA wal_autocheckpoint=20");
    RandomHistory history(fixture, seed);
    const auto report = [&] {
      reported.push_back({disk.size(), history.records().size(), everything(*fixture.store)});
    };
    report();
    made = disk.size();
    for (int step = 0; step < steps; ++step) {
      history.step();
      report();
    }
    records = history.records();
  }
};

/// The power comes back: the store must hold what the last step left that had returned by then, or the one after it.
void check_image(const Recording& recording, const DiskImage& image, std::size_t changes) {
  TemporaryFolder folder;
  write_image(image, folder.path().string());
  Fixture fixture(Fixture::Reopen{folder.file("client.db"), recording.key});
  CHECK(fixture.store->database().query_text("PRAGMA integrity_check") == "ok");
  std::size_t last = 0;
  while (last + 1 < recording.reported.size() && recording.reported[last + 1].changes <= changes) ++last;
  const auto next = std::min(last + 1, recording.reported.size() - 1);
  const auto found = everything(*fixture.store);
  const bool as_last = found == recording.reported[last].content;
  CHECK((as_last || found == recording.reported[next].content));
  const auto records = recording.reported[as_last ? last : next].records;
  for (std::size_t i = 0; i < records; ++i) check_record(fixture, recording.records[i]);
  // Work goes on.
  const auto id = fixture.create_contact();
  fixture.set(id, "post", "после аварии");
  CHECK(fixture.view(id).body["post"] == "после аварии");
}

void cut_power_everywhere(const Recording& recording, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  PoweredDisk disk;
  DiskImage seen;
  for (std::size_t changes = 0; changes <= recording.disk.size(); ++changes) {
    if (changes > 0) disk.happen(recording.disk[changes - 1]);
    if (changes < recording.made) continue;
    INFO("seed " << seed << ", after " << changes << " changes of " << recording.disk.size());
    check_image(recording, disk.with_unsynced(), changes);
    // Until the next sync it is the same image again.
    if (auto synced = disk.without_unsynced(); synced != seen) {
      check_image(recording, synced, changes);
      seen = std::move(synced);
    }
    check_image(recording, disk.torn(random), changes);
  }
}

}  // namespace

TEST_CASE("power lost at any write or sync of a random history: every committed edit is there, the rest whole or not") {
  const auto seed = static_cast<std::uint64_t>(GENERATE(range(1, 3)));
  cut_power_everywhere(Recording(seed, 30), seed);
}

TEST_CASE("power lost at any write or sync of an encrypted store: every committed edit is there") {
  cut_power_everywhere(Recording(9, 6, "correct horse battery"), 9);
}

TEST_CASE("power lost while a store is made: it can be made again") {
  const Recording recording(1, 0);
  std::mt19937_64 random(1);
  PoweredDisk disk;
  for (std::size_t changes = 0; changes < recording.made; ++changes) {
    disk.happen(recording.disk[changes]);
    for (const auto& image : {disk.without_unsynced(), disk.with_unsynced(), disk.torn(random)}) {
      INFO("after " << changes + 1 << " changes of " << recording.made);
      TemporaryFolder folder;
      write_image(image, folder.path().string());
      TestEnvironment environment;
      ClientStore store({folder.file("client.db"), {}, true, {}, 0}, environment);
      CHECK(store.database().query_text("PRAGMA integrity_check") == "ok");
      CHECK_FALSE(store.device().get().id.is_nil());
    }
  }
}
