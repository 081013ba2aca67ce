#include "sync-server/records/record_service.hpp"

#include <catch2/catch_test_macros.hpp>

#include "tests/support/refused.hpp"
#include "tests/sync-server/services/office.hpp"

using namespace anketa;
using namespace anketa::server;
using namespace anketa::server::test;
using anketa::test::refused;

namespace {

/// The lead, a rep with a client, and somebody who has no business with it.
struct House : Office {
  House() : client(client_of(lead, rep, "Ромашка")) {}

  Uuid contact_with(const std::string& phone) {
    auto body = contact_body(client);
    body["phone"] = phone;
    const auto contact = id();
    sync(lead, {create(lead, "contact", contact, client, body)});
    return contact;
  }

  /// Both have seen the record; then each writes another value into the same cell. Gives the conflict's id.
  Uuid disagree(const Uuid& contact) {
    sync(rep);
    auto theirs = Op{OpKind::Set, "phone", "222", {}, {}}, ours = Op{OpKind::Set, "phone", "333", {}, {}};
    merge::note_what_was_seen(theirs, at_server(contact));
    ours.over = theirs.over;
    sync(lead, {mutation(lead, "contact", contact, client, {theirs})});
    const auto answer = sync(rep, {mutation(rep, "contact", contact, client, {ours})});
    REQUIRE(answer.results[0].status == ResultStatus::Conflict);
    return answer.results[0].conflicts.at(0);
  }

  SyncService sync_service{store(), environment_};
  records::RecordService records{store(), sync_service, environment_};
  Person lead = person(Role::Lead), rep = person(Role::Rep), stranger = person(Role::Rep),
         service = person(Role::Service), manager = person(Role::Manager);
  Uuid client;
};

}  // namespace

TEST_CASE("A client's file holds what is known of it, for those who may see it (R36)") {
  House house;
  const auto contact = house.contact_with("111");
  const auto file = house.records.client(house.rep.author, house.client);
  CHECK(file.at("fields").at("name") == "Ромашка");
  REQUIRE(file.at("records").at("contact").size() == 1);
  CHECK(file.at("records").at("contact")[0].at("id") == contact.text());
  CHECK(file.at("records").at("assignment").size() == 1);
  CHECK(house.records.client(house.manager.author, house.client) == file);
  const auto hidden = [&](Person& who) { return refused([&] { house.records.client(who.author, house.client); }); };
  CHECK(hidden(house.stranger) == ProblemCode::RecordNotFound);
  CHECK(hidden(house.service) == ProblemCode::RecordNotFound);
}

TEST_CASE("A record's history names who, when and what, cell by cell, the newest first") {
  House house;
  const auto contact = house.contact_with("111");
  house.disagree(contact);
  const auto items = house.records.history(house.lead.author, contact).at("items");
  REQUIRE(items.size() == 3);
  CHECK(items[0].at("status") == "conflict");
  CHECK(items[0].at("user").at("id") == house.rep.author.user.text());
  CHECK(items[1].at("changes") == Json::parse(R"([{"path": "phone", "op": "set", "value": "222"}])"));
  CHECK(items[2].at("changes").size() == 4);
  CHECK(refused([&] { house.records.history(house.stranger.author, contact); }) == ProblemCode::RecordNotFound);
}

TEST_CASE("The lead settles a conflict for a side, and the record says so") {
  House house;
  const auto contact = house.contact_with("111");
  const auto conflict = house.disagree(contact);
  const auto listed = house.records.conflicts(house.lead.author, {}).at("items");
  REQUIRE(listed.size() == 1);
  CHECK(listed[0].at("id") == conflict.text());
  CHECK(listed[0].at("title") == "Петров Д. И.");
  CHECK(listed[0].at("base") == "111");
  CHECK(listed[0].at("now") == "222");
  REQUIRE(listed[0].at("sides").size() == 2);
  CHECK(listed[0].at("sides")[1].at("value") == "333");

  const Json wish{{"side", listed[0].at("sides")[1].at("mutation")},
                  {"seen", {listed[0].at("sides")[0].at("mutation"), listed[0].at("sides")[1].at("mutation")}}};
  CHECK(house.records.resolve(house.lead.author, conflict, wish).at("status") == "applied");
  CHECK(house.at_server(contact).at("phone") == "333");
  CHECK(house.records.conflicts(house.lead.author, {}).at("total") == 0);
  CHECK(house.records.conflicts(house.lead.author, {{"state", "resolved"}}).at("total") == 1);
  // A second click, or a colleague who was slower.
  CHECK(refused([&] { house.records.resolve(house.lead.author, conflict, wish); }) == ProblemCode::ConflictNotOpen);
}

