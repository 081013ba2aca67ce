// The live connection over TLS.
#include <catch2/catch_test_macros.hpp>

#include "tests/support/live_client.hpp"
#include "tests/sync-server/handlers/organisation.hpp"

using namespace anketa;
using namespace anketa::server;
using namespace anketa::server::test;

namespace {

struct World {
  Organisation organisation;
  Uuid anna = organisation.add("anna", Role::Rep);
  Json session;

  World() {
    organisation.add("lead", Role::Lead);
    session = organisation.log_in("anna", Uuid::v7(organisation.environment));
  }
  std::unique_ptr<LiveClient> connect(LiveClient::Headers headers) {
    return std::make_unique<LiveClient>(organisation.server->port(), organisation.certificates.ca_file, "/v1/live",
                                        headers);
  }
  std::unique_ptr<LiveClient> listen() { return connect(bearer(session)); }

  void record(const Scope& in, const std::string& collection, const Uuid& id, const Json& body) {
    Mutation mutation;
    mutation.id = Uuid::v7(organisation.environment);
    mutation.record = id;
    mutation.collection = collection;
    mutation.scope = in;
    mutation.at = organisation.environment.now();
    mutation.ops = {{OpKind::Set, {}, body, {}, {}}};
    Author server;
    server.server = true;
    organisation.sync.submit(server, {mutation});
  }
  Uuid make_client() {
    const auto id = Uuid::v7(organisation.environment);
    record(id, "client", id, {{"name", "ООО «Ромашка»"}});
    return id;
  }
  void assign(const Uuid& client) {
    record(client, "assignment", Uuid::v7(organisation.environment),
           {{"client", client.text()}, {"user", anna.text()}, {"role", "owner"}});
  }
};

std::uint64_t seq_of(const std::optional<std::string>& text) {
  REQUIRE(text);
  return Json::parse(*text).at("seq");
}

std::string refusal(const std::function<void()>& connect) {
  try {
    connect();
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return {};
}

}  // namespace

TEST_CASE("A listener hears where history stands, and then of what changes in his scopes alone (R34)") {
  World world;
  const auto live = world.listen();
  const auto first = seq_of(live->receive());
  const auto client = world.make_client();
  CHECK_FALSE(live->receive(300));
  world.assign(client);
  const auto granted = seq_of(live->receive());
  CHECK(granted > first);
  while (live->receive(200)) {
  }
  for (int i = 0; i < 3; ++i)
    world.record(client, "contact", Uuid::v7(world.organisation.environment),
                 {{"client", client.text()}, {"name", "Мария"}});
  auto last = seq_of(live->receive());
  // Together in one piece of news or in few, the newest last.
  while (const auto more = live->receive(200)) last = seq_of(more);
  CHECK(last == granted + 3);
}

TEST_CASE("A page logs in with its first message, from our own address only") {
  World world;
  const auto origin = "https://localhost:" + std::to_string(world.organisation.server->port());
  const auto live = world.connect({{"Origin", origin}});
  CHECK_FALSE(live->receive(100));
  live->send(Json{{"token", world.session.at("access")}}.dump());
  seq_of(live->receive());
  CHECK(refusal([&] { world.connect({{"Origin", "https://elsewhere.example"}}); }) == "403");
  CHECK(refusal([&] { world.connect({{"Authorization", "Bearer nonsense"}}); }) == "401");
  const auto wrong = world.connect({});
  wrong->send(Json{{"token", "nonsense"}}.dump());
  CHECK_FALSE(wrong->receive());
  CHECK(wrong->closed() == 4401);
}

TEST_CASE("When the token runs out or the device is revoked, the connection is closed with the reason") {
  World world;
  const auto live = world.listen();
  seq_of(live->receive());
  world.organisation.environment.advance(access_life + 1);
  CHECK_FALSE(live->receive());
  CHECK(live->closed() == 4401);
  const auto device = Uuid::v7(world.organisation.environment);
  world.session = world.organisation.log_in("anna", device);
  const auto other = world.listen();
  seq_of(other->receive());
  world.organisation.store->accounts().revoke_device(device, {}, 0);
  CHECK_FALSE(other->receive());
  CHECK(other->closed() == 4403);
}

TEST_CASE("One user has so many live connections and no more; one that ends makes room") {
  World world;
  auto one = world.listen(), two = world.listen();
  seq_of(one->receive());
  seq_of(two->receive());
  auto three = world.listen();
  CHECK_FALSE(three->receive());
  CHECK(three->closed() == 4429);
  one.reset();
  std::optional<std::string> heard;
  for (int i = 0; i < 50 && !heard; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    heard = world.listen()->receive(500);
  }
  CHECK(heard);
}

TEST_CASE("A listener that answers no ping is cut; one that does stays") {
  World world;
  const auto lively = world.listen();
  seq_of(lively->receive());
  CHECK_FALSE(lively->receive(2'500));
  CHECK(lively->closed() == 0);
  const auto silent = world.listen();
  seq_of(silent->receive());
  CHECK(silent->cut_when_silent(3'000));
}

TEST_CASE("A server that stops says goodbye to its listeners") {
  World world;
  const auto live = world.listen();
  seq_of(live->receive());
  std::thread stopping([&] { world.organisation.server->stop(); });
  CHECK_FALSE(live->receive());
  CHECK(live->closed() == 1001);
  stopping.join();
}

TEST_CASE("A plain request for the live address is told what it lacks") {
  World world;
  CHECK(world.organisation.client().get("/v1/live").status == 400);
}
