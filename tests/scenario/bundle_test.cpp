// A rep without a network for a day hands his work over on a stick; the programs as they are shipped.
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>

#include "tests/scenario/company.hpp"

using namespace anketa;
using namespace anketa::scenario;

namespace {

std::string content_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("a day's work comes on a stick, twice and out of order, then by network too: one effect each") {
  Company company;
  auto lead = company.hire("lead", "lead");
  auto rep = company.hire("rep", "rep");
  company.start_server();
  lead.join();
  rep.join();
  const auto user = rep.run({"status"}).at("account").at("user").get<std::string>();
  const auto client = lead.run({"record", "put", "client", "--set", "name=Ромашка"}).at("id").get<std::string>();
  lead.run({"record", "put", "assignment", "--client", client, "--set", "client=" + client, "--set", "user=" + user,
            "--set", "role=owner"});
  lead.sync();
  rep.sync();

  // The day without a network: the server is not even up.
  company.stop_server();
  const auto person =
      rep.run({"record", "put", "contact", "--client", client, "--set", "client=" + client, "--set", "name=Петров"})
          .at("id")
          .get<std::string>();
  const auto morning = company.path("morning.anketa"), evening = company.path("evening.anketa");
  CHECK(rep.run({"bundle", "export", morning}).at("mutations") == 1);
  rep.run({"record", "edit", person, "--set", "phone=+7 900 000-00-00"});
  rep.run({"record", "edit", client, "--set", "city=Псков"});
  CHECK(rep.run({"bundle", "export", evening}).at("mutations") == 3);
  CHECK(content_of(evening).find("900 000") == std::string::npos);

  company.start_server();
  const auto answer = company.path("answer.anketa");
  const auto take = [&](const std::string& file) {
    return company.administer({"bundle", "import", file, "--answer", answer});
  };
  const auto first = take(evening);
  REQUIRE(first.code == 0);
  CHECK(first.json.at("applied") == 3);
  CHECK(first.json.at("login") == "rep");
  const auto older = company.administer({"bundle", "import", morning});
  CHECK(older.json.at("repeat") == 1);
  CHECK(take(evening).json.at("repeat") == 3);

  // A stick that has suffered.
  auto bytes = content_of(evening);
  CHECK(company.administer({"bundle", "import", company.file("cut", bytes.substr(0, bytes.size() / 2))}).problem() ==
        "bundle.damaged");
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  CHECK(company.administer({"bundle", "import", company.file("changed", bytes)}).problem() == "bundle.damaged");
  CHECK(lead.try_to({"bundle", "import", answer}).problem() == "bundle.other_device");

  SECTION("the answer comes back on the stick") {
    const auto taken = rep.run({"bundle", "import", answer});
    CHECK(taken.at("overtaken") == false);
    CHECK(taken.at("pushed") == 3);
    CHECK(rep.run({"status"}).at("unsynced") == 0);
    rep.sync();
  }
  SECTION("the network is back before the answer") {
    rep.sync();
    CHECK(rep.run({"bundle", "import", answer}).at("overtaken") == true);
  }
  CHECK(rep.run({"status"}).at("unsynced") == 0);
  lead.sync();
  CHECK(lead.run({"record", "get", person}).at("version") == 2);
  CHECK(lead.run({"record", "get", person}).at("body").at("phone") == "+7 900 000-00-00");
  CHECK(lead.run({"record", "get", client}).at("version") == 2);
  CHECK(company.administer({"verify"}).json.at("sound") == true);
}
