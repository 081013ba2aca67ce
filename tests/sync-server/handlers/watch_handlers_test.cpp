#include <catch2/catch_test_macros.hpp>

#include "tests/sync-server/handlers/organisation.hpp"

using namespace anketa;
using namespace anketa::server;
using namespace anketa::server::test;

namespace {

/// Pushes a new client under these nonces.
Answer push(Organisation& organisation, const Json& session, const Uuid& device, const std::string& nonce,
            const std::string& next) {
  Mutation mutation;
  mutation.id = Uuid::v7(organisation.environment);
  mutation.device = device;
  mutation.user = Uuid::from(session.at("user").at("id").get<std::string>());
  mutation.record = mutation.scope = Uuid::v7(organisation.environment);
  mutation.collection = "client";
  mutation.ops = {{OpKind::Set, "", {{"name", "Ромашка"}}, {}, {}}};
  protocol::SyncRequest request;
  request.device = device;
  request.nonce = nonce;
  request.next_nonce = next;
  request.mutations = {canonical(to_json(mutation))};
  return organisation.client().request("POST", "/v1/sync", protocol::encode(request), bearer(session));
}

}  // namespace

TEST_CASE("a copied device is refused, registers anew with its refresh token, and the lead sees both") {
  Organisation organisation;
  organisation.add("lead", Role::Lead);
  const auto device = Uuid::v7(organisation.environment), copy = Uuid::v7(organisation.environment);
  const auto session = organisation.log_in("lead", device);
  const Json as_copy{{"refresh", session.at("refresh")}, {"device", copy.text()}};
  CHECK(push(organisation, session, device, "", "a").status == 200);
  // Nobody splits a device of which there is no copy.
  CHECK(organisation.post("/v1/refresh", as_copy).status == 403);
  CHECK(push(organisation, session, device, "a", "b").status == 200);
  const auto refused = push(organisation, session, device, "a", "x");
  CHECK(refused.status == 409);
  CHECK(code_of(refused) == "sync.device_forked");

  const auto registered = organisation.post("/v1/refresh", as_copy);
  REQUIRE(registered.status == 200);
  const auto second = Json::parse(registered.text());
  CHECK(push(organisation, second, copy, "", "y").status == 200);
  CHECK(push(organisation, session, device, "b", "c").status == 200);
  // Its answer was lost: the same again.
  CHECK(organisation.post("/v1/refresh", as_copy).status == 200);

  const auto listed = Json::parse(organisation.client().get("/v1/devices", bearer(session)).text()).at("devices");
  REQUIRE(listed.size() == 2);
  const auto& original = listed[listed[0].at("id") == device.text() ? 0 : 1];
  const auto& other = listed[listed[0].at("id") == device.text() ? 1 : 0];
  CHECK(original.at("forks") == 1);
  CHECK(original.contains("forked_at"));
  CHECK(other.at("id") == copy.text());
  CHECK(other.at("forked_from") == device.text());

  organisation.store->accounts().revoke_device(device, {}, 0);
  CHECK(code_of(push(organisation, second, copy, "y", "z")) == "auth.device_revoked");
}

TEST_CASE("devices are found by whose they are and how they stand, with the version of their program") {
  Organisation organisation;
  organisation.add("lead", Role::Lead);
  organisation.add("rep", Role::Rep);
  const auto phone = Uuid::v7(organisation.environment), laptop = Uuid::v7(organisation.environment);
  const auto rep = organisation.log_in("rep", phone);
  organisation.environment.advance(1000);
  const auto lead = organisation.log_in("lead", laptop);
  organisation.environment.advance(1000);
  REQUIRE(organisation.post("/v1/refresh", {{"refresh", rep.at("refresh")}, {"program", "0.2.0"}}).status == 200);
  REQUIRE(organisation.post("/v1/login", {{"login", "lead"}, {"password", "password of lead"}}).status == 200);
  const auto found = [&](const std::string& query) {
    const auto listed = Json::parse(organisation.client().get("/v1/devices" + query, bearer(lead)).text());
    std::vector<std::string> programs;
    for (const auto& device : listed.at("devices"))
      programs.push_back(device.at("name").get<std::string>() + " " + device.at("program").get<std::string>());
    return programs;
  };
  // A browser's log-in has no name.
  CHECK(found("").size() == 3);
  CHECK(found("?user=" + rep.at("user").at("id").get<std::string>()) == std::vector<std::string>{"Phone 0.2.0"});
  // What was seen last comes first.
  CHECK(found("?browsers=no") == std::vector<std::string>{"Phone 0.2.0", "Phone "});
  CHECK(found("?state=revoked").empty());
  organisation.store->accounts().revoke_device(phone, "lead", 5);
  CHECK(found("?state=revoked").size() == 1);
  CHECK(found("?state=in_use&browsers=no").size() == 1);
}

TEST_CASE("only the lead and the administrator see devices and marks") {
  Organisation organisation;
  organisation.add("lead", Role::Lead);
  organisation.add("rep", Role::Rep);
  const auto rep = organisation.log_in("rep", Uuid::v7(organisation.environment));
  const auto lead = organisation.log_in("lead", Uuid::v7(organisation.environment));
  for (const char* path : {"/v1/devices", "/v1/marks"}) {
    CHECK(organisation.client().get(path, bearer(rep)).status == 403);
    CHECK(organisation.client().get(path, bearer(lead)).status == 200);
  }
  CHECK(Json::parse(organisation.client().get("/v1/marks", bearer(lead)).text()).at("marks").empty());
}
