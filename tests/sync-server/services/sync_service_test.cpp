// The sync service over a real SQLite store: what devices push, what they are answered, what they may see.
#include "tests/sync-server/services/office.hpp"

namespace anketa::server::test {

TEST_CASE("a new record is applied, numbered and not echoed to its author") {
  Office office;
  auto lead = office.person(Role::Lead);
  const auto client = office.id();
  const auto answer = office.sync(lead, {office.create(lead, "client", client, client, {{"name", "АО «Ромашка»"}})});
  REQUIRE(answer.results.size() == 1);
  CHECK(answer.results[0].status == ResultStatus::Applied);
  CHECK(answer.results[0].version == 1);
  CHECK(answer.results[0].seq == 1);
  CHECK(answer.records.empty());
  CHECK(answer.complete);
  CHECK(office.sync(lead).records.empty());
}

TEST_CASE("the same mutation again gets its stored result and has no second effect") {
  Office office;
  auto lead = office.person(Role::Lead);
  const auto client = office.id();
  const auto made = office.create(lead, "client", client, client, {{"name", "АО «Ромашка»"}});
  const auto first = office.sync(lead, {made}, 0, false);
  const auto second = office.sync(lead, {made});
  CHECK(second.results[0].repeat);
  CHECK(second.results[0].seq == first.results[0].seq);
  CHECK(second.results[0].version == 1);
  // Its answer was lost, so the author cannot know what became of the record: now it comes.
  CHECK(holds(second, client));
}

TEST_CASE("R36: a rep sees his clients and nobody else's") {
  Office office;
  auto lead = office.person(Role::Lead), anna = office.person(Role::Rep), boris = office.person(Role::Rep);
  const auto hers = office.client_of(lead, anna, "Ромашка");
  const auto his = office.client_of(lead, boris, "Лютик");
  const auto answer = office.sync(anna);
  CHECK(holds(answer, hers));
  CHECK_FALSE(holds(answer, his));
  REQUIRE(answer.grants);
  CHECK(answer.grants->size() == 2);
}

TEST_CASE("a client assigned later is backfilled with all its history, page by page") {
  Office office;
  auto lead = office.person(Role::Lead), anna = office.person(Role::Rep), boris = office.person(Role::Rep);
  const auto client = office.client_of(lead, anna, "Ромашка");
  std::vector<Uuid> contacts;
  for (int i = 0; i < 7; ++i) {
    contacts.push_back(office.id());
    office.sync(lead, {office.create(lead, "contact", contacts.back(), client, contact_body(client))});
  }
  office.client_of(lead, boris, "Лютик");
  office.sync(boris);
  office.assign(lead, client, boris, "member");
  std::set<Uuid> got;
  for (int page = 0; page < 20; ++page) {
    const auto answer = office.sync(boris, {}, 2);
    CHECK(answer.records.size() <= 2);
    for (const auto& record : answer.records) got.insert(record.id);
    if (answer.complete) break;
  }
  CHECK(got.contains(client));
  for (const auto& contact : contacts) CHECK(got.contains(contact));
  CHECK(office.sync(boris).records.empty());
}

TEST_CASE("R34: when an assignment ends the giver is told to let the client go") {
  Office office;
  auto lead = office.person(Role::Lead), anna = office.person(Role::Rep);
  const auto client = office.id();
  office.sync(lead, {office.create(lead, "client", client, client, {{"name", "Ромашка"}})});
  const auto assignment = office.assign(lead, client, anna, "owner");
  office.sync(anna);
  office.hand_over(lead, assignment, client, lead);
  const auto answer = office.sync(anna);
  REQUIRE(answer.revokes.size() == 1);
  CHECK(answer.revokes[0] == client);
  CHECK(office.sync(anna).revokes.empty());
}

TEST_CASE("two people edit different fields: merged; the same field: an open conflict with both values") {
  Office office;
  auto lead = office.person(Role::Lead), anna = office.person(Role::Rep), boris = office.person(Role::Rep);
  const auto client = office.client_of(lead, anna, "Ромашка");
  office.assign(lead, client, boris, "member");
  const auto contact = office.id();
  const auto made = office.create(anna, "contact", contact, client, contact_body(client));
  office.sync(anna, {made});
  office.sync(boris);
  office.sync(anna);

  const auto edit = [&](Person& by, const std::string& path, const std::string& value) {
    return office.sync(by,
                       {office.mutation(by, "contact", contact, client, {{OpKind::Set, path, value, {made.id}, {}}})});
  };
  CHECK(edit(anna, "phone", "+7 000 111-11-11").results[0].status == ResultStatus::Applied);
  const auto merged = edit(boris, "email", "petrov@example.com");
  CHECK(merged.results[0].status == ResultStatus::Merged);
  REQUIRE(holds(merged, contact));

  const auto one = edit(anna, "post", "Технический директор");
  const auto two = edit(boris, "post", "Директор по развитию");
  CHECK(two.results[0].status == ResultStatus::Conflict);
  REQUIRE(two.results[0].conflicts.size() == 1);
  office.store().read([&](Reader& reader) {
    const auto record = parse_head(*reader.head(contact));
    CHECK(record.at("post") == "Технический директор");
    CHECK(record.at("phone") == "+7 000 111-11-11");
    CHECK(record.at("email") == "petrov@example.com");
    const auto conflict = merge::conflict_from_json(parse_head(*reader.head(two.results[0].conflicts[0])).body);
    CHECK(conflict.open);
    REQUIRE(conflict.sides.size() == 2);
    std::set<std::string> values;
    for (const auto& side : conflict.sides) values.insert(side.value.get<std::string>());
    CHECK(values == std::set<std::string>{"Технический директор", "Директор по развитию"});
  });

  SECTION("resolved by naming both sides") {
    std::vector<Uuid> sides;
    office.store().read([&](Reader& reader) {
      for (const auto& side :
           merge::conflict_from_json(parse_head(*reader.head(two.results[0].conflicts[0])).body).sides)
        sides.push_back(side.mutation);
    });
    const auto settled =
        office.sync(boris, {office.mutation(boris, "contact", contact, client,
                                            {{OpKind::Set, "post", "Директор по ИТ и развитию", {}, sides}})});
    CHECK((settled.results[0].status == ResultStatus::Applied || settled.results[0].status == ResultStatus::Merged));
    office.store().read([&](Reader& reader) {
      CHECK(parse_head(*reader.head(contact)).at("post") == "Директор по ИТ и развитию");
      CHECK_FALSE(merge::conflict_from_json(parse_head(*reader.head(two.results[0].conflicts[0])).body).open);
    });
  }
}

TEST_CASE("bad mutations park alone, each with its reason") {
  Office office;
  auto lead = office.person(Role::Lead), anna = office.person(Role::Rep), boris = office.person(Role::Rep);
  const auto hers = office.client_of(lead, anna, "Ромашка");
  const auto his = office.client_of(lead, boris, "Лютик");
  const auto good = office.id();
  auto unknown = office.create(anna, "spell", office.id(), hers, {{"name", "x"}});
  auto wrong_type = office.create(anna, "contact", office.id(), hers, {{"client", hers.text()}, {"name", 7}});
  auto forbidden = office.create(anna, "contact", office.id(), his, contact_body(his));
  auto incomplete = office.create(anna, "contact", office.id(), hers, {{"client", hers.text()}});
  auto chained = office.mutation(anna, "contact", incomplete.record, hers, {{OpKind::Set, "post", "x", {}, {}}});
  chained.prev = incomplete.id;
  const auto answer = office.sync(anna, {unknown, wrong_type, forbidden, incomplete, chained,
                                         office.create(anna, "contact", good, hers, contact_body(hers))});
  REQUIRE(answer.results.size() == 6);
  const std::vector<ProblemCode> reasons{ProblemCode::UnknownCollection, ProblemCode::WrongType, ProblemCode::Forbidden,
                                         ProblemCode::RequiredMissing, ProblemCode::ChainParked};
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    CHECK(answer.results[i].status == ResultStatus::Parked);
    REQUIRE(answer.results[i].problem);
    CHECK(answer.results[i].problem->code == reasons[i]);
  }
  CHECK(answer.results[5].status == ResultStatus::Applied);
  office.store().read([&](Reader& reader) {
    CHECK(reader.journal_with(ResultStatus::Parked, 100).size() == 5);
    CHECK(reader.head(good));
    CHECK_FALSE(reader.head(unknown.record));
  });
}

