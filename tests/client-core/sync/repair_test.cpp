// Devices that differ from the server without knowing it: checksums find it out, and only the records are repaired.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "tests/client-core/sync/office.hpp"

using namespace anketa;
using namespace anketa::client;
using namespace anketa::client::test;

namespace {

constexpr Instant day = Instant{24} * 60 * 60 * 1000;

struct World {
  Office office;
  Office::Device lead = office.device(Role::Lead), rep = office.device(Role::Rep);
  Uuid client = office.client_of(lead, rep);
  std::vector<Uuid> contacts;

  World() {
    for (int i = 0; i < 20; ++i)
      contacts.push_back(lead.client->create("contact", client, contact(client, std::to_string(i))));
    office.sync(lead);
    office.sync(rep);
  }
  ClientStore& store() { return rep.client->parts().store; }
  RecordRow row(std::size_t i) { return store().records().find(contacts[i]).value(); }
  void check_same() {
    CHECK(shown(*rep.client, "contact") == shown(*lead.client, "contact"));
    CHECK(office.same_as_server(rep));
  }
};

}  // namespace

TEST_CASE("a record that a device has lost, or holds wrongly, comes again, and it alone") {
  World world;
  SECTION("lost") {
    world.store().records().erase(world.row(3));
  }
  SECTION("of another content") {
    auto row = world.row(3);
    auto state = world.store().records().load_server(row);
    state.body["phone"] = "wrong";
    world.store().records().put_server(row, state);
    world.store().records().update(row);
  }
  SECTION("of another version") {
    auto row = world.row(3);
    row.version += 5;
    world.store().records().update(row);
  }
  // An edit that is not acknowledged stays out of it.
  world.rep.client->edit(world.contacts[7], {{"post", "Директор"}});
  const auto summary = world.office.sync_and_repair(world.rep);
  CHECK(summary.repaired == 1);
  CHECK(summary.pulled == 1);
  CHECK(summary.applied == 1);
  world.office.sync(world.lead);
  world.check_same();
  CHECK(world.office.sync(world.rep).rounds == 1);
}

TEST_CASE("a record that is no more on the server goes, unless the user has added to it") {
  World world;
  const auto stray = [&] {
    protocol::RecordView view;
    view.id = Uuid::v7(world.office.environment());
    view.collection = "contact";
    view.scope = world.client;
    view.version = 1, view.seq = 1;
    view.by = view.id;
    view.body = R"({"name":"Нигде"})";
    world.store().records().put_server(view);
    return view.id;
  };
  const auto gone = stray();
  CHECK(world.office.sync_and_repair(world.rep).repaired == 1);
  CHECK_FALSE(world.rep.client->get(gone));
  world.check_same();
  const auto kept = stray();
  world.rep.client->edit(kept, {{"post", "Директор"}});
  world.office.sync_and_repair(world.rep);
  CHECK(world.rep.client->get(kept));
  CHECK(world.rep.client->status().unsynced == 1);
}

TEST_CASE("a device that was away for longer than deletions are remembered drops what was deleted, and nothing else") {
  World world;
  world.lead.client->remove(world.contacts[2]);
  world.office.sync(world.lead);
  world.rep.client->edit(world.contacts[4], {{"post", "Директор"}});
  world.rep.client->edit(world.contacts[2], {{"phone", "2"}});
  const bool edited = GENERATE(true, false);
  if (!edited) {
    world.office.sync(world.rep);
    world.lead.client->remove(world.contacts[5]);
    world.office.sync(world.lead);
  }
  world.office.environment().advance(200 * day);
  world.lead.client->edit(world.client, {{"city", "Тверь"}});
  world.office.sync(world.lead);
  world.lead.client->edit(world.client, {{"city", "Псков"}});
  world.office.sync(world.lead);
  world.office.sync_and_repair(world.rep);
  world.office.sync(world.lead);
  world.check_same();
  CHECK(world.rep.client->get(world.contacts[2]));
  CHECK(world.rep.client->get(world.contacts[5]).has_value() == edited);
  CHECK(world.rep.client->need(world.contacts[4]).view.body["post"] == "Директор");
  CHECK(world.rep.client->status().unsynced == 0);
}

TEST_CASE("a server set back without a word is noticed by its salt, and nothing is lost") {
  World world;
  world.office.back_up();
  world.rep.client->edit(world.contacts[1], {{"phone", "2"}});
  const auto young = world.rep.client->create("contact", world.client, contact(world.client, "Новый"));
  world.office.sync(world.rep);
  const bool by_the_book = GENERATE(true, false);
  world.office.restore(by_the_book);
  // The new history is longer than the old one before the device comes.
  for (int i = 0; i < 5; ++i) {
    world.lead.client->edit(world.client, {{"city", std::to_string(i)}});
    world.office.sync(world.lead);
  }
  const auto summary = world.office.sync(world.rep);
  CHECK(summary.pushed == 2);
  // Of twenty records only those that the lost history had touched come again.
  CHECK(summary.pulled <= 4);
  world.office.sync(world.lead);
  world.check_same();
  CHECK(world.lead.client->need(world.contacts[1]).view.body["phone"] == "2");
  CHECK(world.lead.client->get(young));
}

TEST_CASE("a grant given and one taken away in the history that a restore has undone") {
  Office office;
  auto lead = office.device(Role::Lead), rep = office.device(Role::Rep);
  const auto mine = office.client_of(lead, rep, "Был и есть");
  const auto lost = office.client_of(lead, rep, "Отдан и вернулся");
  const auto never = lead.client->create("client", {}, {{"name", "Назначен и забыт"}});
  office.sync(lead);
  office.sync(rep);
  office.back_up();
  lead.client->assign_owner(lost, lead.author.user);
  office.assign(lead, never, rep);
  office.sync(lead);
  office.sync(rep);
  CHECK_FALSE(rep.client->get(lost));
  CHECK(rep.client->get(never));
  office.restore();
  office.sync_and_repair(rep);
  CHECK(rep.client->get(mine));
  CHECK(rep.client->get(lost));
  CHECK_FALSE(rep.client->get(never));
  CHECK(office.same_as_server(rep));
  // The lead still has both edits, and pushes them again.
  office.sync(lead);
  office.sync(rep);
  CHECK_FALSE(rep.client->get(lost));
  CHECK(rep.client->get(never));
}
