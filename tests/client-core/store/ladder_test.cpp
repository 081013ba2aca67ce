// Points of history, and the sum of what the server has.
#include <catch2/catch_test_macros.hpp>
#include <random>

#include "shared/protocol/limits.hpp"
#include "tests/client-core/store/fixture.hpp"

using namespace anketa;
using namespace anketa::client;
using namespace anketa::client::test;

namespace {

/// The total as it follows from all rows and bodies.
protocol::ContentSum recomputed(Fixture& fixture, const std::vector<Uuid>& ids) {
  protocol::ContentSum total;
  for (const auto& id : ids) {
    const auto row = fixture.store->records().find(id);
    if (!row || !row->server || row->hidden || row->stale) continue;
    const auto state = fixture.store->records().load_server(*row);
    if (state.deleted) continue;
    total += {1, protocol::record_sum(id, row->version, protocol::hash64(canonical(state.body)))};
  }
  return total;
}

protocol::ContentSum by_scope(Fixture& fixture) {
  protocol::ContentSum total;
  for (const auto& scope : fixture.store->records().totals()) total += scope.total;
  return total;
}

}  // namespace

TEST_CASE("a ladder keeps few points, dense where they are new, and reaches back to the first") {
  Fixture fixture;
  auto& ladder = fixture.store->ladder();
  for (std::uint64_t seq = 1; seq <= 3000; ++seq) ladder.add({"e", seq * 7, seq});
  const auto points = ladder.all();
  CHECK(points.size() <= protocol::max_ladder);
  CHECK(points.size() >= 8);
  CHECK(points.front() == protocol::HistoryPoint{"e", 21'000, 3000});
  // The way back to the next older point is never more than four times that to the next newer one.
  for (std::size_t i = 2; i < points.size(); ++i) CHECK(21'000 - points[i].seq <= 4 * (21'000 - points[i - 1].seq));
  CHECK(points.back().seq < 21'000 / 2);
  ladder.cut(20'000);
  for (const auto& point : ladder.all()) CHECK(point.seq <= 20'000);
  ladder.add({"f", 20'500, 1});
  CHECK(ladder.all().front().epoch == "f");
}

TEST_CASE("the total follows every change of what the server has, and nothing the user does alone changes it") {
  Fixture fixture;
  std::mt19937 chance(7);
  std::vector<Uuid> ids;
  std::uint64_t seq = 0;
  for (int step = 0; step < 300; ++step) {
    const auto pick = [&] { return ids[chance() % ids.size()]; };
    const auto before = fixture.store->records().total();
    switch (ids.empty() ? 0 : chance() % 6) {
      case 0: {
        ids.push_back(fixture.create_contact());
        CHECK(fixture.store->records().total() == before);
        break;
      }
      case 1: {
        const auto id = pick();
        if (const auto row = fixture.store->records().find(id); row && !row->hidden)
          fixture.set(id, "phone", std::to_string(step));
        CHECK(fixture.store->records().total() == before);
        break;
      }
      case 2: {
        const auto id = pick();
        if (!fixture.store->records().find(id)) break;
        fixture.store->outbox().seal();
        std::vector<protocol::MutationResult> results;
        for (const auto& mutation : fixture.pending(id)) {
          ++seq;
          results.push_back(result(mutation.id, protocol::ResultStatus::Applied, seq, seq));
        }
        fixture.settle(results);
        break;
      }
      case 3: {
        RecordState incoming;
        incoming.id = pick();
        incoming.collection = "contact";
        incoming.scope = account_scope;
        incoming.version = incoming.seq = ++seq;
        incoming.by = Uuid::v7(fixture.environment);
        incoming.body = Fixture::contact_body(std::to_string(step));
        incoming.deleted = chance() % 4 == 0;
        fixture.settle({}, {incoming});
        break;
      }
      case 4: {
        protocol::SyncAnswer rest;
        rest.removed = {pick()};
        fixture.settle({}, {}, rest);
        break;
      }
      default: {
        if (chance() % 8 != 0) break;
        protocol::SyncAnswer rest;
        rest.rewind = seq > 5 ? seq - 5 : 0;
        fixture.settle({}, {}, rest);
      }
    }
    CAPTURE(step);
    REQUIRE(fixture.store->records().total() == recomputed(fixture, ids));
    REQUIRE(fixture.store->records().total() == by_scope(fixture));
  }
  CHECK(seq > 50);
}
