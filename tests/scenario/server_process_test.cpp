// anketa-server as a process: how it ends, and how it refuses to begin. Exit codes as docs/operations.md has them.
#include <catch2/catch_test_macros.hpp>
#include <csignal>
#include <fstream>
#include <thread>

#include "tests/scenario/office_line.hpp"

using namespace anketa;
using namespace anketa::scenario;

namespace {

constexpr int failed = 1;
constexpr int wrong_usage = 2;

/// anketa-server with these arguments, and settings from the environment.
Outcome serve(Company& company, const Arguments& arguments, Variables settings = {}) {
  Arguments whole{program("anketa-server"), "--json"};
  whole.insert(whole.end(), arguments.begin(), arguments.end());
  settings.merge(quiet_english());
  const auto ended = run(whole, settings, company.next_log());
  auto json = Json::parse(ended.output, nullptr, false);
  return {ended.code, json.is_discarded() ? Json() : std::move(json), ended.errors};
}

/// It must fail with this problem, in words without gaps; gives its message.
std::string refused(const Outcome& outcome, std::string_view problem) {
  INFO(outcome.json.dump() << outcome.errors);
  CHECK(outcome.code == failed);
  CHECK(outcome.problem() == problem);
  const auto message = string_or_empty(outcome.json, "message");
  CHECK_FALSE(message.empty());
  CHECK_FALSE(string_or_empty(outcome.json, "remedy").empty());
  CHECK(message.find('{') == std::string::npos);
  return message;
}

bool names(const std::string& message, std::string_view what) {
  return message.find(what) != std::string::npos;
}

/// A request that pushes these mutations, as bytes on the wire, and the token it needs.
std::string push_request(const Company& company, const OfficeLine& line, const std::vector<Mutation>& mutations) {
  const Json log_in{{"login", "olga"},
                    {"password", "password of olga"},
                    {"device", {{"id", line.device().text()}, {"name", "Test"}}}};
  const auto session = TestClient(company.port(), company.ca_file()).request("POST", "/v1/login", log_in.dump());
  const auto access = Json::parse(session.text()).at("access").get<std::string>();
  auto body = Json::parse(line.nothing_new());
  for (const auto& mutation : mutations) body["mutations"].push_back(to_json(mutation));
  const auto text = body.dump();
  return "POST /v1/sync HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + access +
         "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(text.size()) + "\r\n\r\n" + text;
}

/// The process of a second server over the company's data.
struct SecondServer {
  Process process;
  std::string address;

  explicit SecondServer(Company& company)
      : process({program("anketa-server"), "--json", "--data", company.data(), "--port", "0", "serve"}, quiet_english(),
                company.next_log()),
        address(Json::parse(process.first_line()).at("address").get<std::string>()) {}
};

}  // namespace

TEST_CASE("SIGTERM with a request in flight: it is finished and acknowledged, idle connections end, nothing is lost") {
  Company company;
  auto lead = company.hire("olga", "lead");
  company.start_server();
  OfficeLine line(company, "olga");
  auto mutation = line.making("client", Uuid(), {{"name", "ООО На лету"}});
  mutation.scope = mutation.record;
  const auto request = push_request(company, line, {mutation});
  TestClient idle(company.port(), company.ca_file());
  REQUIRE(idle.get("/healthz").status == 200);
  TestClient in_flight(company.port(), company.ca_file());
  const auto half = request.size() - 40;
  in_flight.send(request.substr(0, half));
  std::this_thread::sleep_for(300ms);
  company.server().signal(SIGTERM);
  CHECK(idle.closed_by_server());
  CHECK_THROWS(TestClient(company.port(), company.ca_file()));
  CHECK(company.server().running());
  in_flight.send(request.substr(half));
  const auto answer = in_flight.receive();
  CHECK(answer.status == 200);
  const auto result = protocol::decode_answer(answer.text()).results.at(0);
  CHECK(result.status == protocol::ResultStatus::Applied);
  CHECK(in_flight.closed_by_server());
  CHECK(company.server().wait(20s).code == 0);
  CHECK(company.administer({"verify"}).code == 0);
  company.start_server();
  lead.join();
  CHECK(lead.find("client", "name", "ООО На лету")["version"] == 1);
}

TEST_CASE("SIGINT and SIGTERM end a server that nobody speaks to at once, with exit code 0") {
  Company company;
  for (const int signal : {SIGTERM, SIGINT}) {
    company.start_server();
    company.server().signal(signal);
    CHECK(company.server().wait(5s).code == 0);
  }
}

TEST_CASE("SIGTERM in the midst of many pushes: each that was acknowledged is there afterwards") {
  Company company;
  auto lead = company.hire("olga", "lead");
  company.start_server();
  std::vector<std::vector<std::string>> acknowledged(4);
  std::vector<std::thread> pushers;
  for (std::size_t i = 0; i < acknowledged.size(); ++i)
    pushers.emplace_back([&company, &mine = acknowledged[i], i] {
      try {
        OfficeLine line(company, "olga");
        for (int n = 0; n < 10'000; ++n) {
          const auto name = "ООО " + std::to_string(i) + "-" + std::to_string(n);
          auto mutation = line.making("client", Uuid(), {{"name", name}});
          mutation.scope = mutation.record;
          if (line.push(mutation).status == protocol::ResultStatus::Applied) mine.push_back(name);
        }
      } catch (const std::exception&) {
        // The server has gone: what it has not answered for does not count.
      }
    });
  std::this_thread::sleep_for(2s);
  company.server().signal(SIGTERM);
  const auto ended = company.server().wait(20s);
  for (auto& pusher : pushers) pusher.join();
  CHECK(ended.code == 0);
  CHECK(company.administer({"verify"}).json["sound"] == true);
  company.start_server();
  lead.join();
  std::set<std::string> there;
  for (const auto& record : lead.run({"record", "list", "client"}))
    there.insert(record["body"]["name"].get<std::string>());
  std::size_t count = 0;
  for (const auto& mine : acknowledged)
    for (const auto& name : mine) {
      CHECK(there.contains(name));
      ++count;
    }
  CHECK(count > 20);
}

