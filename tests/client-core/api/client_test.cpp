#include <catch2/catch_test_macros.hpp>

#include "tests/client-core/api/fixture.hpp"
#include "tests/support/refused.hpp"

using namespace anketa;
using namespace anketa::client;
using namespace anketa::client::test;
using anketa::test::refused;

TEST_CASE("a record is created, edited by what is wanted, and removed") {
  ClientFixture fixture;
  auto& client = *fixture.client;
  const auto id = fixture.make_client();
  CHECK(client.need(id).view.scope == id);
  CHECK(client.edit(id, {{"city", "Тверь"}, {"contract", {{"sites", 3}}}}) == 2);
  CHECK(client.edit(id, {{"city", "Тверь"}}) == 0);
  const auto record = client.need(id);
  CHECK(record.view.body["contract"] == Json{{"sites", 3}, {"speed_mbps", 100}});
  CHECK(record.unsynced == 1);
  client.remove(id);
  CHECK_FALSE(client.get(id));
  CHECK(client.list("client").empty());
  CHECK(refused([&] { client.edit(id, {{"city", "x"}}); }) == ProblemCode::RecordNotFound);
}

TEST_CASE("what was committed is there after the program has gone") {
  ClientFixture fixture;
  const auto id = fixture.make_client();
  fixture.open();
  CHECK(fixture.client->need(id).view.body["name"] == "ООО «Ромашка»");
  CHECK(fixture.client->account()->name == "Анна Ковалёва");
  CHECK(fixture.client->status().unsynced == 1);
}

TEST_CASE("a batch is committed whole or not at all") {
  ClientFixture fixture;
  {
    Client::Batch batch(*fixture.client);
    fixture.make_client("Один");
    fixture.make_client("Два");
  }
  CHECK(fixture.client->list("client").empty());
  {
    Client::Batch batch(*fixture.client);
    fixture.make_client("Один");
    CHECK_THROWS_AS(fixture.client->create("client", {}, {{"city", "без имени"}}), ProblemError);
    fixture.make_client("Два");
    batch.commit();
  }
  CHECK(fixture.client->list("client").size() == 2);
}

TEST_CASE("clients are found by word forms, ё or е, contacts and telephone numbers") {
  ClientFixture fixture;
  auto& client = *fixture.client;
  const auto flower = fixture.make_client("ООО «Ромашка»");
  const auto tree = fixture.make_client("Ёлки и палки");
  client.create("contact", tree,
                {{"client", tree.text()}, {"name", "Пётр Договоров"}, {"phone", "+7 (812) 555-01-01"}});
  const auto found = [&](std::string_view query) {
    std::vector<Uuid> ids;
    for (const auto& record : client.search_clients(query)) ids.push_back(record.view.id);
    return ids;
  };
  CHECK(found("Ромашки") == std::vector{flower});
  CHECK(found("ромаш") == std::vector{flower});
  CHECK(found("елки") == std::vector{tree});
  CHECK(found("петра") == std::vector{tree});
  CHECK(found("8 812 5550101") == std::vector{tree});
  CHECK(found("").size() == 2);
  CHECK(found("василёк").empty());
  client.edit(flower, {{"name", "ООО «Василёк»"}});
  CHECK(found("василек") == std::vector{flower});
  CHECK(found("ромашка").empty());
}

TEST_CASE("a client card holds all that hangs on the client, and nothing of another") {
  ClientFixture fixture;
  auto& client = *fixture.client;
  const auto one = fixture.make_client("Один"), other = fixture.make_client("Другой");
  client.create("contact", one, {{"client", one.text()}, {"name", "Иван"}});
  client.create("contact", one, {{"client", one.text()}, {"name", "Пётр"}});
  client.create("contact", other, {{"client", other.text()}, {"name", "Чужой"}});
  const auto card = client.client_card(one);
  CHECK(card.client.view.id == one);
  REQUIRE(card.records.size() == 1);
  CHECK(card.records.at("contact").size() == 2);
  CHECK(refused([&] { client.client_card(Uuid::v7(fixture.environment)); }) == ProblemCode::RecordNotFound);
}

TEST_CASE("another user cannot log in to a store that holds somebody's records") {
  ClientFixture fixture;
  const auto other = Uuid::v7(fixture.environment);
  CHECK_NOTHROW(fixture.log_in(Role::Lead, other));
  fixture.make_client();
  CHECK(refused([&] { fixture.log_in(Role::Rep, rep); }) == ProblemCode::OtherUser);
  CHECK(fixture.client->account()->user == other);
  CHECK_NOTHROW(fixture.log_in(Role::Lead, other));
}

TEST_CASE("logged out, a client still shows its records and cannot sync") {
  ClientFixture fixture;
  const auto id = fixture.make_client();
  fixture.client->log_out();
  CHECK(fixture.client->get(id));
  CHECK(refused([&] { fixture.client->sync(); }) == ProblemCode::NotLoggedIn);
}

TEST_CASE("the listener is told of every commit, after it") {
  ClientFixture fixture;
  std::vector<Uuid> told;
  fixture.client->on_change([&](const Change& change) {
    CHECK(change.source == Change::Source::Local);
    for (const auto& id : change.records) {
      CHECK(fixture.client->get(id));
      told.push_back(id);
    }
  });
  const auto id = fixture.make_client();
  CHECK(told == std::vector{id});
  Client::Batch batch(*fixture.client);
  fixture.make_client();
  CHECK(told.size() == 1);
  batch.commit();
  CHECK(told.size() == 2);
}
