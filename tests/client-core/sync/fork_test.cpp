// Copies of one device: both go on, and neither loses an edit.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "tests/client-core/sync/office.hpp"

using namespace anketa;
using namespace anketa::client;
using namespace anketa::client::test;

namespace {

/// Everything in the journal is of one of these, and nothing of theirs is open.
void check_quiet(Office& office, std::initializer_list<Office::Device*> devices) {
  for (int round = 0; round < 2; ++round)
    for (auto* device : devices) office.sync(*device);
  for (auto* device : devices) {
    CHECK(device->client->status().unsynced == 0);
    CHECK(shown(*device->client, "contact") == shown(*(*devices.begin())->client, "contact"));
  }
  CHECK(office.store().verify().empty());
}

std::uint64_t forks(Office& office, const Uuid& device) {
  std::uint64_t count = 0;
  office.store().read(
      [&](server::Reader& reader) { count = reader.device_state(device).value_or(server::DeviceState{}).forks; });
  return count;
}

}  // namespace

TEST_CASE("a cloned device: the copy that comes second becomes a device of its own and keeps its outbox") {
  Office office;
  auto one = office.device(Role::Lead);
  const auto client = one.client->create("client", {}, {{"name", "Ромашка"}});
  const auto shared = one.client->create("contact", client, contact(client, "Общий"));
  office.sync(one);
  auto two = office.copy_of(one);
  const auto id = one.client->status().device;
  const auto first = one.client->create("contact", client, contact(client, "Первый"));
  const auto second = two.client->create("contact", client, contact(client, "Второй"));
  two.client->edit(shared, {{"post", "Директор"}});
  office.sync(one);
  one.client->edit(first, {{"phone", "2"}});
  office.sync(one);
  const auto fate = GENERATE(Fate::Delivered, Fate::AnswerLost, Fate::NeverArrives);
  two.fates = {Fate::Delivered, fate};
  office.sync(two);
  CHECK(one.client->status().device == id);
  CHECK_FALSE(two.client->status().device == id);
  CHECK(two.client->status().unsynced == 0);
  CHECK(forks(office, id) >= 1);
  // Both go on as if nothing had been.
  one.client->edit(shared, {{"phone", "3"}});
  two.client->edit(second, {{"phone", "4"}});
  check_quiet(office, {&one, &two});
  CHECK(one.client->need(second).view.body["phone"] == "4");
  CHECK(one.client->need(shared).view.body["post"] == "Директор");
  CHECK(two.client->need(first).view.body["phone"] == "2");
  CHECK(forks(office, two.client->status().device) == 0);
}

TEST_CASE("an edit begun before the copying and finished differently on both copies: both versions are kept") {
  Office office;
  auto one = office.device(Role::Lead);
  const auto client = one.client->create("client", {}, {{"name", "Ромашка"}});
  const auto person = one.client->create("contact", client, contact(client, "Общий"));
  office.sync(one);
  one.client->edit(person, {{"post", "?"}});
  auto two = office.copy_of(one);
  one.client->edit(person, {{"post", "Директор"}, {"phone", "1"}});
  two.client->edit(person, {{"post", "Инженер"}, {"email", "a@example.com"}});
  office.sync(one);
  two.client->edit(person, {{"verified_on", "2025-06-10"}});
  office.sync(two);
  two.client->edit(person, {{"post", "Главный инженер"}});
  office.sync(two);
  office.sync(one);
  const auto body = one.client->need(person).view.body;
  CHECK(body["post"] == "Директор");
  CHECK(body["phone"] == "1");
  CHECK(body["email"] == "a@example.com");
  CHECK(body["verified_on"] == "2025-06-10");
  const auto conflicts = one.client->conflicts();
  REQUIRE(conflicts.size() == 1);
  bool kept = false;
  for (const auto& side : conflicts[0].sides) kept = kept || side.value == "Главный инженер";
  CHECK(kept);
  check_quiet(office, {&one, &two});
}

TEST_CASE("a device set back to an old copy of itself catches up as a new device, and what it then did is kept") {
  Office office;
  auto lead = office.device(Role::Lead);
  const auto client = lead.client->create("client", {}, {{"name", "Ромашка"}});
  office.sync(lead);
  office.save(lead, office.file("old.db"));
  std::vector<Uuid> lost;
  for (int i = 0; i < 4; ++i) {
    lost.push_back(lead.client->create("contact", client, contact(client, std::to_string(i))));
    office.sync(lead);
  }
  office.roll_back(lead, office.file("old.db"));
  const auto id = lead.client->status().device;
  const auto fresh = lead.client->create("contact", client, contact(client, "После"));
  office.sync(lead);
  CHECK_FALSE(lead.client->status().device == id);
  for (const auto& contact : lost) CHECK(lead.client->get(contact));
  auto other = office.device(Role::Lead);
  check_quiet(office, {&lead, &other});
  CHECK(other.client->get(fresh));
}

TEST_CASE("where the copy's refresh token is no longer good, the person logs in and it is the new device") {
  Office office;
  auto lead = office.device(Role::Lead);
  auto& store = lead.client->parts().store;
  const auto before = store.device().get();
  const auto chosen = store.device().fork(Uuid::v7(office.environment()));
  CHECK(store.device().fork(Uuid::v7(office.environment())) == chosen);
  auto engine = lead.client->log_in({"https://localhost", "user", "secret", "device"});
  const auto out = engine->step(Start{});
  CHECK(Json::parse(std::get<SendRequest>(out[0]).body)["device"]["id"] == chosen.text());
  const protocol::SessionAnswer answer{"access", "refresh", 60, lead.author.user, "user", "Имя", Role::Lead};
  engine->step(ResponseReceived{200, {}, protocol::to_json(answer).dump()});
  const auto after = store.device().get();
  CHECK(after.id == chosen);
  CHECK(after.generation == before.generation + 1);
  CHECK_FALSE(after.fork_id);
}
