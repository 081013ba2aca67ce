// A revoked device: its unsent work goes to the lead, then it is empty.
#include <fstream>

#include "tests/client-core/sync/office.hpp"

using namespace anketa;
using namespace anketa::client;
using namespace anketa::client::test;

namespace {

/// A sync of a revoked device; what it is refused with. `answered`: how many requests are, before the network fails.
/// `meanwhile`: what its user does, once, while the last request is on its way.
ProblemCode sync_revoked(Office& office, Office::Device& device, int answered = 1000,
                         std::function<void()> meanwhile = {}) {
  auto engine = device.client->sync({1});
  Event event = Start{};
  for (;;) {
    const auto out = engine->step(std::move(event));
    event = Cancel{};
    for (const auto& instruction : out) {
      if (const auto* failed = std::get_if<Failed>(&instruction)) return failed->problem.code;
      if (std::holds_alternative<Done>(instruction)) return ProblemCode::Count;
      const auto* send = std::get_if<SendRequest>(&instruction);
      if (!send) continue;
      if (answered-- <= 0) {
        event = TransportFailed{{ProblemCode::ServerUnreachable, {}, {}}};
      } else if (send->path == "/v1/quarantine") {
        const auto body = Json::parse(send->body);
        CHECK(body.at("refresh") == "refresh");
        if (body.at("last") == true && meanwhile) std::exchange(meanwhile, {})();
        office.quarantine().take(device.author, body);
        event = ResponseReceived{200, {}, "{\"taken\":0}"};
      } else {
        const Problem problem{ProblemCode::DeviceRevoked, {}, {}};
        event = ResponseReceived{403, {}, problem.to_json(text::Language::English).dump()};
      }
    }
  }
}

std::vector<server::JournalRow> quarantined(Office& office, const Office::Device& device) {
  std::vector<server::JournalRow> rows;
  office.store().read([&](server::Reader& reader) { rows = reader.quarantined(device.author.device); });
  return rows;
}

std::string content(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("what is edited while a revoked device hands its work over is handed over too") {
  Office office;
  auto lead = office.device(Role::Lead);
  auto rep = office.device(Role::Rep);
  const auto client = office.client_of(lead, rep);
  office.sync(rep);
  rep.client->edit(client, {{"city", "Псков"}});
  const auto code = sync_revoked(office, rep, 1000, [&] { rep.client->edit(client, {{"phone", "8 800"}}); });
  CHECK(code == ProblemCode::DeviceRevoked);
  CHECK(rep.client->status().records == 0);
  CHECK(quarantined(office, rep).size() == 2);
}

TEST_CASE("a revoked device hands its unsent work over, then holds nothing any more") {
  Office office;
  auto lead = office.device(Role::Lead);
  auto rep = office.device(Role::Rep);
  const auto client = office.client_of(lead, rep);
  office.sync(rep);
  const auto person = rep.client->create("contact", client, contact(client, "Секретный"));
  rep.client->edit(client, {{"city", "Псков"}});
  const auto old_id = rep.client->status().device;
  CHECK(sync_revoked(office, rep) == ProblemCode::DeviceRevoked);
  const auto status = rep.client->status();
  CHECK_FALSE(status.account);
  CHECK(status.records == 0);
  CHECK(status.unsynced == 0);
  CHECK_FALSE(status.device == old_id);
  CHECK(content(rep.options.path).find("Секретный") == std::string::npos);
  CHECK(content(rep.options.path + "-wal").find("Секретный") == std::string::npos);
  CHECK(rep.client->search_clients("ромашка").empty());

  // Kept, but not in effect until somebody accepts it.
  CHECK(quarantined(office, rep).size() == 2);
  office.sync(lead);
  CHECK_FALSE(lead.client->get(person));
  const auto results = office.quarantine().accept(rep.author);
  REQUIRE(results.size() == 2);
  CHECK(results[0].seq > 0);
  CHECK(quarantined(office, rep).empty());
  CHECK(office.quarantine().accept(rep.author).empty());
  office.sync(lead);
  CHECK(lead.client->need(person).view.body["name"] == "Секретный");
  CHECK(lead.client->need(client).view.body["city"] == "Псков");
  CHECK(office.store().verify().empty());
}

TEST_CASE("a hand-over that is cut off loses nothing and wipes nothing; it is done at the next contact") {
  Office office;
  auto lead = office.device(Role::Lead);
  auto rep = office.device(Role::Rep);
  const auto client = office.client_of(lead, rep);
  office.sync(rep);
  rep.client->edit(client, {{"city", "Псков"}});
  for (const int answered : {1, 2}) {
    CHECK(sync_revoked(office, rep, answered) == ProblemCode::ServerUnreachable);
    CHECK(rep.client->status().unsynced == 1);
    CHECK(rep.client->need(client).view.body["city"] == "Псков");
  }
  CHECK(quarantined(office, rep).size() == 1);
  CHECK(sync_revoked(office, rep) == ProblemCode::DeviceRevoked);
  CHECK(quarantined(office, rep).size() == 1);
  CHECK_FALSE(rep.client->status().account);
}

TEST_CASE("an atomic group handed over is accepted whole") {
  Office office;
  auto lead = office.device(Role::Lead);
  auto rep = office.device(Role::Rep);
  const auto client = office.client_of(lead, rep);
  office.sync(rep);
  const auto questionnaire = rep.client->start_questionnaire(client, {}).questionnaire();
  CHECK(sync_revoked(office, rep) == ProblemCode::DeviceRevoked);
  for (const auto& result : office.quarantine().accept(rep.author)) CHECK(result.seq > 0);
  office.sync(lead);
  CHECK(lead.client->get(questionnaire));
}

TEST_CASE("a wiped store takes a new log-in as a new device") {
  Office office;
  auto lead = office.device(Role::Lead);
  auto rep = office.device(Role::Rep);
  office.client_of(lead, rep);
  office.sync(rep);
  CHECK(sync_revoked(office, rep) == ProblemCode::DeviceRevoked);
  office.reopen(rep);
  auto engine = rep.client->log_in({"https://localhost", "user", "secret", "device"});
  engine->step(Start{});
  engine->step(ResponseReceived{
      200,
      {},
      protocol::to_json(protocol::SessionAnswer{"a", "r", 60, rep.author.user, "user", "Имя", Role::Rep}).dump()});
  rep.author.device = rep.client->status().device;
  CHECK(office.sync(rep).pulled > 0);
  CHECK(rep.client->list("client").size() == 1);
}
