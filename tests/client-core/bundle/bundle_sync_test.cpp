// Sync by file between real devices and the real service: in any order, any number of times, beside syncs by network.
#include "client-core/bundle/device_bundle.hpp"
#include "shared/bundle/bundle.hpp"
#include "sync-server/bundle/bundle_import.hpp"
#include "tests/client-core/sync/office.hpp"
#include "tests/support/refused.hpp"

using namespace anketa;
using namespace anketa::client;
using namespace anketa::client::test;
using anketa::test::refused;

namespace {

/// An office whose devices have registered keys.
class FileOffice : public Office {
 public:
  /// As Office::device, with keys exchanged and an account at the server.
  Device registered(Role role) {
    auto made = device(role);
    ensure_keys(*made.client);
    auto& accounts = store().accounts();
    accounts.add_account({made.author.user, made.author.user.text(), "Имя", role, "", true});
    log_in(made);
    return made;
  }
  void log_in(Device& device) {
    auto engine = device.client->log_in({"https://localhost", "user", "secret", "device"});
    const auto out = engine->step(Start{});
    const auto request = protocol::log_in_from_json(Json::parse(std::get<SendRequest>(out.front()).body));
    REQUIRE(request.keys);
    server::Device known{*request.device, device.author.user, "device", 0, 0, false, {}, request.keys};
    store().accounts().open_family(known, {Uuid::v7(environment()), known.id, known.user, 0, 0, 0, false});
    protocol::SessionAnswer answer{"access", "refresh", 60, device.author.user, "user", "Имя", device.author.role};
    answer.keys = keys.shown;
    engine->step(ResponseReceived{200, {}, protocol::to_json(answer).dump()});
  }
  server::BundleImported import(std::string_view file) {
    return server::BundleImport(store(), service(), environment(), keys).import(file);
  }

  bundle::KeySet keys = bundle::make_keys(environment());
};

std::uint64_t in_effect(Office& office) {
  std::uint64_t seq = 0;
  office.store().read([&](server::Reader& reader) { seq = reader.history().last_seq; });
  return seq;
}

}  // namespace

TEST_CASE("work goes by file, and the answer brings results and what others did") {
  FileOffice office;
  auto lead = office.registered(Role::Lead);
  auto rep = office.registered(Role::Rep);
  const auto client = office.client_of(lead, rep);
  const auto first = office.import(export_bundle(*rep.client).file);
  CHECK(first.results.empty());
  CHECK(import_answer(*rep.client, first.answer).summary.pulled > 1);

  const auto person = rep.client->create("contact", client, contact(client));
  rep.client->edit(client, {{"city", "Псков"}});
  lead.client->edit(client, {{"phone", "1"}});
  office.sync(lead);
  const auto exported = export_bundle(*rep.client);
  CHECK(exported.mutations == 2);
  CHECK(rep.client->status().unsynced == 2);
  const auto imported = office.import(exported.file);
  CHECK(imported.device == rep.author.device);
  REQUIRE(imported.results.size() == 2);
  CHECK(imported.results[0].status == protocol::ResultStatus::Applied);
  const auto taken = import_answer(*rep.client, imported.answer);
  CHECK_FALSE(taken.overtaken);
  CHECK(taken.summary.pushed == 2);
  CHECK(rep.client->status().unsynced == 0);
  CHECK(rep.client->status().last_sync);
  CHECK(rep.client->need(client).view.body["phone"] == "1");
  office.sync(lead);
  CHECK(shown(*lead.client, "contact") == shown(*rep.client, "contact"));
  CHECK(shown(*lead.client, "client") == shown(*rep.client, "client"));
  // By network it goes on from there.
  CHECK(office.sync(rep).pulled == 0);
  CHECK(lead.client->need(person).view.version == 1);
}

