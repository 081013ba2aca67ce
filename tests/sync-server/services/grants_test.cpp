// Who sees and writes what: field classes, handover, edits under a grant that has ended (R34, R36).
#include "tests/sync-server/services/office.hpp"

namespace anketa::server::test {
namespace {

Json assignment_body(const Uuid& client, const Person& to, const std::string& role) {
  return {{"client", client.text()}, {"user", to.author.user.text()}, {"role", role}};
}

const RecordState* found(const protocol::SyncAnswer& answer, const Uuid& id) {
  for (const auto& record : answer.records)
    if (record.id == id) return &record;
  return nullptr;
}

}  // namespace

TEST_CASE("R36: a member with some classes sees and writes these only, and learns of nothing else") {
  Office office;
  auto lead = office.person(Role::Lead), owner = office.person(Role::Rep), technician = office.person(Role::Rep);
  const auto client = office.client_of(lead, owner, "Ромашка");
  auto body = assignment_body(client, technician, "member");
  body["classes"] = {"service"};
  office.sync(lead, {office.create(lead, "assignment", office.id(), client, body)});
  office.sync(technician);
  const auto set = [&](Person& by, const std::string& path, Json value) {
    return office.mutation(by, "client", client, client, {{OpKind::Set, path, std::move(value), {}, {}}});
  };
  office.sync(owner, {set(owner, "income_year", 100), set(owner, "contract/number", "17")});
  const auto seen = office.sync(technician);
  REQUIRE(found(seen, client));
  CHECK(found(seen, client)->body == Json{{"name", "Ромашка"}, {"contract", {{"number", "17"}}}});
  CHECK(found(seen, client)->version == 2);

  SECTION("what he does not see changes nothing for him: no record, no version, no sum") {
    office.sync(owner, {set(owner, "income_year", 200)});
    const auto nothing = office.sync(technician);
    CHECK(nothing.records.empty());
    CHECK(nothing.sum.value() == seen.sum.value());
    office.sync(owner, {set(owner, "contract/sites", 3)});
    const auto something = office.sync(technician);
    REQUIRE(found(something, client));
    CHECK(found(something, client)->version == 3);
    CHECK_FALSE(something.sum.value() == seen.sum.value());
  }
  SECTION("he writes what he sees") {
    const auto written = office.sync(technician, {set(technician, "contract/speed_mbps", 100)});
    CHECK(written.results[0].status == ResultStatus::Merged);
    CHECK(written.results[0].version == 0);
    REQUIRE(found(written, client));
    CHECK(office.at_server(client).at("contract/speed_mbps") == 100);
    CHECK(office.at_server(client).at("income_year") == 100);
  }
  SECTION("and nothing else, whichever way he puts it") {
    for (const auto& bad : {set(technician, "income_year", 1), set(technician, "", {{"income_year", 1}}),
                            set(technician, "secret", 1), set(technician, "remarks", "x")}) {
      const auto refused = office.sync(technician, {bad});
      CHECK(refused.results[0].status == ResultStatus::Parked);
      CHECK(refused.results[0].problem->code == ProblemCode::Forbidden);
    }
    CHECK(office.at_server(client).at("income_year") == 100);
  }
  SECTION("a conflict has the class of its field") {
    const auto made = office.at_server(client).provenance("income_year").value();
    const auto edit = [&](Person& by, int value) {
      return office.mutation(by, "client", client, client, {{OpKind::Set, "income_year", value, {made}, {}}});
    };
    office.sync(owner, {edit(owner, 300)});
    const auto conflict = office.sync(lead, {edit(lead, 400)}).results[0].conflicts.at(0);
    CHECK_FALSE(holds(office.sync(technician), conflict));
    CHECK(holds(office.sync(owner), conflict));
  }
  SECTION("a wider grant brings what was hidden, a narrower one takes it away") {
    const auto wider =
        office.create(lead, "assignment", office.id(), client, assignment_body(client, technician, "member"));
    office.sync(lead, {wider});
    CHECK(found(office.sync(technician), client)->body.contains("income_year"));
    office.unassign(lead, wider.record, client);
    CHECK_FALSE(found(office.sync(technician), client)->body.contains("income_year"));
  }
}

TEST_CASE("R14: the service side sees quality cases and nothing else of a client, counted by what it sees") {
  Office office;
  auto lead = office.person(Role::Lead), service = office.person(Role::Service);
  const auto client = office.id(), contact = office.id(), opened = office.id(), talk = office.id();
  office.sync(lead, {office.create(lead, "client", client, client,
                                   {{"name", "Ромашка"}, {"contract", {{"number", "7"}}}, {"income_year", 5}}),
                     office.create(lead, "contact", contact, client, contact_body(client)),
                     office.create(lead, "questionnaire", talk, client,
                                   {{"client", client.text()},
                                    {"rep", lead.author.user.text()},
                                    {"form", {{"id", "vip"}, {"version", "1"}, {"hash", "h"}}}})});
  CHECK(office.sync(service).records.empty());
  office.sync(lead, {office.create(lead, "quality_case", opened, client,
                                   {{"client", client.text()},
                                    {"company", "Ромашка"},
                                    {"questionnaire", talk.text()},
                                    {"extra_profit_month", 100}})});
  const auto first = office.sync(service);
  REQUIRE(first.records.size() == 1);
  CHECK(first.records[0].id == opened);
  CHECK(first.records[0].body ==
        Json{{"client", client.text()}, {"company", "Ромашка"}, {"questionnaire", talk.text()}});
  // What it does not see changes nothing for it.
  office.sync(lead, {office.mutation(lead, "client", client, client, {{OpKind::Set, "city", "Пермь", {}, {}}}),
                     office.mutation(lead, "quality_case", opened, client,
                                     {{OpKind::Set, "extra_profit_month", 200, {}, {}}})});
  CHECK(office.sync(service).records.empty());
  office.sync(lead,
              {office.mutation(lead, "quality_case", opened, client, {{OpKind::Set, "place", "узел 4", {}, {}}})});
  CHECK(found(office.sync(service), opened)->version == 2);
  // Records of the company are everybody's, and count as what they are.
  const auto form = office.id();
  office.sync(lead, {office.create(lead, "form", form, company_scope,
                                   {{"form_id", "f"}, {"version", "1"}, {"hash", "h"}, {"definition", "{}"}})});
  office.sync(service);
  office.sync(lead, {office.mutation(lead, "form", form, company_scope, {{OpKind::Set, "active", true, {}, {}}})});
  const auto last = office.sync(service);
  REQUIRE(found(last, form));
  protocol::ContentSum expected;
  auto seen = first.records[0].body;
  seen["place"] = "узел 4";
  for (const auto& id : {opened, form}) {
    const auto body = canonical(id == form ? office.at_server(form).body : seen);
    expected += {1, protocol::record_sum(id, 2, protocol::hash64(body))};
  }
  CHECK(last.sum.value() == expected);
}

TEST_CASE("R34: handover is one atomic group: the giver is revoked and the taker backfilled, in whichever order") {
  Office office;
  auto lead = office.person(Role::Lead), giver = office.person(Role::Rep), taker = office.person(Role::Rep);
  const auto client = office.id(), assignment = office.id(), contact = office.id();
  office.sync(lead, {office.create(lead, "client", client, client, {{"name", "Ромашка"}}),
                     office.create(lead, "assignment", assignment, client, assignment_body(client, giver, "owner"))});
  office.sync(giver, {office.create(giver, "contact", contact, client, contact_body(client))});
  office.sync(taker);
  Op remove{OpKind::Remove, "", nullptr, {}, {}};
  const auto below = office.at_server(assignment).provenance_below("");
  remove.over.assign(below.begin(), below.end());
  auto end = office.mutation(lead, "assignment", assignment, client, {remove});
  auto begin = office.create(lead, "assignment", office.id(), client, assignment_body(client, taker, "owner"));
  end.group = begin.group = Group{office.id(), 2};
  for (const auto& result : office.sync(lead, {begin, end}).results) CHECK(result.seq > 0);
  const auto taken = office.sync(taker);
  CHECK((holds(taken, client) && holds(taken, contact)));
  const auto given = office.sync(giver);
  REQUIRE(given.revokes.size() == 1);
  CHECK(given.records.empty());
}

TEST_CASE("R34: what the giver had done offline is taken after the handover and marked; overlaps are conflicts") {
  Office office;
  auto lead = office.person(Role::Lead), giver = office.person(Role::Rep), taker = office.person(Role::Rep);
  const auto client = office.id(), contact = office.id();
  office.sync(lead, {office.create(lead, "client", client, client, {{"name", "Ромашка"}})});
  const auto assignment = office.assign(lead, client, giver, "owner");
  const auto made = office.create(giver, "contact", contact, client, contact_body(client));
  office.sync(giver, {made});
  const auto edit = [&](Person& by, const std::string& path, const std::string& value) {
    return office.mutation(by, "contact", contact, client, {{OpKind::Set, path, value, {made.id}, {}}});
  };
  office.hand_over(lead, assignment, client, taker);
  office.sync(taker, {edit(taker, "post", "Директор")});

  const auto fresh = office.create(giver, "contact", office.id(), client, contact_body(client));
  const auto late = office.sync(giver, {edit(giver, "phone", "2"), edit(giver, "post", "Инженер"), fresh});
  REQUIRE(late.revokes.size() == 1);
  CHECK(late.results[0].seq > 0);
  CHECK(late.results[1].status == ResultStatus::Conflict);
  CHECK(late.results[2].seq > 0);
  for (const auto& result : late.results) {
    CHECK(result.late);
    CHECK(result.conflicts.empty());
  }
  CHECK(late.records.empty());
  CHECK(office.at_server(contact).at("phone") == "2");
  CHECK(office.at_server(contact).at("post") == "Директор");
  office.store().read([&](Reader& reader) {
    CHECK(reader.journal_marked(10).size() == 3);
    const auto conflict = reader.head(merge::conflict_id(contact, "post"));
    REQUIRE(conflict);
    CHECK(merge::conflict_from_json(parse_head(*conflict).body).open);
  });
  SECTION("until his device has honoured the revoke") {
    giver.says.honoured = late.granted;
    CHECK(office.sync(giver).revokes.empty());
    const auto refused = office.sync(giver, {edit(giver, "email", "x@example.com")});
    CHECK(refused.results[0].status == ResultStatus::Parked);
    CHECK(refused.results[0].problem->code == ProblemCode::Forbidden);
    CHECK_FALSE(refused.results[0].late);
  }
  SECTION("a device that never had the client is refused at once") {
    auto second = giver;
    second.author.device = office.id();
    second.cursor.clear();
    CHECK(office.sync(second, {edit(second, "email", "x@example.com")}).results[0].status == ResultStatus::Parked);
  }
}

TEST_CASE("of two assignments of one person to a client, the end of one leaves him the other") {
  Office office;
  auto lead = office.person(Role::Lead), anna = office.person(Role::Rep);
  const auto client = office.client_of(lead, anna, "Ромашка");
  const auto second = office.assign(lead, client, anna, "member");
  office.sync(anna);
  office.unassign(lead, second, client);
  const auto answer = office.sync(anna, {office.create(anna, "contact", office.id(), client, contact_body(client))});
  CHECK(answer.revokes.empty());
  CHECK(answer.results[0].status == ResultStatus::Applied);
}

TEST_CASE("a rep who becomes a reader of everything gets everything, and loses it again with the role") {
  Office office;
  auto lead = office.person(Role::Lead), anna = office.person(Role::Rep), boris = office.person(Role::Rep);
  const auto hers = office.client_of(lead, anna, "Ромашка"), his = office.client_of(lead, boris, "Лютик");
  CHECK_FALSE(holds(office.sync(anna), his));
  anna.author.role = Role::Manager;
  const auto all = office.sync(anna);
  CHECK((holds(all, his) && holds(all, hers)));
  anna.author.role = Role::Rep;
  const auto less = office.sync(anna);
  REQUIRE(less.grants);
  CHECK(less.grants->size() == 2);
}

}  // namespace anketa::server::test
