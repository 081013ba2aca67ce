// A company with a lead, two reps and a campaign, on real devices against the real sync service.
#pragma once

#include <catch2/catch_test_macros.hpp>

#include "anketa/programme.hpp"
#include "tests/client-core/sync/office.hpp"
#include "tests/support/refused.hpp"

namespace anketa::client::test {

constexpr int moscow = 180;

struct Programme {
  Programme() {
    anna = person("Анна");
    boris = person("Борис");
    lead = office.device(Role::Lead);
    rep = office.device(Role::Rep, anna);
    office.sync(lead);
    client = lead.client.get();
  }

  Uuid person(const std::string& name) {
    const auto user = Uuid::v7(environment);
    office.store().accounts().add_account({user, name, name, Role::Rep, "-", true});
    return user;
  }

  Uuid client_of(const Uuid& owner, const std::string& name, std::int64_t income = 0) {
    const auto id = client->create("client", {}, {{"name", name}, {"income_year", income}});
    if (!owner.is_nil())
      client->create("assignment", id, {{"client", id.text()}, {"user", owner.text()}, {"role", "owner"}});
    return id;
  }

  /// The one owner by the lead's device; fails where there is not exactly one.
  std::string owner(const Uuid& account) {
    std::vector<std::string> owners;
    for (const auto& one : client->list("assignment", account))
      if (string_or_empty(one.view.body, "role") == "owner") owners.push_back(string_or_empty(one.view.body, "user"));
    REQUIRE(owners.size() == 1);
    return owners.front();
  }

  Json member(const Uuid& user, const char* share, const char* place) {
    return {{"user", user.text()}, {"share", share}, {"pos", place}};
  }

  Uuid summer() {
    return create_campaign(*client, {{"title", "Лето"},
                                     {"from", format_date(environment.now(), moscow)},
                                     {"until", format_date(environment.now() + 69LL * 86'400'000, moscow)},
                                     {"staff",
                                      {{Uuid::v7(environment).text(), member(anna, "full", "ma")},
                                       {Uuid::v7(environment).text(), member(boris, "part", "mb")}}}});
  }

  Json report(std::string_view name, const programme::ReportParameters& parameters = {}) {
    return programme_report(*client, name, parameters, moscow);
  }

  Office office;
  anketa::test::TestEnvironment& environment = office.environment();
  Office::Device lead, rep;
  Uuid anna, boris;
  /// The lead's.
  Client* client = nullptr;
};

inline std::string field(Client& client, const Uuid& id, std::string_view name) {
  return string_or_empty(client.need(id).view.body, name);
}

}  // namespace anketa::client::test
