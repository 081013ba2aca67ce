// Old programs and new ones: what one does not know, the other gets back as it was. And what waits for what.
#include "tests/sync-server/services/office.hpp"

namespace anketa::server::test {

TEST_CASE("fields that the server does not know are kept, come back, and other edits leave them alone") {
  Office office;
  auto lead = office.person(Role::Lead), anna = office.person(Role::Rep);
  const auto client = office.client_of(lead, anna, "Ромашка");
  const auto contact = office.id();
  auto body = contact_body(client);
  body["shoe"] = {{"size", 43}, {"brands", {"a", "b"}}};
  office.sync(lead, {office.create(lead, "contact", contact, client, body)});
  office.sync(anna);
  office.sync(anna, {office.mutation(anna, "contact", contact, client, {{OpKind::Set, "phone", "7", {}, {}}})});
  CHECK(office.at_server(contact).at("shoe") == body["shoe"]);
  // Both newer programs still merge it cell by cell.
  const auto made = office.at_server(contact).provenance("shoe/size").value();
  office.sync(lead, {office.mutation(lead, "contact", contact, client, {{OpKind::Set, "shoe/size", 44, {made}, {}}})});
  CHECK(office.at_server(contact).at("shoe") == Json{{"size", 44}, {"brands", {"a", "b"}}});
}

TEST_CASE("members of a mutation that the server does not know belong to it: they are hashed and journalled") {
  Office office;
  auto lead = office.person(Role::Lead);
  const auto client = office.id();
  auto json = to_json(office.create(lead, "client", client, client, {{"name", "Ромашка"}}));
  json["mood"] = "fine";
  const auto push = [&] {
    auto request = lead.says;
    request.device = lead.author.device;
    request.cursor = lead.cursor;
    request.mutations = {canonical(json)};
    return protocol::decode_answer(std::get<std::string>(office.raw(lead, protocol::encode(request)))).results[0];
  };
  CHECK(push().status == ResultStatus::Applied);
  CHECK(push().repeat);
  office.store().read(
      [&](Reader& reader) { CHECK(Json::parse(reader.journal_of(client).at(0).text)["mood"] == "fine"); });
  CHECK(office.store().verify().empty());
}

TEST_CASE("a questionnaire is pinned to its template for ever") {
  Office office;
  auto lead = office.person(Role::Lead), anna = office.person(Role::Rep);
  const auto client = office.client_of(lead, anna, "Ромашка");
  const auto id = office.id();
  const Json pin{{"id", "vip"}, {"version", "1"}, {"hash", "abc"}};
  office.sync(anna, {office.create(anna, "questionnaire", id, client,
                                   {{"client", client.text()}, {"rep", anna.author.user.text()}, {"form", pin}})});
  for (const char* part : {"form/id", "form/version", "form/hash"}) {
    const auto by = office.at_server(id).provenance(part).value();
    const auto moved =
        office.sync(anna, {office.mutation(anna, "questionnaire", id, client, {{OpKind::Set, part, "x", {by}, {}}})});
    CHECK(moved.results[0].status == ResultStatus::Parked);
    CHECK(moved.results[0].problem->code == ProblemCode::ReadOnlyField);
  }
  CHECK(office.at_server(id).at("form") == pin);
}

TEST_CASE("an edit of a record that is not here yet waits for it, with its group and its chain") {
  Office office;
  auto lead = office.person(Role::Lead), anna = office.person(Role::Rep);
  const auto client = office.client_of(lead, anna, "Ромашка");
  const auto contact = office.id();
  const auto made = office.create(anna, "contact", contact, client, contact_body(client));
  auto edit = office.mutation(lead, "contact", contact, client, {{OpKind::Set, "post", "Директор", {made.id}, {}}});
  auto other = office.create(lead, "contact", office.id(), client, contact_body(client));
  edit.group = other.group = Group{office.id(), 2};
  auto next = office.mutation(lead, "contact", contact, client, {{OpKind::Set, "post", "Глава", {edit.id}, {}}});
  next.prev = edit.id;
  for (const auto& result : office.sync(lead, {edit, other, next}).results)
    CHECK(result.status == ResultStatus::Waiting);
  office.store().read([&](Reader& reader) { CHECK_FALSE(reader.head(other.record)); });
  CHECK(office.sync(anna, {made}).results[0].seq > 0);
  CHECK(office.at_server(contact).at("post") == "Глава");
  CHECK(office.at_server(other.record).version == 1);
  for (const auto& result : office.sync(lead, {edit, other, next}).results) {
    CHECK(result.repeat);
    CHECK(result.seq > 0);
  }
  CHECK(office.store().verify().empty());
}

TEST_CASE("what waits for an edit that is then refused is refused with it") {
  Office office;
  auto lead = office.person(Role::Lead), anna = office.person(Role::Rep);
  const auto client = office.client_of(lead, anna, "Ромашка");
  const auto contact = office.id();
  const auto made = office.create(anna, "contact", contact, client, {{"client", client.text()}, {"state", "odd"}});
  const auto edit =
      office.mutation(lead, "contact", contact, client, {{OpKind::Set, "post", "Директор", {made.id}, {}}});
  auto next = office.mutation(lead, "contact", contact, client, {{OpKind::Set, "post", "Глава", {edit.id}, {}}});
  next.prev = edit.id;
  for (const auto& result : office.sync(lead, {edit, next}).results) CHECK(result.status == ResultStatus::Waiting);
  REQUIRE(office.sync(anna, {made}).results[0].status == ResultStatus::Parked);
  for (const auto& result : office.sync(lead, {edit, next}).results) CHECK(result.status == ResultStatus::Parked);
  CHECK(office.store().verify().empty());
}

TEST_CASE("an entry for a log that a restored server does not know yet waits for its record") {
  Office office;
  auto lead = office.person(Role::Lead), anna = office.person(Role::Rep);
  const auto client = office.client_of(lead, anna, "Ромашка");
  const auto part = office.id();
  const Json entry{{"id", office.id().text()}, {"at", 1}, {"text", "Сменился директор"}, {"source", "talk"}};
  auto fact = office.mutation(lead, "dossier_part", part, client, {{OpKind::Append, "facts", entry, {}, {}}});
  fact.epoch = "the history before";
  CHECK(office.sync(lead, {fact}).results[0].status == ResultStatus::Waiting);
  office.sync(anna,
              {office.create(anna, "dossier_part", part, client, {{"client", client.text()}, {"part", "general"}})});
  CHECK(office.sync(lead, {fact}).results[0].seq > 0);
  CHECK_FALSE(office.at_server(part).at("facts").is_null());
}

TEST_CASE("what was deleted by one who had seen an edit stays deleted where the edit comes to a restored server last") {
  Office office;
  auto lead = office.person(Role::Lead), anna = office.person(Role::Rep);
  const auto client = office.client_of(lead, anna, "Ромашка");
  const auto contact = office.id();
  const auto made = office.create(anna, "contact", contact, client, contact_body(client));
  auto edit = office.mutation(anna, "contact", contact, client, {{OpKind::Set, "post", "Глава", {made.id}, {}}});
  auto unseen = office.mutation(anna, "contact", contact, client, {{OpKind::Set, "phone", "12", {}, {}}});
  edit.prev = made.id;
  unseen.prev = edit.id;
  const auto removal =
      office.mutation(lead, "contact", contact, client, {{OpKind::Remove, "", {}, {made.id, edit.id}, {}}});
  edit.epoch = unseen.epoch = "the history before";
  REQUIRE(office.sync(lead, {removal}).results[0].status == ResultStatus::Waiting);
  REQUIRE(office.sync(anna, {made}).results[0].seq > 0);
  REQUIRE(office.at_server(contact).deleted);
  const auto result = office.sync(anna, {edit}).results[0];
  CHECK(result.status == ResultStatus::Merged);
  CHECK(office.at_server(contact).deleted);
  CHECK(office.at_server(contact).at("post") == "Глава");
  SECTION("an edit that the remover had not seen brings it back") {
    CHECK(office.sync(anna, {unseen}).results[0].status == ResultStatus::Conflict);
    CHECK_FALSE(office.at_server(contact).deleted);
  }
  CHECK(office.store().verify().empty());
}

TEST_CASE("what waited has its author's rights, not those of whoever brought what it waited for") {
  Office office;
  auto lead = office.person(Role::Lead), anna = office.person(Role::Rep), boris = office.person(Role::Rep);
  const auto hers = office.client_of(lead, anna, "Ромашка"), his = office.client_of(lead, boris, "Василёк");
  const auto contact = office.id();
  const auto made = office.create(anna, "contact", contact, hers, contact_body(hers));
  SECTION("he may not: the record is of another client than he said") {
    const auto sly = office.mutation(boris, "contact", contact, his, {{OpKind::Set, "post", "x", {made.id}, {}}});
    REQUIRE(office.sync(boris, {sly}).results[0].status == ResultStatus::Waiting);
    REQUIRE(office.sync(anna, {made}).results[0].seq > 0);
    CHECK(office.sync(boris, {sly}).results[0].status == ResultStatus::Parked);
    CHECK(office.at_server(contact).at("post") == "Директор по ИТ");
  }
  SECTION("he may: a field that is the lead's, woken by a rep") {
    const auto client = office.id();
    const auto founded = office.create(lead, "client", client, client, {{"name", "Лютик"}});
    const auto marked =
        office.mutation(lead, "client", client, client, {{OpKind::Set, "key_status", "key", {founded.id}, {}}});
    auto follows = marked;
    follows.id = office.id();
    follows.prev = marked.id;
    follows.ops[0].value = "top";
    REQUIRE(office.sync(lead, {follows}).results[0].status == ResultStatus::Waiting);
    CHECK(office.sync(lead, {founded, marked}).results[1].seq > 0);
    CHECK(office.at_server(client).at("key_status") == "top");
  }
}

TEST_CASE("an edit of nothing, over nothing, does not wait: it parks") {
  Office office;
  auto lead = office.person(Role::Lead), anna = office.person(Role::Rep);
  const auto client = office.client_of(lead, anna, "Ромашка");
  const auto lost =
      office.sync(anna, {office.mutation(anna, "contact", office.id(), client, {{OpKind::Set, "post", "x", {}, {}}})});
  CHECK(lost.results[0].status == ResultStatus::Parked);
}

}  // namespace anketa::server::test
