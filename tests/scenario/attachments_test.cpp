// Attachments by the programs as they are shipped.
#include <catch2/catch_test_macros.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/scenario/company.hpp"

using namespace anketa;
using namespace anketa::scenario;

namespace {

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct TwoLaptops : Company {
  Person anna = hire("anna", "lead"), boris = hire("boris", "lead");

  TwoLaptops() {
    start_server();
    anna.join();
    boris.join();
  }
  /// On Anna's; gives its id.
  std::string make_client() {
    return anna.run({"record", "put", "client", "--set", "name=ООО Ромашка"})["id"].get<std::string>();
  }
};

/// The one content on the server.
std::filesystem::path blob_of(const Company& company) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(company.data() + "/blobs"))
    if (entry.is_regular_file() && entry.path().filename().string().size() == 64) return entry.path();
  return {};
}

}  // namespace

TEST_CASE("A file attached on one laptop is saved on another, and lives through backup and restore") {
  TwoLaptops company;
  auto &anna = company.anna, &boris = company.boris;
  const auto client = company.make_client();
  std::string content;
  for (int i = 0; i < 400'000; ++i) content += std::to_string(i * 7'919);
  const auto attached = anna.run({"attach", client, company.file("договор.pdf", content)});
  CHECK(attached["content"] == "to_upload");
  CHECK(attached["body"]["name"] == "договор.pdf");
  CHECK(attached["body"]["media_type"] == "application/pdf");
  const auto id = attached["id"].get<std::string>();
  CHECK(anna.sync()["attachments"] == 1);
  CHECK(anna.run({"attachments", client})[0]["content"] == "here");

  boris.sync();
  CHECK(boris.run({"attachments", client})[0]["content"] == "elsewhere");
  const auto saved = company.path("saved.pdf");
  CHECK(boris.run({"attachment", "get", id, saved})["bytes"] == content.size());
  CHECK((content_of(saved) == content));

  CHECK(company.administer({"backup", company.path("copy.db")}).json["attachments"] == 1);
  company.stop_server();
  CHECK(company.administer({"verify"}).code == 0);
  const auto blob = blob_of(company);
  std::ofstream(blob) << "something else";
  CHECK(company.administer({"verify"}).code == 1);
  std::filesystem::remove_all(company.data() + "/blobs");
  CHECK(company.administer({"restore", company.path("copy.db"), "--force"}).json["attachments"] == 1);
  CHECK((content_of(blob.string()) == content));
  CHECK(company.administer({"verify"}).code == 0);
}

TEST_CASE("A file that a server restored on another machine has lost comes back from whoever holds it") {
  TwoLaptops company;
  auto &anna = company.anna, &boris = company.boris;
  const auto client = company.make_client();
  anna.sync();
  CHECK(company.administer({"backup", company.path("copy.db")}).json["attachments"] == 0);
  const auto id = anna.run({"attach", client, company.file("договор.pdf", "a contract")})["id"].get<std::string>();
  CHECK(anna.sync()["attachments"] == 1);
  company.stop_server();

  std::filesystem::remove_all(company.data() + "/blobs");
  CHECK(company.administer({"restore", company.path("copy.db"), "--force"}).json["attachments"] == 0);
  company.start_server();
  CHECK(anna.sync()["attachments"] == 1);
  CHECK(anna.run({"attachments", client})[0]["content"] == "here");
  boris.sync();
  CHECK(boris.run({"attachment", "get", id, company.path("saved.pdf")})["bytes"] == 10);
  // Asked once more, nothing is sent: it is there.
  CHECK(anna.sync()["attachments"] == 0);
  company.stop_server();
}

TEST_CASE("sync --watch shows what a colleague has done a moment later, and ends with Ctrl-C") {
  TwoLaptops company;
  auto &anna = company.anna, &boris = company.boris;
  auto watch = boris.at_terminal({"sync", "--watch"});
  watch->await("Connected");
  company.make_client();
  anna.sync();
  watch->await("record", 30s);
  watch->type("\x03");
  CHECK(watch->wait() == 130);
  CHECK(boris.find("client", "name", "ООО Ромашка")["version"] == 1);
}
