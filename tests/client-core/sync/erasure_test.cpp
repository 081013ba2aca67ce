// Erasure at the device: out of its file, its outbox and its search (R33, R60).
#include <filesystem>
#include <fstream>

#include "client-core/api/parts.hpp"
#include "client-core/store/erasure.hpp"
#include "client-core/store/sql.hpp"
#include "sync-server/services/erase_service.hpp"
#include "tests/client-core/sync/office.hpp"

using namespace anketa;
using namespace anketa::client;
using namespace anketa::client::test;

namespace {

bool file_holds(const std::string& path, const std::string& text) {
  for (const auto* suffix : {"", "-wal"}) {
    std::ifstream in(path + suffix, std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(in), {}};
    if (content.find(text) != std::string::npos) return true;
  }
  return false;
}

struct Scene {
  Office office;
  Office::Device lead = office.device(Role::Lead);
  Office::Device rep = office.device(Role::Rep);
  Uuid client = office.client_of(lead, rep);
  Uuid person;

  Scene() {
    office.sync(rep);
    person =
        rep.client->create("contact", client, {{"client", client.text()}, {"name", "Пётр"}, {"phone", "SECRET 1"}});
    office.sync(rep);
    rep.client->edit(person, {{"phone", "SECRET 2"}, {"met", true}});
    office.sync(rep);
    office.sync(lead);
    REQUIRE(file_holds(rep.options.path, "SECRET"));
    REQUIRE(file_holds(lead.options.path, "SECRET"));
  }
  void erase(std::vector<std::string> paths) {
    server::EraseService service(office.store(), office.file("."), office.environment());
    service.erase(service.plan({person, std::move(paths), false, "lead", "по просьбе"}));
  }
};

}  // namespace

TEST_CASE("after its next sync no byte of an erased field is in a device's file, retained copies included") {
  Scene scene;
  scene.erase({"phone"});
  for (auto* device : {&scene.lead, &scene.rep}) {
    scene.office.sync(*device);
    CHECK_FALSE(file_holds(device->options.path, "SECRET"));
    CHECK_FALSE(device->client->need(scene.person).view.body.contains("phone"));
    CHECK(device->client->need(scene.person).view.body.at("met") == true);
    CHECK(device->client->search("secret", "contact").empty());
    CHECK(device->client->search("пётр", "contact").size() == 1);
    // In agreement with the server: nothing to repair.
    CHECK(scene.office.sync(*device).repaired == 0);
  }
}

TEST_CASE("an erased record goes from devices altogether") {
  Scene scene;
  scene.erase({});
  for (auto* device : {&scene.lead, &scene.rep}) {
    scene.office.sync(*device);
    CHECK_FALSE(file_holds(device->options.path, "SECRET"));
    CHECK_FALSE(device->client->get(scene.person));
    CHECK(device->client->status().unsynced == 0);
  }
}

TEST_CASE("an erased record is gone for its reader as soon as the erasure is there, whenever its deletion comes") {
  Scene scene;
  scene.erase({});
  auto& store = scene.lead.client->parts().store;
  scene.office.store().read([&](server::Reader& reader) {
    for (const auto& head : reader.heads_of("erasure", company_scope)) {
      protocol::RecordView erasure;
      erasure.body = head.body;
      Atomic atomic(store.database());
      take_erasure(store, erasure);
      atomic.commit();
    }
  });
  CHECK_FALSE(scene.lead.client->get(scene.person));
  CHECK(scene.lead.client->list("contact").empty());
  scene.office.sync(scene.lead);
  CHECK_FALSE(scene.lead.client->get(scene.person));
  CHECK(scene.office.sync(scene.lead).repaired == 0);
}

TEST_CASE("an erased record that its author was never answered for, and that the backup does not hold, is gone too") {
  Scene scene;
  scene.office.back_up();
  scene.person =
      scene.rep.client->create("contact", scene.client, {{"client", scene.client.text()}, {"name", "SECRET 4"}});
  scene.rep.fates.assign(30, Fate::NeverArrives);
  scene.rep.fates.front() = Fate::AnswerLost;
  CHECK_THROWS_AS(scene.office.sync(scene.rep), ProblemError);
  scene.rep.fates.clear();
  scene.erase({});
  scene.office.restore();
  scene.office.sync(scene.rep);
  scene.office.sync(scene.rep);
  CHECK_FALSE(scene.rep.client->get(scene.person));
  CHECK(scene.rep.client->status().unsynced == 0);
  CHECK_FALSE(file_holds(scene.rep.options.path, "SECRET 4"));
  CHECK_FALSE(scene.rep.client->parts().store.records().find(scene.person));
}

TEST_CASE("an edit made without knowing of the erasure is stripped of what was erased, and the rest of it counts") {
  Scene scene;
  scene.rep.client->edit(scene.person, {{"phone", "SECRET 3"}, {"post", "Директор"}});
  scene.erase({"phone"});
  scene.office.sync(scene.rep);
  scene.office.sync(scene.rep);
  CHECK_FALSE(file_holds(scene.rep.options.path, "SECRET"));
  scene.office.sync(scene.lead);
  for (auto* device : {&scene.lead, &scene.rep}) {
    CHECK(device->client->need(scene.person).view.body.at("post") == "Директор");
    CHECK_FALSE(device->client->need(scene.person).view.body.contains("phone"));
  }
  // A value given afterwards is a new one.
  scene.rep.client->edit(scene.person, {{"phone", "7"}});
  scene.office.sync(scene.rep);
  scene.office.sync(scene.lead);
  CHECK(scene.lead.client->need(scene.person).view.body.at("phone") == "7");
}

TEST_CASE("what was erased goes from a record on which an edit of one's own stands that is acknowledged later") {
  Scene scene;
  scene.lead.client->edit(scene.person, {{"phone", "SECRET 3"}});
  scene.office.sync(scene.lead);
  scene.rep.client->edit(scene.person, {{"post", "Директор"}});
  scene.erase({"phone"});
  scene.office.sync(scene.rep);
  CHECK_FALSE(file_holds(scene.rep.options.path, "SECRET"));
  CHECK(scene.rep.client->need(scene.person).view.body.at("post") == "Директор");
}

TEST_CASE("a value given where an erased conflict was is an ordinary edit") {
  Scene scene;
  scene.lead.client->edit(scene.person, {{"phone", "SECRET 3"}});
  scene.rep.client->edit(scene.person, {{"phone", "SECRET 4"}});
  scene.office.sync(scene.rep);
  scene.office.sync(scene.lead);
  scene.office.sync(scene.rep);
  REQUIRE(scene.rep.client->conflicts().size() == 1);
  scene.erase({"phone"});
  for (auto* device : {&scene.rep, &scene.lead}) scene.office.sync(*device);
  for (auto* device : {&scene.rep, &scene.lead}) {
    CHECK(device->client->conflicts().empty());
    CHECK_FALSE(file_holds(device->options.path, "SECRET"));
  }
  scene.rep.client->edit(scene.person, {{"phone", "7"}});
  for (auto* device : {&scene.rep, &scene.lead}) scene.office.sync(*device);
  CHECK(scene.lead.client->need(scene.person).view.body.at("phone") == "7");
}