TEST_CASE("A conflict to which a side was added unseen is not settled") {
  House house;
  const auto conflict = house.disagree(house.contact_with("111"));
  const auto side = house.records.conflicts(house.lead.author, {}).at("items")[0].at("sides")[0].at("mutation");
  const Json wish{{"side", side}, {"seen", Json::array({side})}};
  CHECK(refused([&] { house.records.resolve(house.lead.author, conflict, wish); }) == ProblemCode::ConflictNotOpen);
}

TEST_CASE("Who only reads settles nothing, and nothing of his try is kept") {
  House house;
  const auto conflict = house.disagree(house.contact_with("111"));
  CHECK(refused([&] {
          house.records.resolve(house.manager.author, conflict, {{"value", "444"}});
        }) == ProblemCode::Forbidden);
  CHECK(house.records.parked(house.lead.author, text::Language::English).at("total") == 0);
}

TEST_CASE("A parked edit is shown to its author and the lead, who puts it into effect in his own name") {
  House house;
  // The stranger has no right to the client.
  const auto contact = house.contact_with("111");
  auto op = Op{OpKind::Set, "post", "Директор", {}, {}};
  const auto edit = house.mutation(house.stranger, "contact", contact, house.client, {op});
  REQUIRE(house.sync(house.stranger, {edit}).results[0].status == ResultStatus::Parked);
  CHECK(house.records.parked(house.rep.author, text::Language::Russian).at("total") == 0);
  const auto parked = house.records.parked(house.lead.author, text::Language::Russian).at("items");
  REQUIRE(parked.size() == 1);
  CHECK(parked[0].at("problem").at("code") == "auth.forbidden");
  CHECK(parked[0].at("changes")[0].at("value") == "Директор");

  CHECK(refused([&] { house.records.accept(house.rep.author, edit.id); }) == ProblemCode::Forbidden);
  house.records.accept(house.lead.author, edit.id);
  CHECK(house.at_server(contact).at("post") == "Директор");
  CHECK(house.records.parked(house.lead.author, text::Language::Russian).at("total") == 0);
}

TEST_CASE("An edit made in the console is an ordinary mutation; over a value its author was not shown, a conflict") {
  House house;
  const auto contact = house.contact_with("111");
  const auto edit = [&](Json op) {
    return house.records.edit(house.lead.author, {{"record", contact.text()}, {"ops", Json::array({std::move(op)})}});
  };
  CHECK(edit({{"op", "set"}, {"path", "phone"}, {"value", "222"}, {"was", "111"}}).at("status") == "applied");
  CHECK(edit({{"op", "set"}, {"path", "phone"}, {"value", "333"}, {"was", "111"}}).at("status") == "conflict");
  CHECK(house.at_server(contact).at("phone") == "222");
  const auto made = house.records.edit(
      house.lead.author,
      {{"collection", "assignment"},
       {"client", house.client.text()},
       {"ops",
        {{{"op", "set"},
          {"path", ""},
          {"value",
           {{"client", house.client.text()}, {"user", house.stranger.author.user.text()}, {"role", "member"}}}}}}});
  CHECK(made.at("status") == "applied");
  CHECK(house.records.client(house.stranger.author, house.client).contains("fields"));
}

