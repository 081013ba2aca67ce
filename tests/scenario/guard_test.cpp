// What the law and a lost phone ask for, over the programs as they are shipped: erasure, and revoking a device.
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>

#include "tests/scenario/company.hpp"

using namespace anketa;
using namespace anketa::scenario;

namespace {

bool holds(const std::string& path, const std::string& text) {
  std::ifstream in(path, std::ios::binary);
  const std::string content{std::istreambuf_iterator<char>(in), {}};
  return content.find(text) != std::string::npos;
}

struct Scene {
  Company company;
  Person lead = company.hire("lead", "lead");
  Person rep = company.hire("rep", "rep");
  std::string client;

  Scene() {
    company.start_server();
    lead.join();
    rep.join();
    const auto user = rep.run({"status"}).at("account").at("user").get<std::string>();
    client = lead.run({"record", "put", "client", "--set", "name=Ромашка"}).at("id").get<std::string>();
    lead.run({"record", "put", "assignment", "--client", client, "--set", "client=" + client, "--set", "user=" + user,
              "--set", "role=owner"});
    lead.sync();
    rep.sync();
  }
  std::string person(const std::string& phone) const {
    return rep
        .run({"record", "put", "contact", "--client", client, "--set", "client=" + client, "--set", "name=Петров",
              "--set", "phone=" + phone})
        .at("id")
        .get<std::string>();
  }
};

}  // namespace

TEST_CASE("a revoked device hands its work over and is empty; the work counts once the office accepts it") {
  Scene scene;
  const auto contact = scene.person("+7 900");
  const auto device = scene.rep.run({"status"}).at("device").get<std::string>();
  CHECK(scene.company.administer({"device", "revoke", device, "--by", "nobody"}).problem() == "record.not_found");
  REQUIRE(scene.company.administer({"device", "revoke", device, "--by", "lead"}).code == 0);
  const auto refused = scene.rep.try_to({"sync"});
  CHECK(refused.code == 3);
  CHECK(refused.problem() == "auth.device_revoked");
  const auto status = scene.rep.run({"status"});
  CHECK(status.at("account").is_null());
  CHECK(status.at("records") == 0);
  CHECK(status.at("unsynced") == 0);

  Json row;
  for (const auto& one : scene.company.administer({"device", "list"}).json)
    if (one.at("id") == device) row = one;
  CHECK(row.at("revoked_by") == "lead");
  CHECK(row.at("handed_over_at").is_string());
  CHECK(row.at("quarantined") == 1);
  scene.lead.sync();
  CHECK(scene.lead.try_to({"record", "get", contact}).problem() == "record.not_found");
  CHECK(scene.company.administer({"device", "accept", device}).json.at("accepted") == 1);
  scene.lead.sync();
  CHECK(scene.lead.run({"record", "get", contact}).at("body").at("phone") == "+7 900");
  CHECK(scene.company.administer({"verify"}).json.at("sound") == true);
}

TEST_CASE("what was erased is gone from server and devices, and a restored backup does not bring it back") {
  Scene scene;
  const auto contact = scene.person("SECRET-PHONE");
  scene.rep.sync();
  scene.lead.sync();
  const auto backup = scene.company.path("before.db");
  scene.company.administer({"backup", backup});
  const auto erase = [&](const Arguments& more) {
    Arguments arguments{"erase", "record", contact, "--path", "phone", "--by", "lead", "--why", "asked for"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return scene.company.administer(arguments);
  };
  const auto would = erase({"--dry-run"});
  REQUIRE(would.code == 0);
  CHECK(would.json.at("done") == false);
  CHECK(would.json.at("erasures").size() == 1);
  scene.lead.sync();
  CHECK(scene.lead.run({"record", "get", contact}).at("body").contains("phone"));

  CHECK(erase({}).json.at("done") == true);
  const auto database = scene.company.data() + "/anketa.db";
  for (auto* person : {&scene.rep, &scene.lead}) {
    person->sync();
    CHECK_FALSE(person->run({"record", "get", contact}).at("body").contains("phone"));
    CHECK(person->run({"record", "get", contact}).at("body").at("name") == "Петров");
  }
  scene.company.stop_server();
  CHECK_FALSE(holds(database, "SECRET-PHONE"));
  CHECK(holds(backup, "SECRET-PHONE"));
  const auto trail = scene.company.administer({"erase", "list"}).json;
  REQUIRE(trail.size() == 1);
  CHECK(trail[0].at("by") == "lead");
  CHECK(trail[0].at("why") == "asked for");

  REQUIRE(scene.company.administer({"restore", backup, "--force"}).code == 0);
  CHECK_FALSE(holds(database, "SECRET-PHONE"));
  scene.company.start_server();
  for (auto* person : {&scene.rep, &scene.lead, &scene.rep}) {
    person->sync();
    CHECK_FALSE(person->run({"record", "get", contact}).at("body").contains("phone"));
  }
  scene.company.stop_server();
  CHECK_FALSE(holds(database, "SECRET-PHONE"));
  CHECK(scene.company.administer({"verify"}).json.at("sound") == true);
}
