#include <catch2/catch_test_macros.hpp>

#include "tests/sync-server/handlers/organisation.hpp"

using namespace anketa;
using namespace anketa::server;
using namespace anketa::server::test;

namespace {

struct Office : Organisation {
  Office() {
    add("lead", Role::Lead);
    add("anna", Role::Rep);
    lead = log_in("lead", Uuid::v7(environment));
    rep = log_in("anna", Uuid::v7(environment));
  }

  Answer get(const std::string& path, const Json& session) {
    return client().request("GET", path, "", bearer(session));
  }

  Json lead, rep;
};

}  // namespace

TEST_CASE("Every report answers the lead over TLS, also while there is nothing to report") {
  Office office;
  for (const auto* path : {"/v1/results/overview", "/v1/results/questions", "/v1/results/answers", "/v1/clients",
                           "/v1/questionnaires", "/v1/cases"}) {
    CAPTURE(path);
    const auto answer = office.get(path, office.lead);
    CHECK(answer.status == 200);
    CHECK(Json::parse(answer.text()).is_object());
  }
}

TEST_CASE("No report without a log-in") {
  Office office;
  for (const auto* path :
       {"/v1/results/overview", "/v1/results/questions/nps_why/texts", "/v1/questionnaires/x", "/v1/clients"}) {
    CAPTURE(path);
    const auto answer = office.client().request("GET", path, "", {});
    CHECK(answer.status == 401);
    CHECK(code_of(answer) == "auth.not_logged_in");
  }
}

TEST_CASE("A query that makes no sense is refused with the parameter named") {
  Office office;
  const auto answer = office.get("/v1/results/overview?since=yesterday", office.lead);
  CHECK(answer.status == 422);
  CHECK(Json::parse(answer.text())["where"] == "since");
  CHECK(office.get("/v1/clients?limit=100000", office.lead).status == 422);
}

TEST_CASE("A questionnaire or question that is not there, or not for the viewer, is not found") {
  Office office;
  CHECK(code_of(office.get("/v1/questionnaires/" + Uuid::v7(office.environment).text(), office.rep)) ==
        "record.not_found");
  CHECK(code_of(office.get("/v1/results/questions/nothing/texts", office.lead)) == "record.not_found");
}

TEST_CASE("A representative's overview holds his own norm only (R36)") {
  Office office;
  office.add("boris", Role::Rep);
  const auto own = Json::parse(office.get("/v1/results/overview", office.rep).text());
  REQUIRE(own["norm"]["reps"].size() == 1);
  CHECK(own["norm"]["reps"][0]["name"] == "Name of anna");
  CHECK(Json::parse(office.get("/v1/results/overview", office.lead).text())["norm"]["reps"].size() == 2);
}
