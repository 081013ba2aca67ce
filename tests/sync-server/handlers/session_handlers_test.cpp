#include <catch2/catch_test_macros.hpp>

#include "sync-server/system/files.hpp"
#include "tests/sync-server/handlers/organisation.hpp"

using namespace anketa;
using namespace anketa::server;
using namespace anketa::server::test;

TEST_CASE("A log-in over TLS gives tokens and what a client wants to know first") {
  Organisation organisation;
  const auto anna = organisation.add("anna", Role::Rep);
  const auto session = organisation.log_in("anna", Uuid::v7(organisation.environment));
  CHECK(session.at("user").at("id") == anna.text());
  CHECK(session.at("user").at("role") == "rep");
  CHECK(session.at("organisation") == "Рога и копыта");
  CHECK(session.at("expires_in") == 900);
  CHECK(session.at("protocol").at("max") == protocol::version);
  CHECK_FALSE(session.at("epoch").get<std::string>().empty());
  const auto me = organisation.client().get("/v1/me", bearer(session));
  CHECK(Json::parse(me.text()).at("user").at("login") == "anna");
}

TEST_CASE("A browser logs in without a device") {
  Organisation organisation;
  organisation.add("lead", Role::Lead);
  const auto answer = organisation.post("/v1/login", {{"login", "Lead"}, {"password", "password of lead"}});
  CHECK(answer.status == 200);
  CHECK(organisation.client().get("/lead-only", bearer(Json::parse(answer.text()))).status == 204);
}

TEST_CASE("A wrong password is refused and guessing is slowed down") {
  Organisation organisation;
  organisation.add("anna", Role::Rep);
  const Json wrong{{"login", "anna"}, {"password", "guess"}};
  for (int i = 0; i < LoginLimiter::free_per_account; ++i) {
    const auto answer = organisation.post("/v1/login", wrong);
    CHECK(answer.status == 401);
    CHECK(code_of(answer) == "auth.bad_credentials");
  }
  const auto answer = organisation.post("/v1/login", wrong);
  CHECK(answer.status == 429);
  CHECK(code_of(answer) == "request.too_many");
}

TEST_CASE("A malformed log-in says which part is wrong") {
  Organisation organisation;
  CHECK(code_of(organisation.client().request("POST", "/v1/login", "{\"login\":")) == "request.malformed_json");
  CHECK(code_of(organisation.post("/v1/login", {{"login", "anna"}})) == "record.required_missing");
  CHECK(code_of(organisation.post("/v1/login", {{"login", 1}, {"password", "x"}})) == "record.wrong_type");
  const Json bad_device{{"login", "a"}, {"password", "b"}, {"device", {{"id", "7"}}}};
  CHECK(code_of(organisation.post("/v1/login", bad_device)) == "record.invalid_value");
  CHECK(code_of(organisation.client().request("POST", "/v1/login", std::string(5000, '['))) == "request.too_deep");
  CHECK(organisation.client().request("POST", "/v1/login", std::string(100'000, ' ')).status == 413);
}

TEST_CASE("A request without a token, with a wrong or an expired one is refused") {
  Organisation organisation;
  organisation.add("anna", Role::Rep);
  const auto session = organisation.log_in("anna", Uuid::v7(organisation.environment));
  const auto ask = [&](const TestClient::Headers& headers) { return organisation.client().get("/v1/me", headers); };
  CHECK(code_of(ask({})) == "auth.not_logged_in");
  CHECK(code_of(ask({{"Authorization", "Basic abc"}})) == "auth.not_logged_in");
  CHECK(code_of(ask({{"Authorization", "Bearer abc"}})) == "auth.token_invalid");
  organisation.environment.advance(access_life);
  CHECK(code_of(ask(bearer(session))) == "auth.token_expired");
  CHECK(ask(bearer(session)).status == 401);
}

TEST_CASE("Refresh tokens rotate over HTTP, and reuse of an old one ends the session") {
  Organisation organisation;
  organisation.add("anna", Role::Rep);
  const auto session = organisation.log_in("anna", Uuid::v7(organisation.environment));
  const auto refresh = [&](const Json& with) {
    return organisation.post("/v1/refresh", {{"refresh", with.at("refresh")}});
  };
  const auto second = Json::parse(refresh(session).text());
  CHECK(second.at("user").at("login") == "anna");
  CHECK(Json::parse(refresh(session).text()).at("refresh") == second.at("refresh"));
  const auto third = Json::parse(refresh(second).text());
  CHECK(code_of(refresh(session)) == "auth.token_invalid");
  CHECK(code_of(refresh(third)) == "auth.token_invalid");
}

TEST_CASE("Sessions outlive a restart of the server's store") {
  Organisation organisation;
  organisation.add("anna", Role::Rep);
  const auto session = organisation.log_in("anna", Uuid::v7(organisation.environment));
  auto second = open_sqlite_store({organisation.folder.path().string(), 1, false}, organisation.environment);
  const auto devices = second->accounts().devices(Uuid::from(session.at("user").at("id").get<std::string>()));
  REQUIRE(devices.size() == 1);
  CHECK(devices.front().name == "Phone");
}

TEST_CASE("A revoked device is refused at its next request") {
  Organisation organisation;
  organisation.add("anna", Role::Rep);
  const auto device = Uuid::v7(organisation.environment);
  const auto session = organisation.log_in("anna", device);
  organisation.store->accounts().revoke_device(device, {}, 0);
  const auto answer = organisation.client().get("/v1/me", bearer(session));
  CHECK(answer.status == 403);
  CHECK(code_of(answer) == "auth.device_revoked");
}

TEST_CASE("Log-out ends the session and never complains") {
  Organisation organisation;
  organisation.add("anna", Role::Rep);
  const auto session = organisation.log_in("anna", Uuid::v7(organisation.environment));
  CHECK(organisation.post("/v1/logout", {{"refresh", session.at("refresh")}}).status == 204);
  CHECK(organisation.post("/v1/logout", {{"refresh", "rubbish"}}).status == 204);
  CHECK(code_of(organisation.post("/v1/refresh", {{"refresh", session.at("refresh")}})) == "auth.token_invalid");
}

TEST_CASE("A role that may not is refused") {
  Organisation organisation;
  organisation.add("anna", Role::Rep);
  const auto session = organisation.log_in("anna", Uuid::v7(organisation.environment));
  const auto answer = organisation.client().get("/lead-only", bearer(session));
  CHECK(answer.status == 403);
  CHECK(code_of(answer) == "auth.forbidden");
}

TEST_CASE("Health, readiness, metrics and the certificate to trust") {
  Organisation organisation;
  CHECK(organisation.client().get("/healthz").text() == "ok\n");
  CHECK(organisation.client().get("/readyz").status == 200);
  const auto metrics = organisation.client().get("/metrics");
  CHECK(metrics.header("content-type").find("version=0.0.4") != std::string::npos);
  CHECK(metrics.text().find("anketa_http_requests_total{route=\"/healthz\",status=\"200\"} 1") != std::string::npos);
  CHECK(organisation.client().get("/v1/ca.pem").body == read_file(organisation.certificates.ca_file));
  organisation.services.ready = false;
  CHECK(organisation.client().get("/readyz").status == 503);
  CHECK(organisation.client().get("/healthz").status == 200);
}
