// What the engine does about tokens, busy servers, lost connections and answers that make no sense.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "tests/client-core/sync/office.hpp"

using namespace anketa;
using namespace anketa::client;
using namespace anketa::client::test;

namespace {

const std::string refreshing =
    canonical(Json{{"refresh", "refresh"}, {"program", std::string(protocol::program_version())}});

struct Talk {
  Office office;
  Office::Device device = office.device(Role::Lead);
  std::unique_ptr<Engine> engine;
  Instructions last;

  Talk() {
    device.client->create("client", {}, {{"name", "Один"}});
    engine = device.client->sync({4});
    last = engine->step(Start{});
  }
  void feed(Event event) { last = engine->step(std::move(event)); }
  void problem(int status, ProblemCode code, Headers headers = {}) {
    feed(ResponseReceived{status, std::move(headers), Problem{code, {}, {}}.to_json(text::Language::English).dump()});
  }
  const SendRequest& request() { return std::get<SendRequest>(last.at(0)); }
  std::int64_t wait() { return std::get<Wait>(last.at(0)).milliseconds; }
  ProblemCode failed() { return std::get<Failed>(last.back()).problem.code; }
  std::string bearer() { return std::string(header(request().headers, "authorization").value_or("")); }
};

}  // namespace

TEST_CASE("an expired access token is renewed once, stored, and the request sent again") {
  Talk talk;
  CHECK(talk.bearer() == "Bearer access");
  const auto body = talk.request().body;
  talk.problem(401, ProblemCode::TokenExpired);
  CHECK(talk.request().path == "/v1/refresh");
  CHECK(talk.request().body == refreshing);
  const protocol::SessionAnswer renewed{"access2", "refresh2", 60, talk.device.author.user, "user", "Имя", Role::Lead};
  talk.feed(ResponseReceived{200, {}, protocol::to_json(renewed).dump()});
  CHECK(talk.request().path == "/v1/sync");
  CHECK(talk.bearer() == "Bearer access2");
  CHECK(talk.request().body == body);
  talk.feed(talk.office.serve(talk.device, talk.request()));
  CHECK(std::holds_alternative<Done>(talk.last.back()));
  // The next sync starts with the new tokens.
  talk.office.reopen(talk.device);
  talk.engine = talk.device.client->sync();
  talk.feed(Start{});
  CHECK(talk.bearer() == "Bearer access2");
}

TEST_CASE("a refresh that is refused asks for a log-in; a revoked device is told so") {
  Talk talk;
  talk.problem(401, ProblemCode::TokenExpired);
  SECTION("refused") {
    talk.problem(401, ProblemCode::TokenInvalid);
    CHECK(talk.failed() == ProblemCode::NotLoggedIn);
  }
  SECTION("revoked") {
    talk.problem(403, ProblemCode::DeviceRevoked);
    // A server that knows of no quarantine.
    CHECK(talk.request().path == "/v1/quarantine");
    talk.problem(404, ProblemCode::NotFound);
    CHECK(talk.failed() == ProblemCode::DeviceRevoked);
    CHECK(talk.device.client->status().unsynced == 1);
  }
  SECTION("still refused with the new token") {
    const protocol::SessionAnswer renewed{"a", "r", 60, talk.device.author.user, "user", "Имя", Role::Lead};
    talk.feed(ResponseReceived{200, {}, protocol::to_json(renewed).dump()});
    talk.problem(401, ProblemCode::TokenInvalid);
    CHECK(talk.failed() == ProblemCode::TokenInvalid);
  }
  CHECK(talk.device.client->status().unsynced == 1);
}

TEST_CASE("pauses between attempts double, are shortened by chance, and end") {
  Talk talk;
  const auto body = talk.request().body;
  std::int64_t longest = 800;
  for (int attempt = 1; attempt < 4; ++attempt) {
    talk.feed(TransportFailed{{ProblemCode::ServerUnreachable, {}, {}}});
    CHECK(talk.wait() <= longest);
    CHECK(talk.wait() > longest / 2 - 1);
    longest *= 2;
    talk.feed(TimerFired{});
    CHECK(talk.request().body == body);
  }
  talk.feed(TransportFailed{{ProblemCode::ServerUnreachable, {}, {}}});
  CHECK(talk.failed() == ProblemCode::ServerUnreachable);
}

TEST_CASE("a busy server's Retry-After is kept; too long a one ends the sync") {
  Talk talk;
  const auto [status, code] = GENERATE(table<int, ProblemCode>(
      {{429, ProblemCode::TooManyRequests}, {503, ProblemCode::Unavailable}, {500, ProblemCode::Internal}}));
  talk.problem(status, code, {{"retry-after", "7"}});
  CHECK(talk.wait() == 7000);
  talk.feed(TimerFired{});
  talk.problem(status, code, {{"Retry-After", "3600"}});
  CHECK(talk.failed() == code);
}

TEST_CASE("an untrusted certificate is not tried again") {
  Talk talk;
  talk.feed(TransportFailed{{ProblemCode::CertificateUntrusted, {}, {}}});
  CHECK(talk.failed() == ProblemCode::CertificateUntrusted);
}

