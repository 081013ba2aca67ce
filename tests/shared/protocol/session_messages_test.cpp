#include "shared/protocol/session_messages.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/problem/problem.hpp"

using namespace anketa;
using namespace anketa::protocol;

namespace {

const Uuid someone = Uuid::from("01890c5e-3b2f-7c4a-9a41-0123456789ab");

}  // namespace

TEST_CASE("session messages come back from their JSON as they went") {
  const LogInRequest request{"anna", "secret", someone, "Ноутбук"};
  const auto read = log_in_from_json(to_json(request));
  CHECK(read.login == "anna");
  CHECK(read.password == "secret");
  CHECK(read.device == someone);
  CHECK(read.device_name == "Ноутбук");
  CHECK(read.program.empty());
  CHECK_FALSE(log_in_from_json({{"login", "a"}, {"password", "b"}}).device);

  auto with_program = request;
  with_program.program = program_version();
  CHECK(log_in_from_json(to_json(with_program)).program == program_version());
  CHECK(refresh_from_json(to_json(RefreshRequest{"r", {}, "0.9"})).program == "0.9");

  const SessionAnswer answer{"a", "r", 600, someone, "anna", "Анна", Role::Lead};
  const auto session = session_from_json(to_json(answer));
  CHECK(session.access == "a");
  CHECK(session.refresh == "r");
  CHECK(session.expires_in == 600);
  CHECK(session.user == someone);
  CHECK(session.role == Role::Lead);
}

TEST_CASE("a log-in without its members is refused by name") {
  const auto where = [](const Json& json) {
    try {
      log_in_from_json(json);
    } catch (const ProblemError& error) {
      return error.problem().where;
    }
    return std::string("taken");
  };
  CHECK(where({{"login", "a"}}) == "password");
  CHECK(where({{"login", 1}, {"password", "b"}}) == "login");
  CHECK(where({{"login", "a"}, {"password", "b"}, {"device", {{"id", "x"}}}}) == "device/id");
  CHECK(where({{"login", "a"},
               {"password", "b"},
               {"device", {{"id", someone.text()}, {"program", std::string(65, 'x')}}}}) == "program");
  CHECK(where(Json::array()) == "login");
}

TEST_CASE("an answer that is no session is a bad answer") {
  for (const auto& json : {Json::object(), Json::array(), Json{{"access", "a"}, {"refresh", "r"}, {"user", 1}}}) {
    try {
      session_from_json(json);
      FAIL("taken");
    } catch (const ProblemError& error) {
      CHECK(error.problem().code == ProblemCode::BadAnswer);
    }
  }
}
