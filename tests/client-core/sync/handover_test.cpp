// Clients that change hands while their reps are offline (R34), and what a member with some classes does (R36).
#include <catch2/catch_test_macros.hpp>

#include "tests/client-core/sync/office.hpp"

using namespace anketa;
using namespace anketa::client;
using namespace anketa::client::test;

namespace {

void hand_over(Office& office, Office::Device& lead, const Uuid& client, const Office::Device& to) {
  lead.client->assign_owner(client, to.author.user);
  office.sync(lead);
}

std::uint64_t honoured(Office& office, const Office::Device& device) {
  std::uint64_t seq = 0;
  office.store().read(
      [&](server::Reader& reader) { seq = reader.device_state(device.author.device).value().honoured; });
  return seq;
}

}  // namespace

TEST_CASE("what a rep did offline reaches the taker although the client was handed over meanwhile (R34)") {
  Office office;
  auto lead = office.device(Role::Lead), giver = office.device(Role::Rep), taker = office.device(Role::Rep);
  const auto client = office.client_of(lead, giver);
  const auto person = lead.client->create("contact", client, contact(client));
  office.sync(lead);
  office.sync(giver);
  giver.client->edit(person, {{"post", "Директор"}, {"phone", "2"}});
  const auto added = giver.client->create("contact", client, contact(client, "Новый"));
  hand_over(office, lead, client, taker);
  office.sync(taker);
  taker.client->edit(person, {{"phone", "3"}});
  office.sync(taker);

  const auto summary = office.sync(giver);
  CHECK(summary.pushed == 2);
  CHECK(summary.parked == 0);
  CHECK_FALSE(giver.client->get(person));
  CHECK_FALSE(giver.client->get(added));
  CHECK(giver.client->status().unsynced == 0);
  office.sync(taker);
  CHECK(taker.client->get(added));
  CHECK(taker.client->need(person).view.body["post"] == "Директор");
  CHECK(taker.client->need(person).view.body["phone"] == "3");
  REQUIRE(taker.client->conflicts().size() == 1);
  CHECK(taker.client->conflicts()[0].path == "phone");
  // The revoke is acknowledged with the next sync.
  office.sync(giver);
  CHECK(honoured(office, giver) > 0);
}

TEST_CASE("an edit made while the sync that revokes is under way is pushed by the next one, before the revoke counts") {
  Office office;
  auto lead = office.device(Role::Lead), giver = office.device(Role::Rep), taker = office.device(Role::Rep);
  const auto client = office.client_of(lead, giver);
  office.sync(giver);
  hand_over(office, lead, client, taker);
  auto engine = giver.client->sync();
  auto out = engine->step(Start{});
  giver.client->edit(client, {{"city", "Тверь"}});
  out = engine->step(office.serve(giver, std::get<SendRequest>(out.front())));
  REQUIRE(std::holds_alternative<Done>(out.back()));
  CHECK_FALSE(giver.client->get(client));
  CHECK(giver.client->status().unsynced == 1);
  const auto summary = office.sync(giver);
  CHECK(summary.pushed == 1);
  CHECK(summary.parked == 0);
  office.sync(lead);
  CHECK(lead.client->need(client).view.body["city"] == "Тверь");
  office.sync(giver);
  CHECK(giver.client->parts().store.records().find(client) == std::nullopt);
}

TEST_CASE("a member who sees some classes is refused at once where he may not write, and holds nothing else (R36)") {
  Office office;
  auto lead = office.device(Role::Lead), owner = office.device(Role::Rep), technician = office.device(Role::Rep);
  const auto client = office.client_of(lead, owner);
  lead.client->edit(client, {{"income_year", 5}, {"contract", {{"number", "17"}}}});
  lead.client->create("assignment", client,
                      {{"client", client.text()},
                       {"user", technician.author.user.text()},
                       {"role", "member"},
                       {"classes", {"service"}}});
  office.sync(lead);
  office.sync(technician);
  const auto body = technician.client->need(client).view.body;
  CHECK_FALSE(body.contains("income_year"));
  CHECK(body["contract"]["number"] == "17");
  CHECK_THROWS_AS(technician.client->edit(client, {{"income_year", 6}}), ProblemError);
  technician.client->edit(client, {{"contract", {{"sites", 2}}}});
  office.sync(technician);
  office.sync(lead);
  CHECK(lead.client->need(client).view.body["contract"] == Json{{"number", "17"}, {"sites", 2}});
  CHECK(lead.client->need(client).view.body["income_year"] == 5);
}
