// The description of the API against the handlers: every route is told of, answers as told, and whom.
#include <catch2/catch_test_macros.hpp>

#include <set>

#include "shared/programme/reports.hpp"
#include "sync-server/reports/drill.hpp"
#include "sync-server/store/default_form.hpp"
#include "tests/sync-server/handlers/organisation.hpp"
#include "tools/demo/server/load_demo.hpp"

using namespace anketa;
using namespace anketa::server;
using namespace anketa::server::test;

namespace {

/// The demo company with its people logged in.
struct Company : Organisation {
  Company() {
    demo::LoadOptions options;
    options.demo.now = environment.now();
    options.demo.clients = 90;
    options.demo.weeks_before = 2;
    options.password_hash = hash_password("password of ivanova", environment, {4, 1, 1});
    put_default_form(*store, environment);
    demo::load_demo(*store, options);
    for (const auto role : {Role::Rep, Role::Service, Role::Lead, Role::Manager, Role::Admin}) {
      const auto login = "one_" + std::string(id(role));
      add(login, role);
      sessions[role] = log_in(login, Uuid::v7(environment));
    }
  }

  Answer ask(const std::string& method, const std::string& target, Role role, const Json& body = nullptr) {
    return client().request(method, target, body.is_null() ? std::string() : body.dump(), bearer(sessions.at(role)));
  }
  Json get(const std::string& target, Role role = Role::Lead) {
    const auto answer = ask("GET", target, role);
    REQUIRE(answer.status == 200);
    return Json::parse(answer.text());
  }
  /// The first record of a collection.
  Uuid any(std::string_view collection) {
    Uuid found;
    store->read([&](Reader& reader) {
      for (const auto& head : reader.heads_of(collection, std::nullopt))
        if (!head.deleted) found = head.id;
    });
    return found;
  }

  std::map<Role, Json> sessions;
};

std::string filled(std::string path, const std::string& value) {
  for (auto begin = path.find('{'); begin != path.npos; begin = path.find('{'))
    path.replace(begin, path.find('}') - begin + 1, value);
  return path;
}

bool may(const api::Operation& operation, Role role) {
  return std::find(operation.roles.begin(), operation.roles.end(), role) != operation.roles.end();
}

/// An id in the path that is right for the operation.
std::string target_of(Company& company, const api::Operation& operation, const std::string& question) {
  const auto& path = operation.path;
  if (path == "/v1/clients/{id}") return filled(path, company.any("client").text());
  if (path == "/v1/questionnaires/{id}") return filled(path, company.any("questionnaire").text());
  if (path == "/v1/forms/{id}") return filled(path, company.get("/v1/forms").at("items")[0].at("id"));
  if (path == "/v1/results/questions/{name}/texts") return filled(path, question);
  if (path == "/v1/mail/reports/{kind}") return filled(path, "weekly");
  return filled(path, company.any("quality_case").text());
}

std::string text_question(Company& company) {
  const auto results = company.get("/v1/results/questions");
  for (const auto& section : results.at("sections"))
    for (const auto& question : section.at("questions"))
      if (question.at("kind") == "text" && question.at("answered") > 0) return question.at("name");
  FAIL("the demo answers no text");
  return {};
}

}  // namespace

TEST_CASE("Every route is described, and every description has its route") {
  Organisation organisation;
  std::set<std::string> routes, told;
  organisation.router.each([&](const http::Route& route) {
    if (route.pattern != "/lead-only") routes.insert(route.method + " " + route.pattern);
  });
  for (const auto& operation : api::operations()) {
    CAPTURE(operation.method, operation.path);
    told.insert(operation.method + " " + operation.route_pattern());
    const auto match = organisation.router.match(operation.method, filled(operation.path, "x"));
    REQUIRE(match.route);
    CHECK(match.route->pattern == operation.route_pattern());
  }
  CHECK(routes == told);
}

TEST_CASE("A route that serves several lists or reports is described once for each") {
  const auto is_told = [](const std::string& path) {
    return described("GET", path) && described("GET", path)->path == path;
  };
  for (const auto name : reports::drill_names()) CHECK(is_told("/v1/results/records/" + std::string(name)));
  for (const auto& kind : programme::report_kinds()) {
    const auto path = "/v1/campaign/" + std::string(kind.name);
    CAPTURE(path);
    REQUIRE(is_told(path));
    CHECK(may(*described("GET", path), Role::Rep) == (kind.whom == programme::ReportFor::Everybody));
  }
}

TEST_CASE("A handler lets in whom its description names, and nobody else (R36)") {
  Company company;
  for (const auto& operation : api::operations()) {
    if (operation.path.starts_with("/v1/uploads") || operation.path == "/v1/live") continue;
    const auto target = filled(operation.path, "018f3c6e-7b00-7000-8000-000000000001");
    CAPTURE(operation.method, target);
    const auto body = operation.method == "POST" ? "{}" : "";
    const auto without = company.client().request(operation.method, target, body, {});
    if (!operation.roles.empty()) CHECK(without.status == 401);
    for (const auto& [role, session] : company.sessions) {
      if (operation.roles.empty()) continue;
      CAPTURE(id(role));
      const auto answer = company.client().request(operation.method, target, body, bearer(session));
      CHECK((answer.status == 403) == !may(operation, role));
    }
  }
}

TEST_CASE("Every reading route answers each role as described, from records of a real programme") {
  Company company;
  const auto question = text_question(company);
  for (const auto& operation : api::operations()) {
    if (operation.method != "GET" || !operation.answer || operation.roles.empty()) continue;
    const auto target = target_of(company, operation, question);
    for (const auto& [role, session] : company.sessions) {
      if (!may(operation, role)) continue;
      CAPTURE(target, id(role));
      const auto answer = company.ask("GET", target, role);
      // What is not for this viewer is not there; the checking client has looked at the rest.
      CHECK((answer.status == 200 || answer.status == 404));
      if (role == Role::Lead) CHECK(answer.status == 200);
    }
  }
}

TEST_CASE("The description is served, and is the one the program prints") {
  Organisation organisation;
  const auto answer = organisation.client().get("/v1/openapi.json");
  REQUIRE(answer.status == 200);
  const auto served = Json::parse(answer.text());
  CHECK(served == api::openapi());
  CHECK(served.at("openapi") == "3.1.0");
  const auto& fields = served.at("components").at("schemas").at("QualityCaseFields").at("properties");
  for (const auto& field : schema::collection("quality_case")->fields)
    CHECK(fields.contains(field.name.substr(0, field.name.find('/'))));
}
