#include <catch2/catch_test_macros.hpp>

#include "tests/client-core/store/fixture.hpp"
#include "tests/support/refused.hpp"

using namespace anketa;
using namespace anketa::client;
using namespace anketa::client::test;
using anketa::test::refused;
using protocol::ResultStatus;

TEST_CASE("a new record is one mutation that creates it, with every further edit folded in") {
  Fixture fixture;
  const auto id = fixture.create_contact();
  fixture.set(id, "post", "Директор");
  fixture.set(id, "post", "Главный инженер");
  LocalEdits(*fixture.store)
      .commit({id, "", {}, {{OpKind::Add, "tags", "vip", {}, {}}, {OpKind::Add, "tags", "a", {}, {}}}});
  fixture.set(id, "phone", nullptr);
  const auto pending = fixture.pending(id);
  REQUIRE(pending.size() == 1);
  REQUIRE(pending[0].ops.size() == 1);
  const Json expected{
      {"client", account_scope.text()}, {"name", "Пётр Иванов"}, {"post", "Главный инженер"}, {"tags", {"a", "vip"}}};
  CHECK(pending[0].ops[0].value == expected);
  CHECK(pending[0].ops[0].over.empty());
  CHECK(fixture.view(id).body == expected);
}

TEST_CASE("edits of a synced record join its open mutation and keep what the author saw first") {
  Fixture fixture;
  const auto id = fixture.create_contact();
  const auto creation = fixture.pending(id).front().id;
  fixture.store->outbox().seal();
  fixture.settle({result(creation, ResultStatus::Applied)});
  fixture.set(id, "post", "Директор");
  fixture.set(id, "phone", "1");
  fixture.set(id, "phone", "2");
  fixture.set(id, "post", "Инженер");
  const auto pending = fixture.pending(id);
  REQUIRE(pending.size() == 1);
  REQUIRE(pending[0].ops.size() == 2);
  CHECK(pending[0].ops[0].path == "post");
  CHECK(pending[0].ops[0].value == "Инженер");
  CHECK(pending[0].ops[0].over.empty());
  CHECK(pending[0].ops[1].value == "2");
  CHECK(pending[0].ops[1].over == std::vector{creation});
  CHECK_FALSE(pending[0].prev);
}

TEST_CASE("once offered a mutation never changes: the next edit begins a new one chained to it") {
  Fixture fixture;
  const auto id = fixture.create_contact();
  fixture.store->outbox().seal();
  const auto sealed = fixture.store->outbox().pending_of(fixture.row(id).key).front();
  fixture.set(id, "post", "Директор");
  fixture.set(id, "phone", "1");
  const auto rows = fixture.store->outbox().pending_of(fixture.row(id).key);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].text == sealed.text);
  const auto pending = fixture.pending(id);
  CHECK(pending[1].prev == sealed.id);
  CHECK(pending[1].counter > pending[0].counter);
  CHECK(pending[1].ops[1].over == std::vector{sealed.id});
}

