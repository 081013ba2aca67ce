#include <catch2/catch_test_macros.hpp>

#include "tests/sync-server/handlers/organisation.hpp"

using namespace anketa;
using namespace anketa::server;
using namespace anketa::server::test;

namespace {

struct Office : Organisation {
  Office() {
    add("root", Role::Admin);
    add("lead", Role::Lead);
    anna_id = add("anna", Role::Rep);
    admin = log_in("root", Uuid::v7(environment));
    lead = log_in("lead", Uuid::v7(environment));
    anna = log_in("anna", Uuid::v7(environment));
  }

  Answer get(const std::string& path, const Json& session) {
    return client().request("GET", path, "", bearer(session));
  }
  Json new_client() {
    const Json edit{{"collection", "client"},
                    {"ops", {{{"op", "set"}, {"path", ""}, {"value", {{"name", "Ромашка"}, {"segment", "А"}}}}}}};
    const auto answer = post("/v1/edits", edit, bearer(lead));
    REQUIRE(answer.status == 200);
    return Json::parse(answer.text());
  }

  Json admin, lead, anna;
  Uuid anna_id;
};

}  // namespace

TEST_CASE("What is edited in the console is in the lists and in the files at once") {
  Office office;
  const auto made = office.new_client();
  const auto id = made.at("record").get<std::string>();
  CHECK(Json::parse(office.get("/v1/clients/" + id, office.lead).text()).at("fields").at("segment") == "А");
  CHECK(office.get("/v1/clients/" + id, office.anna).status == 404);
  CHECK(Json::parse(office.get("/v1/records/" + id + "/history", office.lead).text()).at("items").size() == 1);

  const auto csv = office.get("/v1/export/clients?format=csv", office.lead);
  CHECK(csv.status == 200);
  CHECK(csv.text().find("Ромашка;А;") != std::string::npos);
  CHECK(office.get("/v1/export/clients?format=csv&segment=Z", office.lead).text().find("Ромашка") == std::string::npos);
  CHECK(office.get("/v1/export/clients?format=csv", office.anna).text().find("Ромашка") == std::string::npos);
  CHECK(office.get("/v1/export/clients", office.lead).text().starts_with("PK"));
  CHECK(office.get("/v1/export/secrets", office.lead).status == 404);
  CHECK(office.get("/v1/export/clients?format=exe", office.lead).status == 422);
}

TEST_CASE("An edit that is refused is answered with the reason, and nothing of it is kept") {
  Office office;
  const auto id = office.new_client().at("record").get<std::string>();
  const Json edit{{"record", id}, {"ops", {{{"op", "set"}, {"path", "name"}, {"value", "Моя"}}}}};
  CHECK(office.post("/v1/edits", edit, bearer(office.anna)).status == 404);
  const Json wrong{{"record", id}, {"ops", {{{"op", "set"}, {"path", "key_status"}, {"value", "emperor"}}}}};
  CHECK(office.post("/v1/edits", wrong, bearer(office.lead)).status == 422);
  CHECK(Json::parse(office.get("/v1/parked", office.lead).text()).at("total") == 0);
}

TEST_CASE("Lead and administrator see log-ins; the administrator alone changes them, and not his own right to") {
  Office office;
  CHECK(office.get("/v1/users", office.anna).status == 403);
  CHECK(Json::parse(office.get("/v1/users", office.lead).text()).at("items").size() == 3);
  const Json boris{{"login", "Boris"}, {"name", "Борис"}, {"role", "rep"}, {"password", "long enough"}};
  CHECK(office.post("/v1/users", boris, bearer(office.lead)).status == 403);
  CHECK(office.post("/v1/users", boris, bearer(office.admin)).status == 200);
  CHECK(office.post("/v1/users", boris, bearer(office.admin)).status == 409);
  const auto people = Json::parse(office.get("/v1/people", office.anna).text()).at("items");
  CHECK(people.size() == 4);

  const auto anna = "/v1/users/" + office.anna_id.text();
  CHECK(office.post(anna, {{"active", false}}, bearer(office.admin)).status == 200);
  CHECK(office.get("/v1/clients", office.anna).status == 401);
  const auto self = "/v1/users/" + office.admin.at("user").at("id").get<std::string>();
  CHECK(office.post(self, {{"active", false}}, bearer(office.admin)).status == 403);
  CHECK(office.post(self, {{"role", "rep"}}, bearer(office.admin)).status == 403);
  CHECK(office.post(anna, {{"role", "emperor"}}, bearer(office.admin)).status == 422);
}

TEST_CASE("Audit log and backup are for who controls") {
  Office office;
  office.new_client();
  for (const auto* path : {"/v1/audit", "/v1/backup"}) {
    CHECK(office.get(path, office.anna).status == 403);
    CHECK(office.get(path, office.lead).status == 200);
    CHECK(office.get(path, office.admin).status == 200);
  }
  CHECK(office.get("/v1/audit?user=nobody", office.lead).status == 422);
}