TEST_CASE("a mutation whose predecessor is not here yet waits, and applies when it comes") {
  Office office;
  auto lead = office.person(Role::Lead), anna = office.person(Role::Rep);
  const auto client = office.client_of(lead, anna, "Ромашка");
  const auto contact = office.id();
  const auto first = office.create(anna, "contact", contact, client, contact_body(client));
  auto second = office.mutation(anna, "contact", contact, client, {{OpKind::Set, "post", "Директор", {first.id}, {}}});
  second.prev = first.id;
  CHECK(office.sync(anna, {second}).results[0].status == ResultStatus::Waiting);
  CHECK(office.sync(anna, {first}).results[0].status == ResultStatus::Applied);
  office.store().read([&](Reader& reader) { CHECK(parse_head(*reader.head(contact)).at("post") == "Директор"); });
  CHECK(office.sync(anna, {second}).results[0].repeat);
}

TEST_CASE("a group applies whole or parks whole, also when it arrives in two requests") {
  Office office;
  auto lead = office.person(Role::Lead), anna = office.person(Role::Rep);
  const auto client = office.client_of(lead, anna, "Ромашка");
  const Group group{office.id(), 2};
  auto one = office.create(anna, "contact", office.id(), client, contact_body(client));
  auto two = office.create(anna, "contact", office.id(), client, contact_body(client));
  one.group = two.group = group;
  SECTION("in two requests") {
    CHECK(office.sync(anna, {one}).results[0].status == ResultStatus::Waiting);
    office.store().read([&](Reader& reader) { CHECK_FALSE(reader.head(one.record)); });
    office.sync(anna, {two});
    office.store().read([&](Reader& reader) {
      CHECK(reader.head(one.record));
      CHECK(reader.head(two.record));
    });
  }
  SECTION("one of them is invalid") {
    two.ops[0].value.erase("name");
    const auto answer = office.sync(anna, {one, two});
    CHECK(answer.results[0].status == ResultStatus::Parked);
    CHECK(answer.results[1].status == ResultStatus::Parked);
    office.store().read([&](Reader& reader) {
      CHECK_FALSE(reader.head(one.record));
      CHECK(reader.history().last_seq == 2);
    });
  }
}

