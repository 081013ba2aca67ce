// What revoked devices handed over outlives a restore from an older backup, and an erasure reaches it.
#include "sync-server/services/quarantine.hpp"

#include <filesystem>
#include <fstream>

#include "sync-server/services/erase_service.hpp"
#include "sync-server/store/restore.hpp"
#include "sync-server/system/files.hpp"
#include "tests/sync-server/services/office.hpp"

using namespace anketa;
using namespace anketa::server;
using namespace anketa::server::test;

namespace {

namespace fs = std::filesystem;

/// A rep whose device is revoked: one edit is with the server and in no backup, one was never sent.
struct Scene {
  Office office;
  Person lead = office.person(Role::Lead);
  Person rep = office.person(Role::Rep);
  Uuid client = office.client_of(lead, rep, "ООО «Ромашка»");
  std::string older = office.folder() + "/older.db";
  TemporaryFolder elsewhere;
  Uuid contact = office.id();
  Mutation making, phone;

  Scene() {
    office.store().backup(older);
    making = office.create(rep, "contact", contact, client,
                           {{"client", client.text()}, {"name", "Петров Д. И."}, {"state", "active"}});
    REQUIRE(office.sync(rep, {making}).results[0].seq > 0);
    phone = office.mutation(rep, "contact", contact, client, {{OpKind::Set, "phone", "+7 999 SECRET", {}, {}}});
    phone.prev = making.id;
  }
  void hand_over() {
    Quarantine(office.store(), office.folder(), office.environment_)
        .take(rep.author, {{"mutations", {to_json(making), to_json(phone)}}});
  }
  std::string file() const { return office.folder() + "/handed-over/" + rep.author.device.text() + ".jsonl"; }
  /// The server begins anew from the old backup, with what lay beside its database.
  std::unique_ptr<Store> restored() {
    const auto data = elsewhere.path().string();
    for (const auto* beside : {"handed-over", "erasures.jsonl"})
      if (const auto from = fs::path(office.folder()) / beside; fs::exists(from))
        fs::copy(from, elsewhere.file(beside), fs::copy_options::recursive);
    restore_sqlite_store(older, data, office.environment_);
    return open_sqlite_store({data, 2, false}, office.environment_);
  }
};

std::size_t quarantined(Store& store, const Person& of) {
  std::size_t count = 0;
  store.read([&](Reader& reader) { count = reader.quarantined(of.author.device).size(); });
  return count;
}

}  // namespace

TEST_CASE("what a revoked device handed over since the backup is in quarantine again after a restore") {
  Scene scene;
  scene.hand_over();
  CHECK(quarantined(scene.office.store(), scene.rep) == 1);
  const auto store = scene.restored();
  // Also what had been in effect: the wiped device was the last one to have it.
  CHECK(quarantined(*store, scene.rep) == 2);
  Quarantine quarantine(*store, scene.elsewhere.path().string(), scene.office.environment_);
  for (const auto& result : quarantine.accept(scene.rep.author)) CHECK(result.seq > 0);
  store->read([&](Reader& reader) {
    const auto record = parse_head(reader.head(scene.contact).value());
    CHECK(record.body.at("name") == "Петров Д. И.");
    CHECK(record.body.at("phone") == "+7 999 SECRET");
  });
  CHECK(store->verify().empty());
}

TEST_CASE("what the backup holds is not brought back a second time") {
  Scene scene;
  scene.hand_over();
  Quarantine(scene.office.store(), scene.office.folder(), scene.office.environment_).accept(scene.rep.author);
  scene.office.store().backup(scene.older);
  const auto store = scene.restored();
  CHECK(quarantined(*store, scene.rep) == 0);
  CHECK(store->verify().empty());
}

TEST_CASE("what was handed over is erased beside the database too, and a restore does not bring it back") {
  Scene scene;
  scene.hand_over();
  REQUIRE(read_file(scene.file()).find("SECRET") != std::string::npos);
  EraseService eraser(scene.office.store(), scene.office.folder(), scene.office.environment_);
  eraser.erase(eraser.plan({scene.contact, {"phone"}, false, "lead", "по просьбе"}));
  CHECK(read_file(scene.file()).find("SECRET") == std::string::npos);
  CHECK(read_file(scene.file()).find("Петров") != std::string::npos);
  const auto store = scene.restored();
  Quarantine(*store, scene.elsewhere.path().string(), scene.office.environment_).accept(scene.rep.author);
  store->read([&](Reader& reader) {
    const auto record = parse_head(reader.head(scene.contact).value());
    CHECK(record.body.at("name") == "Петров Д. И.");
    CHECK_FALSE(record.body.contains("phone"));
    CHECK(reader.journal(scene.phone.id)->hash == mutation_hash(canonical(to_json(scene.phone))));
  });
  CHECK(store->verify().empty());
}

TEST_CASE("the file of what was handed over: for its owner only, each mutation once, half a line is none") {
  Scene scene;
  scene.hand_over();
  const auto once = read_file(scene.file());
  CHECK((fs::status(scene.file()).permissions() & (fs::perms::group_all | fs::perms::others_all)) == fs::perms::none);
  scene.hand_over();
  CHECK(read_file(scene.file()) == once);
  // The machine died while the second line was being written.
  fs::resize_file(scene.file(), once.size() - 20);
  CHECK(read_handed_over(real_files(), scene.office.folder()).size() == 1);
  scene.hand_over();
  CHECK(read_handed_over(real_files(), scene.office.folder()).size() == 2);
  std::ofstream(scene.file(), std::ios::app) << "{\"id\": 5}\n";
  CHECK_THROWS_AS(read_handed_over(real_files(), scene.office.folder()), ProblemError);
}

TEST_CASE("a text written over one that is in quarantine is not merged as if what that one brought were taken out") {
  Office office;
  auto lead = office.person(Role::Lead);
  auto rep = office.person(Role::Rep);
  const auto client = office.client_of(lead, rep, "ООО «Ромашка»");
  const auto first = office.mutation(lead, "client", client, client, {{OpKind::Set, "remarks", "one\n\ntwo", {}, {}}});
  REQUIRE(office.sync(lead, {first}).results[0].seq > 0);
  // As after a restore: the lead has seen it, and the server has it in quarantine only.
  const auto second =
      office.mutation(rep, "client", client, client, {{OpKind::Set, "remarks", "one\n\nthree\n\ntwo", {first.id}, {}}});
  Quarantine(office.store(), office.folder(), office.environment_).take(rep.author, {{"mutations", {to_json(second)}}});
  const auto third = office.mutation(lead, "client", client, client,
                                     {{OpKind::Set, "remarks", "three\n\nfour\n\ntwo", {second.id}, {}}});
  CHECK(office.sync(lead, {third}).results[0].status == ResultStatus::Conflict);
  CHECK(office.at_server(client).body.at("remarks") == "one\n\ntwo");
  office.store().read([&](Reader& reader) {
    const auto conflicts = reader.heads_of("conflict", client);
    REQUIRE(conflicts.size() == 1);
    CHECK(conflicts.front().body.find("three\\n\\nfour\\n\\ntwo") != std::string::npos);
  });
}
