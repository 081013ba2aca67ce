// Erasure at the server: out of every file, out of restored backups, and nothing brings it back (R33, R60).
#include <filesystem>
#include <fstream>

#include "shared/record/sha256.hpp"
#include "sync-server/blobs/blob_store.hpp"
#include "sync-server/services/erase_service.hpp"
#include "sync-server/store/restore.hpp"
#include "tests/sync-server/services/office.hpp"

using namespace anketa;
using namespace anketa::server;
using namespace anketa::server::test;

namespace {

constexpr const char* secret = "+7 999 SECRET";

/// Files of a folder, not below it, that hold the text.
std::vector<std::string> files_with(const std::string& folder, const std::string& text) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(in), {}};
    if (content.find(text) != std::string::npos) found.push_back(entry.path().filename());
  }
  return found;
}

struct Scene {
  Office office;
  Person lead = office.person(Role::Lead);
  Person rep = office.person(Role::Rep);
  Uuid client = office.client_of(lead, rep, "ООО «Ромашка»");
  Uuid contact = office.id();
  Mutation making, phone;

  Scene() {
    making = office.create(rep, "contact", contact, client, contact_body(client));
    phone = office.mutation(rep, "contact", contact, client,
                            {{OpKind::Set, "phone", secret, {}, {}}, {OpKind::Set, "met", true, {}, {}}});
    phone.prev = making.id;
    const auto done = office.sync(rep, {making, phone});
    REQUIRE(done.results[1].seq > 0);
  }
  EraseService eraser() { return {office.store(), office.folder(), office.environment_}; }
  bool erase(std::vector<std::string> paths) {
    auto service = eraser();
    return service.erase(service.plan({contact, std::move(paths), false, "lead", "по просьбе"}));
  }
};

}  // namespace

TEST_CASE("an erased field is in no file of the database; the rest of record and history stays") {
  Scene scene;
  // A conflict about it, a parked edit of it, an older value of it.
  const auto lead_phone = scene.office.mutation(scene.lead, "contact", scene.contact, scene.client,
                                                {{OpKind::Set, "phone", "8 SECRET", {}, {}}});
  CHECK(scene.office.sync(scene.lead, {lead_phone}).results[0].status == ResultStatus::Conflict);
  const auto wrong = scene.office.mutation(scene.rep, "contact", scene.contact, scene.client,
                                           {{OpKind::Set, "phone", Json{{"SECRET", 1}}, {}, {}}});
  scene.office.sync(scene.rep, {wrong});
  REQUIRE_FALSE(files_with(scene.office.folder(), "SECRET").empty());
  CHECK(scene.erase({"phone"}));
  CHECK(files_with(scene.office.folder(), "SECRET").empty());
  const auto record = scene.office.at_server(scene.contact);
  CHECK_FALSE(record.body.contains("phone"));
  CHECK(record.body.at("met") == true);
  CHECK(record.body.at("name") == "Петров Д. И.");
  CHECK(scene.office.store().verify().empty());
}

TEST_CASE("two fields of one edit are erased one after the other, and neither stays in the journal") {
  Scene scene;
  auto both = scene.office.mutation(
      scene.rep, "contact", scene.contact, scene.client,
      {{OpKind::Set, "email", "SECRET@romashka", {}, {}}, {OpKind::Set, "post", "SECRET", {scene.making.id}, {}}});
  REQUIRE(scene.office.sync(scene.rep, {both}).results[0].seq > 0);
  CHECK(scene.erase({"email"}));
  CHECK(scene.erase({"phone"}));
  CHECK(scene.erase({"post"}));
  CHECK(files_with(scene.office.folder(), "SECRET").empty());
}

TEST_CASE("the audit trail says who, when and why, and a plan changes nothing") {
  Scene scene;
  auto service = scene.eraser();
  const auto plan = service.plan({scene.contact, {"phone"}, false, "lead", "по просьбе"});
  REQUIRE(plan.erasures.size() == 1);
  CHECK(plan.erasures[0].mutations.size() == 1);
  CHECK(scene.office.at_server(scene.contact).body.at("phone") == secret);
  service.erase(plan);
  scene.office.store().read([&](Reader& reader) {
    const auto all = reader.erasures();
    REQUIRE(all.size() == 1);
    CHECK(all[0].by == "lead");
    CHECK(all[0].why == "по просьбе");
    CHECK(all[0].mutations.at(0).id == scene.phone.id);
    CHECK(reader.journal(scene.phone.id)->hash == mutation_hash(canonical(to_json(scene.phone))));
  });
  CHECK_THROWS_AS(service.plan({scene.contact, {"phone"}, false, "lead", ""}), ProblemError);
  CHECK_THROWS_AS(service.plan({scene.office.id(), {}, false, "lead", "x"}), ProblemError);
}

TEST_CASE("an erased mutation sent again gets its stored result and brings nothing back") {
  Scene scene;
  scene.erase({"phone"});
  const auto again = scene.office.sync(scene.rep, {scene.making, scene.phone});
  CHECK(again.results[1].repeat);
  CHECK(again.results[1].seq > 0);
  CHECK_FALSE(scene.office.at_server(scene.contact).body.contains("phone"));
  scene.office.store().scrub();
  CHECK(files_with(scene.office.folder(), "SECRET").empty());
}