TEST_CASE("files taken twice and out of order have one effect, and answers in any order lead to the same") {
  FileOffice office;
  auto lead = office.registered(Role::Lead);
  auto rep = office.registered(Role::Rep);
  const auto client = office.client_of(lead, rep);
  office.sync(rep);
  const auto person = rep.client->create("contact", client, contact(client));
  const auto one = export_bundle(*rep.client).file;
  rep.client->edit(person, {{"phone", "2"}});
  const auto two = export_bundle(*rep.client).file;
  const auto before = in_effect(office);
  const auto answer_two = office.import(two);
  CHECK(answer_two.results.size() == 2);
  const auto answer_one = office.import(one);
  REQUIRE(answer_one.results.size() == 1);
  CHECK(answer_one.results[0].repeat);
  CHECK(office.import(two).results[1].repeat);
  CHECK(in_effect(office) == before + 2);
  // Somebody edits over it before the answers arrive.
  office.sync(lead);
  lead.client->edit(person, {{"phone", "3"}});
  office.sync(lead);
  const auto late = office.import(one);

  std::vector<std::string> answers{answer_one.answer, answer_two.answer, late.answer};
  std::sort(answers.begin(), answers.end());
  SECTION("older first") {
    answers = {answer_one.answer, answer_two.answer, late.answer};
  }
  SECTION("newer first") {
    answers = {late.answer, answer_two.answer, answer_one.answer};
  }
  SECTION("the middle one first") {
    answers = {answer_two.answer, late.answer, answer_one.answer};
  }
  for (int round = 0; round < 2; ++round)
    for (const auto& answer : answers) import_answer(*rep.client, answer);
  CHECK(rep.client->status().unsynced == 0);
  office.sync(rep);
  CHECK(rep.client->need(person).view.body["phone"] == "3");
  CHECK(shown(*lead.client, "contact") == shown(*rep.client, "contact"));
  CHECK(in_effect(office) == before + 3);
}

TEST_CASE("work that went by file as well as by network counts once, whichever comes first") {
  FileOffice office;
  auto lead = office.registered(Role::Lead);
  auto rep = office.registered(Role::Rep);
  const auto client = office.client_of(lead, rep);
  office.sync(rep);
  rep.client->edit(client, {{"city", "Псков"}});
  const auto file = export_bundle(*rep.client).file;
  const auto before = in_effect(office);
  std::string answer;
  SECTION("file first") {
    answer = office.import(file).answer;
    office.sync(rep);
  }
  SECTION("network first") {
    office.sync(rep);
    answer = office.import(file).answer;
  }
  CHECK(in_effect(office) == before + 1);
  lead.client->edit(client, {{"phone", "9"}});
  office.sync(lead);
  office.sync(rep);
  const auto taken = import_answer(*rep.client, answer);
  CHECK(taken.overtaken);
  CHECK(taken.summary.pushed == 0);
  CHECK(rep.client->need(client).view.body["phone"] == "9");
  CHECK(office.sync(rep).pulled == 0);
  CHECK(rep.client->status().unsynced == 0);
}

TEST_CASE("an edit whose predecessor is in another file waits for it") {
  FileOffice office;
  auto lead = office.registered(Role::Lead);
  auto rep = office.registered(Role::Rep);
  const auto client = office.client_of(lead, rep);
  office.sync(rep);
  rep.client->edit(client, {{"city", "Псков"}});
  const auto one = export_bundle(*rep.client).file;
  // The device goes back to what it was, by network the first edit is settled; then a further file is lost.
  rep.client->edit(client, {{"city", "Тверь"}});
  const auto both = export_bundle(*rep.client).file;
  CHECK(office.import(both).results.size() == 2);
  CHECK(office.import(one).results[0].repeat);
  office.sync(lead);
  CHECK(lead.client->need(client).view.body["city"] == "Тверь");
}

TEST_CASE("an answer to what a device wrote before it was set back settles no edit that says something else now") {
  FileOffice office;
  auto lead = office.registered(Role::Lead);
  auto rep = office.registered(Role::Rep);
  const auto client = office.client_of(lead, rep);
  office.sync(rep);
  rep.client->edit(client, {{"city", "Псков"}});
  office.save(rep, office.file("old.db"));
  // The edit is still open: it goes on, goes out, and is forgotten by the device.
  rep.client->edit(client, {{"phone", "1"}});
  const auto answer = office.import(export_bundle(*rep.client).file).answer;
  office.roll_back(rep, office.file("old.db"));
  rep.client->edit(client, {{"phone", "2"}});
  export_bundle(*rep.client);
  CHECK(import_answer(*rep.client, answer).summary.pushed == 0);
  CHECK(rep.client->status().unsynced == 1);
  office.sync_and_repair(rep);
  CHECK(rep.client->status().unsynced == 0);
  office.sync(lead);
  // Both are kept: one in effect, the other a side.
  CHECK(lead.client->need(client).view.body["phone"] == "1");
  CHECK(lead.client->conflicts().size() == 1);
}

