// A Client in a temporary folder, logged in by an answer as a server gives it.
#pragma once

#include <memory>

#include "anketa/client.hpp"
#include "shared/protocol/session_messages.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_environment.hpp"

namespace anketa::client::test {

inline const Uuid rep = Uuid::from("0197a000-0000-7000-8000-000000000001");

struct ClientFixture {
  anketa::test::TemporaryFolder folder;
  anketa::test::TestEnvironment environment;
  OpenOptions options;
  std::unique_ptr<Client> client;

  explicit ClientFixture(Role role = Role::Lead) {
    options.path = folder.file("client.db");
    options.create = true;
    open();
    log_in(role);
  }

  void open() {
    client.reset();
    client = Client::open(options, environment);
  }

  void log_in(Role role, const Uuid& user = rep) {
    auto engine = client->log_in({"https://localhost", "anna", "secret", "Ноутбук"});
    engine->step(Start{});
    const protocol::SessionAnswer session{"access", "refresh", 600, user, "anna", "Анна Ковалёва", role};
    const auto end = engine->step(ResponseReceived{200, {}, protocol::to_json(session).dump()});
    if (const auto* failed = std::get_if<Failed>(&end.back())) throw ProblemError(failed->problem);
  }

  Uuid make_client(std::string_view name = "ООО «Ромашка»") {
    return client->create("client", {}, {{"name", name}, {"contract", {{"speed_mbps", 100}, {"sites", 2}}}});
  }
};

}  // namespace anketa::client::test