TEST_CASE("an edit by somebody who still saw the erased value is stripped of it; a new value stays") {
  Scene scene;
  scene.erase({"phone"});
  auto late = scene.office.mutation(
      scene.rep, "contact", scene.contact, scene.client,
      {{OpKind::Set, "phone", "+7 999 SECRET 2", {scene.phone.id}, {}}, {OpKind::Set, "state", "left", {}, {}}});
  const auto result = scene.office.sync(scene.rep, {late}).results[0];
  CHECK(result.status == ResultStatus::Merged);
  CHECK(scene.office.at_server(scene.contact).body.at("state") == "left");
  CHECK_FALSE(scene.office.at_server(scene.contact).body.contains("phone"));
  CHECK(scene.office.sync(scene.rep, {late}).results[0].repeat);
  scene.office.store().scrub();
  CHECK(files_with(scene.office.folder(), "SECRET").empty());
  CHECK(scene.office.store().verify().empty());

  auto fresh = scene.office.mutation(scene.rep, "contact", scene.contact, scene.client,
                                     {{OpKind::Set, "phone", "+7 111", {}, {}}});
  const auto cells = scene.office.at_server(scene.contact).provenance_below("phone");
  fresh.ops[0].over.assign(cells.begin(), cells.end());
  scene.office.sync(scene.rep, {fresh});
  CHECK(scene.office.at_server(scene.contact).body.at("phone") == "+7 111");
}

TEST_CASE("who settles a conflict that was erased meanwhile is answered, and what else he sends counts") {
  Scene scene;
  const auto other = scene.office.mutation(scene.lead, "contact", scene.contact, scene.client,
                                           {{OpKind::Set, "phone", "8 SECRET", {}, {}}});
  const auto met = scene.office.sync(scene.lead, {other}).results[0];
  REQUIRE(met.conflicts.size() == 1);
  REQUIRE(scene.erase({"phone"}));
  const auto settled = scene.office.mutation(
      scene.rep, "contact", scene.contact, scene.client,
      {{OpKind::Set, "phone", "8 SECRET", {}, {scene.phone.id, other.id}}, {OpKind::Set, "post", "Инженер", {}, {}}});
  const auto rest = scene.office.mutation(scene.rep, "contact", scene.contact, scene.client,
                                          {{OpKind::Set, "email", "p@romashka", {}, {}}});
  const auto results = scene.office.sync(scene.rep, {settled, rest}).results;
  REQUIRE(results.size() == 2);
  CHECK(results[1].seq > 0);
  CHECK(scene.office.at_server(scene.contact).body.at("email") == "p@romashka");
  scene.office.store().scrub();
  CHECK(files_with(scene.office.folder(), "SECRET").empty());
  CHECK(scene.office.store().verify().empty());
}

TEST_CASE("a whole record is erased, and neither old nor late edits bring it back") {
  Scene scene;
  CHECK(scene.erase({}));
  for (const auto* text : {"SECRET", "Петров", "Директор по ИТ"})
    CHECK(files_with(scene.office.folder(), text).empty());
  CHECK(scene.office.at_server(scene.contact).deleted);
  CHECK(scene.office.at_server(scene.contact).body.empty());
  auto late = scene.office.mutation(scene.rep, "contact", scene.contact, scene.client,
                                    {{OpKind::Set, "post", "Петров, директор", {}, {}}});
  scene.office.sync(scene.rep, {scene.making, scene.phone, late});
  scene.office.store().scrub();
  CHECK(scene.office.at_server(scene.contact).deleted);
  CHECK(files_with(scene.office.folder(), "Петров").empty());
  CHECK(scene.office.store().verify().empty());
}

TEST_CASE("other records that hold the same words are found, and go if asked") {
  Scene scene;
  const auto note = scene.office.id();
  scene.office.sync(scene.rep, {scene.office.create(scene.rep, "interaction", note, scene.client,
                                                    {{"client", scene.client.text()},
                                                     {"kind", "call"},
                                                     {"date", "2025-06-10"},
                                                     {"user", scene.rep.author.user.text()},
                                                     {"summary", "Звонил Петров Д. И."}})});
  auto service = scene.eraser();
  EraseRequest request{scene.contact, {}, false, "lead", "по просьбе"};
  const auto plan = service.plan(request);
  REQUIRE(plan.mentions.size() == 1);
  CHECK(plan.mentions[0].record == note);
  CHECK(plan.erasures.size() == 1);
  request.mentions = true;
  service.erase(service.plan(request));
  CHECK(files_with(scene.office.folder(), "Петров").empty());
}