TEST_CASE("an edit the schema refuses changes nothing") {
  Fixture fixture;
  const auto id = fixture.create_contact();
  const auto before = fixture.store->outbox().pending_of(fixture.row(id).key).front().text;
  auto& store = *fixture.store;
  CHECK(refused([&] { fixture.set(id, "met", "yes"); }) == ProblemCode::WrongType);
  CHECK(refused([&] { fixture.set(id, "state", "gone"); }) == ProblemCode::InvalidValue);
  CHECK(refused([&] { fixture.set(id, "name", nullptr); }) == ProblemCode::RequiredMissing);
  CHECK(refused([&] { fixture.set(id, "client", rep.text()); }) == ProblemCode::ReadOnlyField);
  CHECK(refused([&] {
          LocalEdits(store).commit({rep, "spaceship", {}, LocalEdits::creation({{"a", 1}})});
        }) == ProblemCode::UnknownCollection);
  CHECK(refused([&] {
          LocalEdits(store).commit({rep, "form", {}, LocalEdits::creation({{"a", 1}})});
        }) == ProblemCode::Forbidden);
  CHECK(refused([&] { fixture.set(id, "remarks", std::string(200'000, 'x')); }) == ProblemCode::TooLarge);
  CHECK(fixture.store->outbox().pending_of(fixture.row(id).key).front().text == before);
  CHECK_FALSE(fixture.store->records().find(rep));
}

TEST_CASE("without a log-in nothing can be edited") {
  anketa::test::TemporaryFolder folder;
  anketa::test::TestEnvironment environment;
  StoreOptions options;
  options.path = folder.file("client.db");
  options.create = true;
  ClientStore store(options, environment);
  CHECK(refused([&] {
          LocalEdits(store).commit({rep, "contact", account_scope, LocalEdits::creation(Fixture::contact_body())});
        }) == ProblemCode::NotLoggedIn);
}

TEST_CASE("once grants are known, a client that was not granted is refused at once (R36)") {
  Fixture fixture;
  protocol::SyncAnswer answer;
  answer.grants = {{company_scope, {}, "reader", 0}};
  fixture.settle({}, {}, answer);
  CHECK(refused([&] { fixture.create_contact(); }) == ProblemCode::Forbidden);
  answer.grants->push_back({account_scope, {"personal"}, "owner", 1});
  fixture.settle({}, {}, answer);
  CHECK_NOTHROW(fixture.create_contact());
}

TEST_CASE("a status moves by legal transitions only, and each stays an op of its own") {
  Fixture fixture;
  const auto id = Uuid::v7(fixture.environment);
  LocalEdits edits(*fixture.store);
  edits.commit(
      {id, "visit", account_scope,
       LocalEdits::creation({{"client", account_scope.text()}, {"rep", rep.text()}, {"at", 1}, {"status", "booked"}})});
  const auto move = [&](const char* from, const char* to) {
    edits.commit({id, "", {}, {{OpKind::Transition, "status", {{"from", from}, {"to", to}}, {}, {}}}});
  };
  move("booked", "held");
  CHECK(fixture.view(id).body["status"] == "held");
  CHECK(refused([&] { move("held", "booked"); }) == ProblemCode::IllegalTransition);
  const auto pending = fixture.pending(id);
  REQUIRE(pending.size() == 1);
  CHECK(pending[0].ops.size() == 2);
}

TEST_CASE("a group is committed whole or not at all, and nothing joins it later") {
  Fixture fixture;
  const auto first = fixture.create_contact();
  const auto second = Uuid::v7(fixture.environment);
  LocalEdits edits(*fixture.store);
  CHECK(refused([&] {
          edits.commit_group({{first, "", {}, {{OpKind::Set, "post", "x", {}, {}}}},
                              {second, "contact", account_scope, LocalEdits::creation({{"name", "no client"}})}});
        }) == ProblemCode::RequiredMissing);
  CHECK(fixture.view(first).body.contains("post") == false);
  CHECK_FALSE(fixture.store->records().find(second));

  edits.commit_group({{first, "", {}, {{OpKind::Set, "post", "x", {}, {}}}},
                      {second, "contact", account_scope, LocalEdits::creation(Fixture::contact_body())}});
  fixture.set(second, "post", "y");
  const auto of_first = fixture.pending(first), of_second = fixture.pending(second);
  REQUIRE(of_first.size() == 2);
  CHECK_FALSE(of_first[0].group);
  REQUIRE(of_first[1].group);
  CHECK(of_first[1].group->size == 2);
  REQUIRE(of_second.size() == 2);
  CHECK(of_second[0].group->id == of_first[1].group->id);
  CHECK(of_second[1].prev == of_second[0].id);
}

TEST_CASE("a batch never ends inside a group") {
  Fixture fixture;
  std::vector<RecordEdit> edits;
  for (int i = 0; i < 3; ++i)
    edits.push_back(
        {Uuid::v7(fixture.environment), "contact", account_scope, LocalEdits::creation(Fixture::contact_body())});
  fixture.create_contact();
  LocalEdits(*fixture.store).commit_group(edits);
  fixture.store->outbox().seal();
  auto& outbox = fixture.store->outbox();
  const auto one = outbox.next_batch(0, 3, 1 << 20);
  CHECK(one.mutations.size() == 1);
  CHECK(outbox.next_batch(one.upto, 3, 1 << 20).mutations.size() == 3);
  CHECK(outbox.next_batch(one.upto, 2, 1 << 20).mutations.size() == 3);
  CHECK(outbox.next_batch(one.upto, 1000, 10).mutations.size() == 3);
  CHECK(outbox.next_batch(0, 1000, 1 << 20).mutations.size() == 4);
  CHECK(outbox.next_batch(4, 1000, 1 << 20).mutations.empty());
}

TEST_CASE("a very long open mutation is closed and a new one begun") {
  Fixture fixture;
  const auto id = fixture.create_contact();
  fixture.store->outbox().seal();
  fixture.settle({result(fixture.pending(id).front().id, ResultStatus::Applied)});
  const auto part = Uuid::v7(fixture.environment);
  LocalEdits(*fixture.store)
      .commit({part, "dossier_part", account_scope,
               LocalEdits::creation({{"client", account_scope.text()}, {"part", "general"}})});
  for (const auto* field : {"description", "history", "mission", "positioning", "goals", "market"})
    fixture.set(part, field, std::string(95'000, 'x'));
  const auto pending = fixture.pending(part);
  CHECK(pending.size() == 2);
  CHECK(fixture.view(part).body["goals"].get<std::string>().size() == 95'000);
  CHECK(fixture.view(part).body["history"].get<std::string>().size() == 95'000);
}