TEST_CASE("Wrong settings are refused all at once, each with its name and where it came from") {
  Company company;
  const auto file = company.file(
      "bad.json", R"({"port": "many", "colour": "red", "tls": "maybe", "listen": ["a"], "organisation": ""})");
  const auto told = refused(serve(company, {"--config", file, "serve"}, {{"ANKETA_WORKERS", "-3"}}), "config.invalid");
  for (const auto* what : {"port", "colour", "tls", "listen", "organisation", "workers", "bad.json", "environment"})
    CHECK(names(told, what));
  const auto half = company.file("half.json", R"({"port": )");
  CHECK(names(refused(serve(company, {"--config", half, "serve"}), "config.invalid"), "half.json"));
  const auto nowhere = company.path("nowhere.json");
  CHECK(names(refused(serve(company, {"--config", nowhere, "serve"}), "file.unreadable"), "nowhere.json"));
  const Arguments data{"--data", company.data(), "--port", "0", "serve"};
  const auto with = [&](const char* flag, const char* value) {
    Arguments all{flag, value};
    all.insert(all.end(), data.begin(), data.end());
    return serve(company, all);
  };
  CHECK(names(refused(with("--zone", "Mars/Olympus"), "config.invalid"), "Mars/Olympus"));
  CHECK(names(refused(with("--listen", "everywhere"), "config.invalid"), "listen"));
  CHECK(names(refused(with("--log-level", "chatty"), "config.invalid"), "chatty"));
  CHECK(serve(company, {"--colour", "red", "serve"}).code == wrong_usage);
  CHECK(serve(company, {"--data", company.data()}).code == wrong_usage);
  CHECK(serve(company, {"dance"}).code == wrong_usage);
  CHECK(serve(company, {"--help"}).code == 0);
}

TEST_CASE("A bad certificate stops the start with the name of the file that is bad") {
  Company company;
  company.start_server();
  company.stop_server();
  const auto rubbish = company.file("rubbish.pem", "no certificate\n");
  const auto good = company.data() + "/tls/server.pem", good_key = company.data() + "/tls/server.key";
  const auto foreign_key = company.data() + "/tls/ca.key";
  const auto with = [&](const std::string& certificate, const std::string& key) {
    return serve(company,
                 {"--data", company.data(), "--port", "0", "--certificate", certificate, "--key", key, "serve"});
  };
  CHECK(names(refused(with(rubbish, good_key), "config.invalid"), rubbish));
  CHECK(names(refused(with(good, rubbish), "config.invalid"), rubbish));
  CHECK(names(refused(with(company.path("none.pem"), good_key), "config.invalid"), "none.pem"));
  CHECK(names(refused(with(good, foreign_key), "config.invalid"), foreign_key));
  const auto alone = serve(company, {"--data", company.data(), "--certificate", good, "serve"});
  CHECK(names(refused(alone, "config.invalid"), "key"));
}

TEST_CASE("Data that is not there, cannot be made or is no database is named, and left as it is") {
  Company company;
  const auto nowhere = company.path("nowhere");
  for (const auto* command : {"serve", "verify"})
    CHECK(names(refused(serve(company, {"--data", nowhere, command}), "usage.not_initialised"), nowhere));
  CHECK_FALSE(std::filesystem::exists(nowhere));
  const auto in_a_file = company.file("file", "a file") + "/data";
  CHECK(names(refused(serve(company, {"--data", in_a_file, "init"}), "file.unwritable"), in_a_file));
  const auto folder = company.path("damaged");
  std::filesystem::create_directory(folder);
  const std::string content = "this has never been a database of anybody, and it must still be here afterwards";
  company.file("damaged/anketa.db", content);
  for (const auto* command : {"serve", "verify", "init"})
    refused(serve(company, {"--data", folder, command}), "store.damaged");
  std::ifstream left(folder + "/anketa.db", std::ios::binary);
  CHECK(std::string(std::istreambuf_iterator<char>(left), {}) == content);
}

TEST_CASE("Two servers over one data folder: what is pushed to either is seen at both, and the store stays sound") {
  Company company;
  auto lead = company.hire("olga", "lead");
  auto manager = company.hire("vera", "lead");
  company.start_server();
  SecondServer second(company);
  lead.join();
  manager.run({"login", second.address, "--user", "vera", "--password-file", company.path("vera.password"), "--ca",
               company.ca_file()});
  manager.sync();
  for (int round = 0; round < 5; ++round) {
    const auto first = "ООО Первая " + std::to_string(round), other = "ООО Вторая " + std::to_string(round);
    lead.run({"record", "put", "client", "--set", "name=" + first});
    manager.run({"record", "put", "client", "--set", "name=" + other});
    std::thread together([&] { OfficeLine(company, "olga"); });
    CHECK(lead.sync()["applied"] == 1);
    together.join();
    CHECK(manager.sync()["applied"] == 1);
    lead.sync();
    CHECK(lead.find("client", "name", other)["version"] == 1);
    CHECK(manager.find("client", "name", first)["version"] == 1);
  }
  second.process.signal(SIGTERM);
  CHECK(second.process.wait().code == 0);
  company.stop_server();
  CHECK(company.administer({"verify"}).json["sound"] == true);
}