TEST_CASE("restoring a backup from before the erasure does not bring it back, nor does what is sent again") {
  Scene scene;
  const auto older = scene.office.folder() + "/older.db";
  scene.office.store().backup(older);
  auto after = scene.office.mutation(
      scene.rep, "contact", scene.contact, scene.client,
      {{OpKind::Set, "phone", "8 800 SECRET", {scene.phone.id}, {}}, {OpKind::Set, "state", "left", {}, {}}});
  REQUIRE(scene.office.sync(scene.rep, {after}).results[0].seq > 0);
  scene.erase({"phone"});

  // The copy is restored into a folder to which the ledger was taken along.
  const TemporaryFolder elsewhere;
  std::filesystem::copy_file(scene.office.folder() + "/erasures.jsonl", elsewhere.file("erasures.jsonl"));
  restore_sqlite_store(older, elsewhere.path().string(), scene.office.environment_);
  CHECK(files_with(elsewhere.path().string(), "SECRET").empty());
  const auto store = open_sqlite_store({elsewhere.path().string(), 2, false}, scene.office.environment_);
  CHECK(store->verify().empty());
  SyncService service(*store, scene.office.environment_);
  const auto again = service.submit(scene.rep.author, {scene.making, scene.phone, after});
  CHECK(again[0].repeat);
  CHECK(again[1].repeat);
  CHECK(again[2].seq > 0);
  store->scrub();
  CHECK(files_with(elsewhere.path().string(), "SECRET").empty());
  store->read([&](Reader& reader) {
    const auto record = parse_head(reader.head(scene.contact).value());
    CHECK_FALSE(record.body.contains("phone"));
    CHECK(record.body.at("state") == "left");
    CHECK(reader.journal(after.id)->hash == mutation_hash(canonical(to_json(after))));
  });
  CHECK(store->verify().empty());
}

TEST_CASE("an edit of a record that was erased and that the backup does not have does not wait for it") {
  Office office;
  auto lead = office.person(Role::Lead);
  auto rep = office.person(Role::Rep);
  const auto client = office.client_of(lead, rep, "ООО «Ромашка»");
  const auto older = office.folder() + "/older.db";
  office.store().backup(older);
  const auto contact = office.id();
  const auto making = office.create(rep, "contact", contact, client, contact_body(client));
  office.sync(rep, std::vector{making});
  // The rep has not synced since, and deletes what he still sees.
  auto late = office.mutation(rep, "contact", contact, client, {{OpKind::Remove, "", Json(), {making.id}, {}}});
  EraseService eraser(office.store(), office.folder(), office.environment_);
  eraser.erase(eraser.plan({contact, {}, false, "lead", "по просьбе"}));

  const TemporaryFolder elsewhere;
  std::filesystem::copy_file(office.folder() + "/erasures.jsonl", elsewhere.file("erasures.jsonl"));
  restore_sqlite_store(older, elsewhere.path().string(), office.environment_);
  const auto store = open_sqlite_store({elsewhere.path().string(), 2, false}, office.environment_);
  SyncService service(*store, office.environment_);
  const auto result = service.submit(rep.author, std::vector{late}).front();
  CHECK(result.status == ResultStatus::Parked);
  CHECK(result.problem.has_value());
}

TEST_CASE("with a record go its attachments and their contents, but not those that another attachment names") {
  Scene scene;
  BlobStore blobs(scene.office.folder(), {}, scene.office.environment_);
  const auto attach = [&](const Uuid& to, const std::string& content) {
    const auto hash = hex(sha256(content));
    auto upload = Upload();
    upload.user = scene.rep.author.user;
    upload.device = scene.rep.author.device;
    upload.scope = scene.client;
    upload.sha256 = hash;
    upload.length = content.size();
    if (!blobs.find(scene.client, hash)) {
      upload = blobs.begin(upload);
      blobs.append(upload.id, upload.user, upload.device, {0, content, 0, true, {}});
    }
    const auto attachment = scene.office.id();
    const Json body{{"record", to.text()}, {"name", "фото"}, {"sha256", hash}};
    const auto made = scene.office.create(scene.rep, "attachment", attachment, scene.client, body);
    REQUIRE(scene.office.sync(scene.rep, {made}).results[0].seq > 0);
    return attachment;
  };
  const auto portrait = attach(scene.contact, "portrait");
  attach(scene.contact, "shared picture");
  const auto other = attach(scene.client, "shared picture");
  EraseService service(scene.office.store(), scene.office.folder(), scene.office.environment_,
                       [&](const ErasedContent& content) { blobs.erase(content.scope, content.sha256); });
  const auto plan = service.plan({scene.contact, {}, false, "lead", "по просьбе"});
  REQUIRE(plan.contents.size() == 1);
  CHECK(blobs.find(scene.client, hex(sha256("portrait"))));
  CHECK(service.erase(plan));
  CHECK_FALSE(blobs.find(scene.client, hex(sha256("portrait"))));
  CHECK(blobs.find(scene.client, hex(sha256("shared picture"))));
  CHECK(scene.office.at_server(portrait).body.empty());
  CHECK(scene.office.at_server(other).at("name") == "фото");
  // Erased by itself, it takes the content along that nobody names any more.
  CHECK(service.erase(service.plan({other, {}, false, "lead", "по просьбе"})));
  CHECK_FALSE(blobs.find(scene.client, hex(sha256("shared picture"))));
}
