// What the server gets over the wire and must not take: each a clear answer, and nothing that was there is lost.
#include <catch2/catch_test_macros.hpp>

#include <fstream>

#include "shared/compression/compression.hpp"
#include "shared/protocol/limits.hpp"
#include "sync-server/auth/tokens.hpp"
#include "tests/scenario/office_line.hpp"

using namespace anketa;
using namespace anketa::scenario;

namespace {

/// A company whose rep has one client and one contact of it.
class Wire {
 public:
  Wire() {
    company.start_server();
    lead.join();
    client = lead.run({"record", "put", "client", "--set", "name=ООО Ромашка"})["id"].get<std::string>();
    foreign = lead.run({"record", "put", "client", "--set", "name=ООО Чужие"})["id"].get<std::string>();
    for (const auto& [whose, who] : {std::pair{client, anna.login()}, {foreign, boris.login()}}) {
      const auto user = lead.find("user", "login", who)["id"].get<std::string>();
      lead.run({"record", "put", "assignment", "--client", whose, "--set", "user=" + user, "--set", "role=owner"});
    }
    lead.run({"record", "put", "contact", "--client", client, "--set", "name=Мария"});
    lead.sync();
  }

  /// The server still serves, a new device finds the contact, and the store is sound.
  void check_unharmed() {
    OfficeLine line(company, "anna");
    CHECK(line.send(line.nothing_new()).status == 200);
    anna.join();
    CHECK(anna.find("contact", "name", "Мария")["scope"] == client);
    company.stop_server();
    CHECK(company.administer({"verify"}).code == 0);
  }

  Company company;
  Person lead = company.hire("olga", "lead");
  Person anna = company.hire("anna", "rep");
  Person boris = company.hire("boris", "rep");
  std::string client, foreign;
};

std::uint64_t memory_of(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  for (std::string word; status >> word;)
    if (word == "VmHWM:") {
      std::uint64_t kilobytes = 0;
      status >> kilobytes;
      return kilobytes << 10;
    }
  return 0;
}

std::string token_key(const Company& company) {
  std::ifstream file(company.data() + "/token.key", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("Bodies that are no sync are refused with a clear code and harm nothing") {
  Wire wire;
  const OfficeLine line(wire.company, "anna");
  CHECK(code_of(line.send("{\"protocol\": 1, \"mutations\": [")) == "request.malformed_json");
  CHECK(code_of(line.send("\xff\xfe\x00 no text")) == "request.malformed_json");
  const std::string deep = std::string(5000, '[') + std::string(5000, ']');
  CHECK(code_of(line.send("{\"protocol\": 1, \"mutations\": " + deep + "}")) == "request.too_deep");
  const auto oversize = line.send(std::string(protocol::max_request_bytes + 1, ' '));
  CHECK(oversize.status == 413);
  CHECK(code_of(oversize) == "request.too_large");
  wire.check_unharmed();
}

TEST_CASE("A gzip bomb is refused without being unpacked") {
  Wire wire;
  const OfficeLine line(wire.company, "anna");
  const auto bomb = compress(Encoding::Gzip, std::string(std::size_t{256} << 20, ' '));
  REQUIRE(bomb.size() < protocol::max_request_bytes);
  const auto before = memory_of(wire.company.server().id());
  CHECK(code_of(line.send(bomb, {{"Content-Encoding", "gzip"}})) == "request.too_large");
  CHECK(memory_of(wire.company.server().id()) < before + (std::size_t{64} << 20));
  CHECK(code_of(line.send("no gzip at all", {{"Content-Encoding", "gzip"}})) != "internal");
  wire.check_unharmed();
}

TEST_CASE("Whoever has no good token is told which way it is bad, and gets no record") {
  Wire wire;
  OfficeLine line(wire.company, "anna");
  SystemEnvironment environment;
  const auto body = line.nothing_new();
  const auto hour = Instant{3600} * 1000;
  server::AccessClaims claims{line.user(), line.device(), Uuid::v7(environment), Role::Rep, environment.now() + hour};
  const server::TokenSigner stranger(server::new_token_key(environment));
  for (const auto& token : {std::string("garbage"), std::string(5000, 'x'), stranger.sign(claims)}) {
    const auto answer = line.send_as(token, body);
    CHECK(answer.status == 401);
    CHECK(code_of(answer) == "auth.token_invalid");
  }
  claims.expires_at = environment.now() - hour;
  CHECK(code_of(line.send_as(server::TokenSigner(token_key(wire.company)).sign(claims), body)) == "auth.token_expired");
  const auto nobody = TestClient(wire.company.port(), wire.company.ca_file()).request("POST", "/v1/sync", body);
  CHECK(code_of(nobody) == "auth.not_logged_in");
  const auto wrong =
      wire.anna.try_to({"login", wire.company.address(), "--user", "anna", "--ca", wire.company.ca_file(),
                        "--password-file", wire.company.file("wrong", "not the password\n")});
  CHECK(wrong.code == 3);
  CHECK(wrong.problem() == "auth.bad_credentials");
  wire.check_unharmed();
}

TEST_CASE("Edits the server may not take are parked with the reason, kept, and repeatable (R34, R36)") {
  Wire wire;
  OfficeLine line(wire.company, "anna");
  const auto own = Uuid::from(wire.client);
  const auto foreign = Uuid::from(wire.foreign);
  const auto parked = [&](const Mutation& mutation) {
    const auto first = line.push(mutation);
    CHECK(first.status == protocol::ResultStatus::Parked);
    const auto second = line.push(mutation);
    CHECK(second.repeat);
    CHECK(second.status == protocol::ResultStatus::Parked);
    return first.problem ? std::string(id(first.problem->code)) : std::string();
  };
  CHECK(parked(line.making("contact", foreign, {{"client", foreign.text()}, {"name", "Чужая"}})) == "auth.forbidden");
  CHECK(parked(line.making("spaceship", own, {{"name", "Восток"}})) == "record.unknown_collection");
  CHECK(parked(line.making("contact", own, {{"client", own.text()}, {"name", 5}})) == "record.wrong_type");
  const auto good = line.push(line.making("contact", own, {{"client", own.text()}, {"name", "Ольга"}}));
  CHECK(good.status == protocol::ResultStatus::Applied);
  wire.check_unharmed();
  CHECK(wire.anna.run({"record", "list", "contact"}).size() == 2);
}

TEST_CASE(
    "An edit of a client that was taken from its rep meanwhile still takes effect, and the client leaves his device "
    "(R34)") {
  Wire wire;
  wire.anna.join();
  const auto contact = wire.anna.find("contact", "name", "Мария")["id"].get<std::string>();
  wire.anna.run({"record", "edit", contact, "--set", "post=Директор"});
  wire.lead.run({"team", "owner", wire.client, "boris"});
  wire.lead.sync();
  const auto summary = wire.anna.sync();
  INFO(summary.dump());
  CHECK(summary["merged"] == 1);
  CHECK(summary["parked_total"] == 0);
  wire.lead.sync();
  CHECK(wire.lead.run({"record", "get", contact})["body"]["post"] == "Директор");
  wire.anna.sync();
  CHECK(wire.anna.run({"clients"}).empty());
}