TEST_CASE("R37: in the console a client is handed over in one step; an edit that would leave none or two is refused") {
  House house;
  const auto account_of = [&](Person& person, const char* login, bool active = true, Role role = Role::Rep) {
    house.store().accounts().add_account({person.author.user, login, login, role, "-", active});
  };
  account_of(house.rep, "rep");
  account_of(house.stranger, "stranger");
  auto gone = house.person(Role::Rep);
  account_of(gone, "gone", false);
  auto mender = house.person(Role::Service);
  account_of(mender, "mender", true, Role::Service);
  const auto team = [&] {
    std::map<std::string, std::string> roles;
    house.store().read([&](Reader& reader) {
      for (const auto& head : reader.heads_of("assignment", house.client))
        if (const auto body = Json::parse(head.body); !head.deleted) roles[body.at("user")] = body.at("role");
    });
    return roles;
  };
  const auto to = [&](Person& person, bool keep = false) {
    return house.records.hand_over(house.lead.author, house.client,
                                   {{"user", person.author.user.text()}, {"keep", keep}});
  };
  using Team = std::map<std::string, std::string>;
  const auto rep = house.rep.author.user.text(), stranger = house.stranger.author.user.text();
  CHECK(to(house.stranger, true).at("owner") == stranger);
  CHECK(team() == Team{{rep, "member"}, {stranger, "owner"}});
  to(house.rep);
  CHECK(team() == Team{{rep, "owner"}});
  to(house.rep);
  CHECK(team() == Team{{rep, "owner"}});
  CHECK(refused([&] { to(gone); }) == ProblemCode::RecordNotFound);
  CHECK(refused([&] { to(mender); }) == ProblemCode::InvalidValue);
  CHECK(refused([&] {
          house.records.hand_over(house.rep.author, house.client, {{"user", stranger}});
        }) == ProblemCode::Forbidden);

  const auto assignment = house.records.client(house.lead.author, house.client)
                              .at("records")
                              .at("assignment")
                              .at(0)
                              .at("id")
                              .get<std::string>();
  const Json demoted{{"record", assignment}, {"ops", {{{"op", "set"}, {"path", "role"}, {"value", "member"}}}}};
  CHECK(refused([&] { house.records.edit(house.lead.author, demoted); }) == ProblemCode::OwnerNeeded);
  const Json second{{"collection", "assignment"},
                    {"client", house.client.text()},
                    {"ops",
                     {{{"op", "set"},
                       {"path", ""},
                       {"value", {{"client", house.client.text()}, {"user", stranger}, {"role", "owner"}}}}}}};
  CHECK(refused([&] { house.records.edit(house.lead.author, second); }) == ProblemCode::SecondOwner);
  CHECK(team() == Team{{rep, "owner"}});
  CHECK(house.records.parked(house.lead.author, text::Language::Russian).at("total") == 0);
}

TEST_CASE("The audit log is for who controls, can be narrowed, and goes on where it stopped") {
  House house;
  const auto contact = house.contact_with("111");
  house.disagree(contact);
  CHECK(refused([&] { house.records.audit(house.rep.author, {}); }) == ProblemCode::Forbidden);
  const auto of_rep = house.records.audit(house.lead.author, {{"user", house.rep.author.user.text()}});
  REQUIRE(of_rep.at("items").size() == 1);
  CHECK(of_rep.at("items")[0].at("paths") == Json::array({"phone"}));
  CHECK(of_rep.at("next_before").is_null());
  const auto first = house.records.audit(house.lead.author, {{"limit", "2"}});
  REQUIRE(first.at("items").size() == 2);
  const auto before = std::to_string(first.at("next_before").get<std::int64_t>());
  const auto second = house.records.audit(house.lead.author, {{"limit", "2"}, {"before", before}});
  CHECK(second.at("items")[0].at("position") < first.at("items")[1].at("position"));
}

TEST_CASE("The backup's reach is told with what has changed since") {
  House house;
  CHECK(house.records.backup().at("covers_until").is_null());
  house.store().write_and_wait([&](Writer& writer) { writer.set_backup_seq(writer.history().last_seq); });
  const auto told = house.records.backup();
  CHECK(told.at("seq") == told.at("last_seq"));
  CHECK(told.at("covers_until").is_number());
}
