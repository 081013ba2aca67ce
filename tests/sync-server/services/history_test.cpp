// How a device follows the history: first sync, pages and groups, checksums, the end of tombstones.
#include "tests/sync-server/services/office.hpp"

namespace anketa::server::test {
namespace {

constexpr Instant day = Instant{24} * 60 * 60 * 1000;

/// A client with a contact, a questionnaire and an interaction.
struct Dossier {
  Uuid client, contact, questionnaire, interaction;
};

Dossier dossier(Office& office, Person& lead, const Person& owner) {
  Dossier made;
  made.client = office.client_of(lead, owner, "Ромашка");
  made.contact = office.id(), made.questionnaire = office.id(), made.interaction = office.id();
  const auto client = made.client.text(), user = owner.author.user.text();
  const auto done = office.sync(
      lead,
      {office.create(lead, "interaction", made.interaction, made.client,
                     {{"client", client}, {"kind", "call"}, {"date", "2025-06-10"}, {"user", user}}),
       office.create(lead, "questionnaire", made.questionnaire, made.client,
                     {{"client", client}, {"rep", user}, {"form", {{"id", "f"}, {"version", "1"}, {"hash", "h"}}}}),
       office.create(lead, "contact", made.contact, made.client, contact_body(made.client))});
  for (const auto& result : done.results) REQUIRE(result.seq > 0);
  return made;
}

/// Pages of one record until the sync is complete: in which order records came.
std::vector<Uuid> order_of_pages(Office& office, Person& person, int limit) {
  std::vector<Uuid> order;
  for (int page = 0; page < 100; ++page) {
    const auto answer = office.sync(person, {}, limit);
    for (const auto& record : answer.records) order.push_back(record.id);
    if (answer.complete) return order;
  }
  FAIL("never complete");
  return order;
}

std::size_t place(const std::vector<Uuid>& order, const Uuid& id) {
  const auto found = std::find(order.begin(), order.end(), id);
  REQUIRE(found != order.end());
  REQUIRE(std::count(order.begin(), order.end(), id) == 1);
  return static_cast<std::size_t>(found - order.begin());
}

}  // namespace

TEST_CASE("a first sync brings clients first, then what is known of them, then history; any page may be the last") {
  Office office;
  auto lead = office.person(Role::Lead), anna = office.person(Role::Rep);
  const auto one = dossier(office, lead, anna), two = dossier(office, lead, anna);
  auto reader = office.person(Role::Manager);
  for (auto* person : {&anna, &reader}) {
    const auto order = order_of_pages(office, *person, 1);
    CHECK(order.size() == 10);
    for (const auto& d : {one, two}) {
      for (const auto& e : {one, two}) CHECK(place(order, d.client) < place(order, e.contact));
      for (const auto& e : {one, two}) CHECK(place(order, d.contact) < place(order, e.interaction));
      for (const auto& e : {one, two}) CHECK(place(order, d.contact) < place(order, e.questionnaire));
    }
    CHECK(office.sync(*person).records.empty());
  }
}

TEST_CASE("what changes during a first sync comes at its end, and what is granted meanwhile whole") {
  Office office;
  auto lead = office.person(Role::Lead), anna = office.person(Role::Rep), boris = office.person(Role::Rep);
  const auto mine = dossier(office, lead, anna), other = dossier(office, lead, boris);
  std::set<Uuid> got;
  for (int page = 0; page < 100; ++page) {
    const auto answer = office.sync(anna, {}, 1);
    for (const auto& record : answer.records) got.insert(record.id);
    if (page == 1) {
      office.assign(lead, other.client, anna, "member");
      office.sync(
          lead, {office.mutation(lead, "client", mine.client, mine.client, {{OpKind::Set, "city", "Пермь", {}, {}}})});
    }
    if (answer.complete) break;
  }
  for (const auto& id : {other.client, other.contact, other.interaction, mine.client, mine.contact})
    CHECK(got.contains(id));
  protocol::ContentSum all;
  office.store().read([&](Reader& reader) { all = reader.scope_sum(every_scope, all_classes); });
  CHECK(office.sync(anna).sum.value() == all);
}

TEST_CASE("a page never ends inside an atomic group, however small the page and large the group") {
  Office office;
  auto lead = office.person(Role::Lead), anna = office.person(Role::Rep);
  const auto client = office.client_of(lead, anna, "Ромашка");
  office.sync(anna);
  std::vector<Mutation> group;
  const Group whole{office.id(), 150};
  for (int i = 0; i < whole.size; ++i) {
    group.push_back(office.create(lead, "contact", office.id(), client, contact_body(client)));
    group.back().group = whole;
  }
  office.sync(lead, {office.create(lead, "contact", office.id(), client, contact_body(client))});
  office.sync(lead, group);
  office.sync(lead, {office.create(lead, "contact", office.id(), client, contact_body(client))});
  for (int page = 0; page < 10; ++page) {
    const auto answer = office.sync(anna, {}, 2);
    const auto of_group = std::count_if(answer.records.begin(), answer.records.end(), [&](const auto& record) {
      return std::any_of(group.begin(), group.end(), [&](const Mutation& m) { return m.record == record.id; });
    });
    CHECK((of_group == 0 || of_group == whole.size));
    if (answer.complete) return;
  }
  FAIL("never complete");
}

TEST_CASE("sums follow from ids, versions and contents, whatever the way to them") {
  Office office;
  auto lead = office.person(Role::Lead), anna = office.person(Role::Rep);
  const auto made = dossier(office, lead, anna);
  office.sync(lead,
              {office.mutation(lead, "contact", made.contact, made.client, {{OpKind::Set, "phone", "7", {}, {}}})});
  office.unassign(lead, office.assign(lead, made.client, anna, "member"), made.client);
  protocol::ContentSum expected;
  office.store().read([&](Reader& reader) {
    reader.feed(0, reader.history().last_seq, 0, [&](const Head& head) {
      if (!head.deleted) expected += {1, protocol::record_sum(head.id, head.version, protocol::hash64(head.body))};
      return true;
    });
    CHECK(reader.scope_sum(every_scope, all_classes) == expected);
    auto by_scope = reader.scope_sum(made.client, all_classes);
    by_scope += reader.scope_sum(company_scope, all_classes);
    CHECK(by_scope == expected);
  });
  CHECK(office.sync(anna).sum.value() == expected);
  CHECK(office.sync(lead).sum.value() == expected);
}

TEST_CASE(
    "a device that shows other sums is told what it should hold of the scopes that differ, and gets what it wants") {
  Office office;
  auto lead = office.person(Role::Lead), anna = office.person(Role::Rep);
  const auto one = dossier(office, lead, anna), two = dossier(office, lead, anna);
  office.sync(anna);
  office.store().read([&](Reader& reader) {
    anna.says.sums = {{{company_scope, reader.scope_sum(company_scope, all_classes)},
                       {one.client, reader.scope_sum(one.client, all_classes)},
                       {two.client, {3, 4711}}}};
  });
  const auto answer = office.sync(anna);
  REQUIRE(answer.lists.size() == 1);
  CHECK(answer.lists[0].scope == two.client);
  CHECK(answer.lists[0].records.size() == 5);
  anna.says.sums.reset();
  const auto foreign = office.client_of(lead, office.person(Role::Rep), "Чужой");
  anna.says.want = {two.contact, foreign, office.id()};
  const auto wanted = office.sync(anna);
  CHECK(wanted.records.size() == 1);
  CHECK(holds(wanted, two.contact));
}

TEST_CASE(
    "a deleted record is forgotten after 180 days; its journal is not, and a late edit still meets its deletion") {
  Office office;
  auto lead = office.person(Role::Lead), anna = office.person(Role::Rep);
  const auto client = office.client_of(lead, anna, "Ромашка");
  const auto contact = office.id();
  const auto made = office.create(anna, "contact", contact, client, contact_body(client));
  office.sync(anna, {made});
  Op remove{OpKind::Remove, "", nullptr, {made.id}, {}};
  REQUIRE(office.sync(lead, {office.mutation(lead, "contact", contact, client, {remove})}).results[0].seq > 0);
  const auto touch = [&] {
    office.sync(lead, {office.mutation(lead, "client", client, client, {{OpKind::Set, "city", "Пермь", {}, {}}})});
  };
  const auto kept = [&] {
    touch();  // whatever is due is done with the first push of a day
    office.sync(lead, {office.mutation(lead, "client", client, client, {{OpKind::Set, "region", "П", {}, {}}})});
    bool there = false;
    office.store().read([&](Reader& reader) { there = reader.head(contact).has_value(); });
    return there;
  };
  office.environment_.advance(179 * day);
  CHECK(kept());
  office.environment_.advance(2 * day);
  CHECK_FALSE(kept());
  CHECK(office.store().verify().empty());
  const auto late = office.sync(
      anna, {office.mutation(anna, "contact", contact, client, {{OpKind::Set, "phone", "2", {made.id}, {}}})});
  CHECK(late.results[0].status == ResultStatus::Conflict);
  const auto record = office.at_server(contact);
  CHECK_FALSE(record.deleted);
  CHECK(record.at("phone") == "2");
}

}  // namespace anketa::server::test
