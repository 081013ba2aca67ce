// `anketa-server user …`, typed as a person types it.
#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <iostream>
#include <sstream>

#include "sync-server/store/store.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_environment.hpp"
#include "tools/server/command_line.hpp"

namespace anketa::server::program {
namespace {

struct Answer {
  int code = -1;
  Json json;
};

/// Runs a command with --json; what it prints is the answer.
class Terminal {
 public:
  Terminal() : data_(folder_.file("data")) {
    std::ofstream(folder_.file("password")) << "a long password\n";
    REQUIRE(type({"init"}).code == 0);
  }

  Answer type(std::vector<std::string> words) {
    words.insert(words.begin(), "anketa-server");
    words.insert(words.end(), {"--json", "--data", data_});
    std::vector<const char*> arguments;
    for (const auto& word : words) arguments.push_back(word.c_str());
    std::ostringstream printed;
    auto* before = std::cout.rdbuf(printed.rdbuf());
    Answer answer;
    answer.code = CommandLine(text::Language::English).run(static_cast<int>(arguments.size()), arguments.data());
    std::cout.rdbuf(before);
    answer.json = Json::parse(printed.str(), nullptr, false);
    return answer;
  }

  Answer add(std::vector<std::string> more) {
    more.insert(more.begin(), {"user", "add", "anna", "--password-file", folder_.file("password")});
    return type(std::move(more));
  }

  Json user_record() {
    test::TestEnvironment environment;
    Json body;
    open_sqlite_store({data_, 1, false}, environment)->read([&](Reader& reader) {
      for (const auto& head : reader.heads_of("user", std::nullopt))
        if (auto user = Json::parse(head.body); user.value("login", "") == "anna") body = user;
    });
    return body;
  }

 private:
  test::TemporaryFolder folder_;
  std::string data_;
};

}  // namespace

TEST_CASE("A rep is added with his share of the norm (R8)") {
  Terminal terminal;
  const auto added = terminal.add({"--name", "Анна Ковалёва", "--share", "full"});
  REQUIRE(added.code == 0);
  CHECK(added.json["role"] == "rep");
  CHECK(terminal.user_record()["share"] == "full");
  CHECK(terminal.user_record()["name"] == "Анна Ковалёва");
}

TEST_CASE("A share that is neither part nor full is refused, and nobody is added") {
  Terminal terminal;
  const auto refused = terminal.add({"--share", "half"});
  CHECK(refused.code == 1);
  CHECK(refused.json["code"] == "record.invalid_value");
  CHECK(terminal.type({"user", "list"}).json.empty());
}

TEST_CASE("Without a share the record says none") {
  Terminal terminal;
  REQUIRE(terminal.add({}).code == 0);
  CHECK_FALSE(terminal.user_record().contains("share"));
}

TEST_CASE("A share, a role and a name change later, as often as it takes (R4, R8)") {
  Terminal terminal;
  REQUIRE(terminal.add({"--share", "full"}).code == 0);
  for (const auto* share : {"part", "full", "part"}) {
    REQUIRE(terminal.type({"user", "change", "anna", "--share", share}).code == 0);
    CHECK(terminal.user_record()["share"] == share);
  }
  CHECK(terminal.type({"user", "change", "anna", "--role", "lead", "--name", "Анна Ким"}).json["role"] == "lead");
  CHECK(terminal.user_record()["name"] == "Анна Ким");
  CHECK(terminal.user_record()["share"] == "part");
  CHECK(terminal.type({"user", "change", "anna", "--role", "boss"}).json["code"] == "record.invalid_value");
  CHECK(terminal.type({"user", "change", "anna"}).json["code"] == "usage.invalid");
  CHECK(terminal.type({"user", "change", "nobody", "--name", "X"}).json["code"] == "record.not_found");
  const auto listed = terminal.type({"user", "list"}).json;
  CHECK(listed.at(0).at("share") == "part");
  CHECK(listed.at(0).at("clients_owned") == 0);
}

TEST_CASE("A closed account is open again") {
  Terminal terminal;
  REQUIRE(terminal.add({}).code == 0);
  CHECK(terminal.type({"user", "close", "anna"}).json["active"] == false);
  CHECK(terminal.user_record()["active"] == false);
  CHECK(terminal.type({"user", "reopen", "anna"}).json["active"] == true);
  CHECK(terminal.user_record()["active"] == true);
}

}  // namespace anketa::server::program