TEST_CASE("an answer that is none of ours changes nothing") {
  Talk talk;
  const auto answer = GENERATE(as<std::string>(), "", "<html>log in</html>", "{}", R"({"results":[]})",
                               R"({"results":[],"records":[],"removed":[],"cursor":"","epoch":"","complete":false})");
  talk.feed(ResponseReceived{200, {}, answer});
  CHECK(talk.failed() == ProblemCode::BadAnswer);
  CHECK(talk.device.client->status().unsynced == 1);
  CHECK(talk.device.client->list("client").size() == 1);
  CHECK_FALSE(talk.device.client->status().last_sync);
}

TEST_CASE("a page of a network log-in with an error status is a bad answer") {
  Talk talk;
  talk.feed(ResponseReceived{302, {}, "<html>"});
  CHECK(talk.failed() == ProblemCode::BadAnswer);
}

TEST_CASE("a cursor the server cannot read is given up once, and everything comes anew") {
  Talk talk;
  talk.feed(talk.office.serve(talk.device, talk.request()));
  talk.engine = talk.device.client->sync();
  talk.feed(Start{});
  CHECK(Json::parse(talk.request().body)["cursor"] != "");
  talk.problem(400, ProblemCode::CursorInvalid);
  CHECK(Json::parse(talk.request().body)["cursor"] == "");
  SECTION("then it goes on") {
    talk.feed(talk.office.serve(talk.device, talk.request()));
    CHECK(std::get<Done>(talk.last.back()).summary.pulled == 1);
  }
  SECTION("but not for ever") {
    talk.problem(400, ProblemCode::CursorInvalid);
    CHECK(talk.failed() == ProblemCode::CursorInvalid);
  }
}

TEST_CASE("a cancelled sync keeps what was committed and takes no more events") {
  Talk talk;
  talk.feed(Cancel{});
  CHECK(talk.failed() == ProblemCode::Cancelled);
  CHECK_THROWS_AS(talk.engine->step(TimerFired{}), std::logic_error);
}

TEST_CASE("an event that was not asked for is the caller's mistake") {
  Talk talk;
  CHECK_THROWS_AS(talk.engine->step(TimerFired{}), std::logic_error);
  CHECK_THROWS_AS(talk.engine->step(Start{}), std::logic_error);
}

TEST_CASE("the pair of nonces stays the same until an exchange is answered to its end, then moves on") {
  Talk talk;
  const auto first = Json::parse(talk.request().body);
  talk.feed(Cancel{});
  talk.engine = talk.device.client->sync();
  talk.feed(Start{});
  const auto again = Json::parse(talk.request().body);
  CHECK(again["nonce"] == first["nonce"]);
  CHECK(again["next_nonce"] == first["next_nonce"]);
  talk.feed(talk.office.serve(talk.device, talk.request()));
  talk.engine = talk.device.client->sync();
  talk.feed(Start{});
  const auto next = Json::parse(talk.request().body);
  CHECK(next["nonce"] == first["next_nonce"]);
  CHECK(next["next_nonce"] != first["next_nonce"]);
}

TEST_CASE("a wrong password fails at once with what the server says") {
  Office office;
  auto device = office.device(Role::Rep);
  auto engine = device.client->log_in({"https://localhost", "anna", "wrong", "Ноутбук"});
  const auto request = std::get<SendRequest>(engine->step(Start{}).at(0));
  CHECK(request.path == "/v1/login");
  CHECK(Json::parse(request.body)["device"]["id"] == device.client->status().device.text());
  CHECK_FALSE(header(request.headers, "Authorization"));
  const auto end = engine->step(
      ResponseReceived{401, {}, Problem{ProblemCode::BadCredentials, {}, {}}.to_json(text::Language::Russian).dump()});
  CHECK(std::get<Failed>(end.back()).problem.code == ProblemCode::BadCredentials);
}

TEST_CASE("a renewal whose answer was lost is tried again with the old token") {
  Talk talk;
  talk.problem(401, ProblemCode::TokenExpired);
  CHECK(talk.request().path == "/v1/refresh");
  talk.feed(TransportFailed{{ProblemCode::ServerUnreachable, {}, {}}});
  CHECK(talk.wait() > 0);
  talk.feed(TimerFired{});
  talk.problem(401, ProblemCode::TokenExpired);
  CHECK(talk.request().path == "/v1/refresh");
  CHECK(talk.request().body == refreshing);
}

TEST_CASE("logging out ends the session at the server; the device is logged out whether that works or not") {
  Talk talk;
  talk.engine = talk.device.client->log_out_at_server();
  CHECK(talk.device.client->account()->login == "user");
  CHECK_THROWS_AS(talk.device.client->sync(), ProblemError);
  talk.feed(Start{});
  CHECK(talk.request().path == "/v1/logout");
  CHECK(talk.request().body == R"({"refresh":"refresh"})");
  CHECK(talk.bearer().empty());
  SECTION("told") {
    talk.feed(ResponseReceived{204, {}, {}});
    CHECK(std::holds_alternative<Done>(talk.last.back()));
  }
  SECTION("offline") {
    talk.feed(TransportFailed{{ProblemCode::ServerUnreachable, {}, {}}});
    CHECK(talk.failed() == ProblemCode::ServerUnreachable);
  }
  CHECK(talk.device.client->status().unsynced == 1);
  // A second time there is nothing to tell.
  talk.engine = talk.device.client->log_out_at_server();
  talk.feed(Start{});
  CHECK(std::holds_alternative<Done>(talk.last.back()));
}