TEST_CASE("edits of one cell, one by file and one by network, open a conflict") {
  FileOffice office;
  auto lead = office.registered(Role::Lead);
  auto rep = office.registered(Role::Rep);
  const auto client = office.client_of(lead, rep);
  office.sync(rep);
  rep.client->edit(client, {{"city", "Псков"}});
  const auto file = export_bundle(*rep.client).file;
  lead.client->edit(client, {{"city", "Тверь"}});
  office.sync(lead);
  const auto taken = import_answer(*rep.client, office.import(file).answer);
  CHECK(taken.summary.conflicts == 1);
  CHECK(rep.client->conflicts().size() == 1);
  CHECK(rep.client->need(client).view.body["city"] == "Тверь");
}

TEST_CASE("a server restored from a backup takes a file, and the device learns from the answer to send more") {
  FileOffice office;
  auto lead = office.registered(Role::Lead);
  auto rep = office.registered(Role::Rep);
  const auto client = office.client_of(lead, rep);
  office.sync(rep);
  office.back_up();
  const auto lost = rep.client->create("contact", client, contact(client, "После копии"));
  office.sync(rep);
  office.restore();
  const auto kept = rep.client->create("contact", client, contact(client, "В файле"));
  const auto answer = office.import(export_bundle(*rep.client).file).answer;
  import_answer(*rep.client, answer);
  CHECK(rep.client->status().unsynced == 1);
  import_answer(*rep.client, office.import(export_bundle(*rep.client).file).answer);
  CHECK(rep.client->status().unsynced == 0);
  office.sync(rep);
  office.sync(lead);
  CHECK(lead.client->get(lost));
  CHECK(lead.client->get(kept));
}

TEST_CASE("what cannot be taken says why, and nothing is lost") {
  FileOffice office;
  auto lead = office.registered(Role::Lead);
  auto rep = office.registered(Role::Rep);
  const auto client = office.client_of(lead, rep);
  office.sync(rep);
  rep.client->edit(client, {{"city", "Псков"}});
  auto file = export_bundle(*rep.client).file;
  const auto before = in_effect(office);
  SECTION("a file for another server") {
    const auto keys = std::exchange(office.keys, bundle::make_keys(office.environment()));
    CHECK(refused([&] { office.import(file); }) == ProblemCode::BundleOtherServer);
    // The server's key is lost: a log-in brings the new one.
    office.log_in(rep);
    file = export_bundle(*rep.client).file;
  }
  SECTION("a file that was changed or cut") {
    auto changed = file;
    changed[changed.size() / 2] = static_cast<char>(changed[changed.size() / 2] ^ 8);
    CHECK(refused([&] { office.import(changed); }) == ProblemCode::BundleDamaged);
    CHECK(refused([&] { office.import(file.substr(0, file.size() - 1)); }) == ProblemCode::BundleDamaged);
    CHECK(refused([&] { office.import(""); }) == ProblemCode::BundleDamaged);
  }
  SECTION("an answer of another device, and a push for an answer") {
    const auto other = office.import(export_bundle(*lead.client).file).answer;
    CHECK(refused([&] { import_answer(*rep.client, other); }) == ProblemCode::BundleOtherDevice);
    CHECK(refused([&] { import_answer(*rep.client, file); }) == ProblemCode::BundleOtherDevice);
    CHECK(refused([&] { office.import(other); }) == ProblemCode::BundleOtherServer);
  }
  SECTION("a device that never showed its keys") {
    auto bare = office.device(Role::Rep);
    CHECK(refused([&] { export_bundle(*bare.client); }) == ProblemCode::BundleNoKeys);
  }
  CHECK(in_effect(office) == before);
  CHECK(rep.client->status().unsynced == 1);
  import_answer(*rep.client, office.import(file).answer);
  CHECK(rep.client->status().unsynced == 0);
}

TEST_CASE("a revoked device's file is refused") {
  FileOffice office;
  auto lead = office.registered(Role::Lead);
  auto rep = office.registered(Role::Rep);
  const auto client = office.client_of(lead, rep);
  office.sync(rep);
  rep.client->edit(client, {{"city", "Псков"}});
  const auto file = export_bundle(*rep.client).file;
  office.store().accounts().revoke_device(rep.author.device, {}, 0);
  CHECK(refused([&] { office.import(file); }) == ProblemCode::DeviceRevoked);
}
