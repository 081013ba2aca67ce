// Answers of a server taken in: what is confirmed, what is pulled, and what the user sees meanwhile.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>

#include "client-core/store/sql.hpp"
#include "tests/client-core/store/random_history.hpp"

using namespace anketa;
using namespace anketa::client;
using namespace anketa::client::test;
using protocol::ResultStatus;

TEST_CASE("random edits and answers: the view is always the server's state with the pending edits on top") {
  const auto seed = GENERATE(range(1, 25));
  Fixture fixture;
  RandomHistory history(fixture, static_cast<std::uint64_t>(seed));
  for (int step = 0; step < 60; ++step) {
    INFO("seed " << seed << ", step " << step);
    history.step();
    for (const auto& id : history.records()) {
      check_record(fixture, id);
      const auto* server = history.on_server(id);
      if (fixture.row(id).pending > 0 || !server || server->news) continue;
      // Confirmed, mostly without a body read: exactly what the server has.
      CHECK(content(fixture.server(id)) == content(server->state));
    }
  }
}

TEST_CASE("a pull never overwrites an edit that is not confirmed") {
  Fixture fixture;
  const auto id = fixture.create_contact();
  fixture.store->outbox().seal();
  fixture.settle({result(fixture.pending(id).front().id, ResultStatus::Applied)});
  fixture.set(id, "post", "моё");
  auto theirs = fixture.server(id);
  theirs.version = 2;
  theirs.seq = 9;
  theirs.body["post"] = "чужое";
  theirs.body["email"] = "a@b.ru";
  fixture.settle({}, {theirs});
  CHECK(fixture.view(id).body["post"] == "моё");
  CHECK(fixture.view(id).body["email"] == "a@b.ru");
  CHECK(fixture.server(id).body["post"] == "чужое");
  check_record(fixture, id);
}

TEST_CASE("a merged record that comes in a later page: meanwhile the user still sees his edit") {
  Fixture fixture;
  const auto id = fixture.create_contact();
  fixture.store->outbox().seal();
  fixture.settle({result(fixture.pending(id).front().id, ResultStatus::Applied)});
  fixture.set(id, "post", "моё");
  fixture.store->outbox().seal();
  fixture.settle({result(fixture.pending(id).front().id, ResultStatus::Merged, 3, 7)});
  CHECK(fixture.view(id).body["post"] == "моё");
  CHECK(fixture.row(id).pending == 0);
  auto merged = fixture.server(id);
  merged.version = 3;
  merged.body["email"] = "a@b.ru";
  fixture.settle({}, {merged});
  CHECK(fixture.view(id).body["email"] == "a@b.ru");
}

TEST_CASE("the same answer again changes nothing") {
  Fixture fixture;
  const auto id = fixture.create_contact();
  fixture.store->outbox().seal();
  const auto mutation = fixture.pending(id).front().id;
  CHECK(fixture.settle({result(mutation, ResultStatus::Applied)}).applied == 1);
  const auto before = content(fixture.view(id));
  CHECK(fixture.settle({result(mutation, ResultStatus::Applied)}).applied == 0);
  CHECK(content(fixture.view(id)) == before);
  CHECK(fixture.row(id).pending == 0);
}

TEST_CASE("an open mutation is not confirmed by anybody: it was never sent") {
  Fixture fixture;
  const auto id = fixture.create_contact();
  fixture.settle({result(fixture.pending(id).front().id, ResultStatus::Applied)});
  CHECK(fixture.row(id).pending == 1);
}

TEST_CASE("a refused edit stays in the view, with its problem") {
  Fixture fixture;
  const auto id = fixture.create_contact();
  fixture.store->outbox().seal();
  auto parked = result(fixture.pending(id).front().id, ResultStatus::Parked);
  parked.problem = Problem{ProblemCode::Forbidden, {}, "name"};
  CHECK(fixture.settle({parked}).parked == 1);
  CHECK(fixture.view(id).body == Fixture::contact_body());
  const auto rows = fixture.store->outbox().parked(std::nullopt);
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].problem->code == ProblemCode::Forbidden);
  CHECK(rows[0].problem->where == "name");
}

TEST_CASE("confirmed mutations are kept until a backup covers them, and no longer") {
  Fixture fixture;
  const auto one = fixture.create_contact(), two = fixture.create_contact();
  fixture.store->outbox().seal();
  const auto first = fixture.pending(one).front(), second = fixture.pending(two).front();
  fixture.settle({result(first.id, ResultStatus::Applied, 1, 5), result(second.id, ResultStatus::Applied, 1, 6)});
  CHECK(fixture.store->outbox().text(first.counter));
  protocol::SyncAnswer answer;
  answer.backup_seq = 5;
  fixture.settle({}, {}, answer);
  CHECK_FALSE(fixture.store->outbox().text(first.counter));
  CHECK(fixture.store->outbox().text(second.counter));
}

TEST_CASE(
    "a record that leaves the device's sight is erased; with an unsent edit it is hidden until that is journalled") {
  Fixture fixture;
  const auto clean = fixture.create_contact(), dirty = fixture.create_contact();
  fixture.store->outbox().seal();
  fixture.settle({result(fixture.pending(clean).front().id, ResultStatus::Applied),
                  result(fixture.pending(dirty).front().id, ResultStatus::Applied)});
  fixture.set(dirty, "post", "моё");
  protocol::SyncAnswer answer;
  answer.removed = {clean, dirty};
  CHECK(fixture.settle({}, {}, answer).removed == 2);
  CHECK_FALSE(fixture.store->records().find(clean));
  CHECK(fixture.row(dirty).hidden);
  CHECK(fixture.store->search().find("иванов", {"contact"}, 10).empty());
  fixture.store->outbox().seal();
  fixture.settle({result(fixture.pending(dirty).front().id, ResultStatus::Applied)});
  AnswerSettler(*fixture.store).purge_hidden();
  CHECK_FALSE(fixture.store->records().find(dirty));
  CHECK(fixture.store->database().query_integer("SELECT count(*) FROM content") == 0);
}

TEST_CASE("deleted records leave lists and search, here and when the server says so") {
  Fixture fixture;
  const auto mine = fixture.create_contact(), theirs = fixture.create_contact();
  LocalEdits(*fixture.store).commit({mine, "", {}, {{OpKind::Remove, "", nullptr, {}, {}}}});
  CHECK(fixture.store->search().find("иванов", {"contact"}, 10).size() == 1);
  CHECK(fixture.view(mine).deleted);
  fixture.store->outbox().seal();
  fixture.settle({result(fixture.pending(theirs).front().id, ResultStatus::Applied)});
  auto gone = fixture.server(theirs);
  gone.deleted = true;
  gone.version = 2;
  fixture.settle({}, {gone});
  CHECK(fixture.store->search().find("иванов", {"contact"}, 10).empty());
  CHECK(fixture.view(theirs).deleted);
}