TEST_CASE("requests that are wrong as a whole change nothing and say why") {
  Office office;
  auto lead = office.person(Role::Lead);
  const auto code = [&](const std::string& body) {
    const auto outcome = office.raw(lead, body);
    return std::holds_alternative<Problem>(outcome) ? std::get<Problem>(outcome).code : ProblemCode::Count;
  };
  CHECK(code("{") == ProblemCode::MalformedJson);
  CHECK(code(std::string(100, '[')) == ProblemCode::TooDeep);
  CHECK(code("{}") == ProblemCode::RequiredMissing);
  protocol::SyncRequest request;
  request.device = lead.author.device;
  request.epoch = "another";
  CHECK(code(protocol::encode(request)) == ProblemCode::EpochUnknown);
  request.epoch.clear();
  request.cursor = "nonsense";
  CHECK(code(protocol::encode(request)) == ProblemCode::CursorInvalid);
  request.cursor.clear();
  request.protocol = 99;
  CHECK(code(protocol::encode(request)) == ProblemCode::ProtocolTooNew);
  request.protocol = 1;
  request.device = office.id();
  CHECK(code(protocol::encode(request)) == ProblemCode::Forbidden);
}

TEST_CASE("after everything the store verifies and a backup opens with the same history") {
  Office office;
  auto lead = office.person(Role::Lead), anna = office.person(Role::Rep);
  const auto client = office.client_of(lead, anna, "Ромашка");
  for (int i = 0; i < 20; ++i)
    office.sync(anna, {office.create(anna, "contact", office.id(), client, contact_body(client))});
  CHECK(office.store().verify().empty());
  TemporaryFolder elsewhere;
  const auto reached = office.store().backup(elsewhere.file("anketa.db"));
  CHECK(reached == 22);
  const auto copy = open_sqlite_store({elsewhere.path().string(), 1, false}, office.environment_);
  copy->read([&](Reader& reader) { CHECK(reader.history().last_seq == 22); });
  CHECK(copy->verify().empty());
  CHECK(office.sync(anna).backup_seq == 22);
}

}  // namespace anketa::server::test
