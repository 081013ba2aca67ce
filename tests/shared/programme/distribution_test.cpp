// Individual lists (R4, R5).
#include "shared/programme/distribution.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/programme/pass.hpp"
#include "tests/shared/programme/fixture.hpp"

using namespace anketa;
using namespace anketa::programme;
using namespace anketa::programme::test;

namespace {

ListedClient client(const std::string& name, std::string_view owner, Relation relation = Relation::Good) {
  ListedClient one;
  one.client = named(name);
  one.owner = owner.empty() ? Uuid() : named(owner);
  one.relation = relation;
  return one;
}

/// Anna does three times as much as Boris.
const std::vector<StaffMember> staff{{named("anna"), 30}, {named("boris"), 10}};

int count_of(const Distribution& lists, std::string_view rep) {
  int count = 0;
  for (const auto& entry : lists.lists) count += entry.rep == named(rep) ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE("Who looks after a client keeps it (R5)") {
  const auto lists = distribute({client("a", "boris"), client("b", "anna")}, staff);
  CHECK(lists.lists[0].rep == named("boris"));
  CHECK(lists.lists[1].rep == named("anna"));
  CHECK(lists.suggestions.empty());
}

TEST_CASE("Clients nobody of the staff looks after are shared out by the norm (R4, R5)") {
  std::vector<ListedClient> clients;
  for (int i = 0; i < 40; ++i) clients.push_back(client(std::to_string(i), i % 2 ? "" : "someone who left"));
  const auto lists = distribute(clients, staff);
  CHECK(count_of(lists, "anna") == 30);
  CHECK(count_of(lists, "boris") == 10);
  REQUIRE(lists.loads.size() == 2);
  CHECK(lists.loads[0].clients == 30);
  CHECK(lists.loads[0].capacity == 30);
}

TEST_CASE("What the reps have already is counted before the rest is shared out (R5)") {
  std::vector<ListedClient> clients;
  for (int i = 0; i < 20; ++i) clients.push_back(client("unowned " + std::to_string(i), ""));
  for (int i = 0; i < 20; ++i) clients.push_back(client("anna's " + std::to_string(i), "anna"));
  const auto lists = distribute(clients, staff);
  CHECK(count_of(lists, "anna") == 30);
  CHECK(count_of(lists, "boris") == 10);
}

TEST_CASE("Where the relation is not sure another rep is suggested, and the list stays until the lead accepts (R5)") {
  const auto lists = distribute({client("a", "anna", Relation::Unsure), client("b", "anna")}, staff);
  CHECK(lists.lists[0].rep == named("anna"));
  REQUIRE(lists.suggestions.size() == 1);
  CHECK(lists.suggestions[0].from == named("anna"));
  CHECK(lists.suggestions[0].to == named("boris"));
  CHECK(lists.suggestions[0].reason == ReassignReason::Unsure);
}

TEST_CASE("A rep who shields a client from colleagues is to be replaced by another (R5)") {
  const auto lists = distribute({client("a", "boris", Relation::Monopolised)}, staff);
  REQUIRE(lists.suggestions.size() == 1);
  CHECK(lists.suggestions[0].reason == ReassignReason::Monopolised);
  CHECK(lists.suggestions[0].to == named("anna"));
}

TEST_CASE("A colleague who works with the client already comes before whoever has most room (R5)") {
  const std::vector<StaffMember> three{{named("anna"), 30}, {named("boris"), 10}, {named("vera"), 30}};
  auto unsure = client("a", "anna", Relation::Unsure);
  unsure.members = {named("boris")};
  CHECK(distribute({unsure}, three).suggestions.at(0).to == named("boris"));
  CHECK(distribute({client("a", "anna", Relation::Unsure)}, three).suggestions.at(0).to == named("vera"));
}

TEST_CASE("From a list too long for its rep clients are suggested away, but no key ones and none under way (R5)") {
  std::vector<ListedClient> clients;
  for (int i = 0; i < 13; ++i) clients.push_back(client(std::to_string(i), "boris"));
  clients[12].key = true;
  clients[11].under_way = true;
  const auto lists = distribute(clients, staff);
  REQUIRE(lists.suggestions.size() == 3);
  for (const auto& suggestion : lists.suggestions) {
    CHECK(suggestion.reason == ReassignReason::Overload);
    CHECK(suggestion.to == named("anna"));
    CHECK_FALSE(suggestion.client == clients[12].client);
    CHECK_FALSE(suggestion.client == clients[11].client);
  }
  CHECK(lists.suggestions[0].client == clients[10].client);
}

TEST_CASE("Nobody is suggested who has no room, and one rep alone has nobody to give to (R5)") {
  std::vector<ListedClient> clients;
  for (int i = 0; i < 40; ++i) clients.push_back(client(std::to_string(i), i < 28 ? "anna" : "boris"));
  // Boris has 12 for 10, Anna 28 for 30: two go.
  CHECK(distribute(clients, staff).suggestions.size() == 2);
  CHECK(distribute({client("a", "anna", Relation::Monopolised)}, {{named("anna"), 5}}).suggestions.empty());
  CHECK(distribute(clients, {}).lists.empty());
}

TEST_CASE("Who is away for the whole pass is given nothing new (R4, R8)") {
  const std::vector<StaffMember> away{{named("anna"), 0}, {named("boris"), 10}};
  std::vector<ListedClient> clients;
  for (int i = 0; i < 12; ++i) clients.push_back(client(std::to_string(i), ""));
  CHECK(count_of(distribute(clients, away), "boris") == 12);
}

TEST_CASE("A campaign's split knows what was said of relations, and suggests once (R5)") {
  Company company;
  company.client("alpha", "anna");
  company.client("beta", "boris");
  company.client("gamma", "");
  company.list("alpha", "anna", true);
  company.facts.index();
  const auto today = day("2025-06-02");
  auto pass = make_pass(company.facts, named("summer"), today);
  auto lists = split(company.facts, pass, today);
  REQUIRE(lists.lists.size() == 3);
  CHECK(lists.lists[2].rep == named("anna"));
  REQUIRE(lists.suggestions.size() == 1);
  CHECK(lists.suggestions[0].client == named("alpha"));
  // Four weeks: 60 for the full-time rep, 20 for the part-time one.
  CHECK(lists.loads[0].capacity == 60);
  CHECK(lists.loads[1].capacity == 20);

  company.facts.reassignments.push_back(
      {named("one"), named("summer"), named("alpha"), named("anna"), named("boris"), "unsure", "declined"});
  pass = make_pass(company.facts, named("summer"), today);
  CHECK(split(company.facts, pass, today).suggestions.empty());
  CHECK(split(company.facts, pass, today, {{named("beta"), Relation::Monopolised}}).suggestions.size() == 1);
}

TEST_CASE("A booked visit does not keep a client with a rep whose relation is not sure; a meeting held does (R5)") {
  auto unsure = client("a", "anna", Relation::Unsure);
  unsure.under_way = true;
  CHECK(distribute({unsure}, staff).suggestions.size() == 1);
  unsure.met = true;
  CHECK(distribute({unsure}, staff).suggestions.empty());
}
