// The brief, the revisions and the team, from records on the device.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "shared/programme/dossier_fields.hpp"
#include "shared/schema/schema.hpp"
#include "tests/client-core/api/fixture.hpp"
#include "tests/support/refused.hpp"

using namespace anketa;
using namespace anketa::client;
using namespace anketa::client::test;
using anketa::test::refused;

namespace {

struct Dossier : ClientFixture {
  Uuid account = make_client();

  Uuid put(std::string_view collection, Json body) {
    body["client"] = account.text();
    return client->create(collection, account, body);
  }
  programme::Brief brief() { return client->brief(account, 180); }
};

constexpr int moscow = 180;

}  // namespace

TEST_CASE("R31: the brief is made on the device from every part of the dossier, without a connection") {
  Dossier dossier;
  const auto director = dossier.put("contact", {{"name", "Пётр Иванов"}, {"post", "Директор"}, {"met", true}});
  dossier.client->edit(dossier.account, {{"main_contact", director.text()}});
  dossier.put("relation_actor",
              {{"contact", director.text()}, {"role", "decides"}, {"attitude", "opposes"}, {"access", "regular"}});
  dossier.put("relation_actor", {{"name", "Главный инженер"}, {"role", "influence"}});
  const auto item = Uuid::derived(rep, "promise").text();
  dossier.put("interaction",
              {{"kind", "meeting"},
               {"date", "2025-04-01"},
               {"user", rep.text()},
               {"contacts", {director.text()}},
               {"summary", "Говорили о складе"},
               {"promises", {{item, {{"text", "Прислать расчёт"}, {"by", "us"}, {"due_on", "2025-05-01"}}}}}});
  dossier.put("dossier_part", {{"part", "our_view"}, {"avoid", "Не звонить до обеда"}, {"revised_on", "2025-06-01"}});
  dossier.client->create("range_item", {}, {{"code", "wifi"}, {"name", {{"ru", "Wi-Fi"}}}, {"since", "2025-05-01"}});
  const auto brief = dossier.brief();
  REQUIRE(brief.persons.size() == 2);
  CHECK(brief.persons[0].name == "Пётр Иванов");
  CHECK(brief.persons[0].attitude == "opposes");
  CHECK(brief.persons[0].is_main);
  CHECK(brief.last_talk->with == "Пётр Иванов");
  REQUIRE(brief.promises.size() == 1);
  CHECK(brief.avoid == "Не звонить до обеда");
  REQUIRE(brief.new_in_range.size() == 1);
  CHECK(brief.revisions.size() == 3);
  const auto json = programme::to_json(brief);
  CHECK(json["last_meeting"] == "2025-04-01");
  CHECK(json["warnings"] == Json::array({"tell_main_contact", "opponent_among_them", "our_promise_overdue"}));
}

TEST_CASE("R31: revisions of all dossiers, never made and overdue ones first") {
  Dossier dossier;
  dossier.put("dossier_part", {{"part", "general"}, {"revised_on", "2025-02-01"}});
  dossier.put("dossier_part", {{"part", "decision"}, {"revised_on", "2025-06-01"}});
  const auto all = dossier.client->revisions(programme::parse_day("2025-06-10").value());
  REQUIRE(all.size() == 4);
  CHECK(all[0].state == programme::RevisionState::Never);
  CHECK(all[2].part == "general");
  CHECK(all[2].state == programme::RevisionState::Overdue);
  CHECK(to_json(all[2])["due_on"] == "2025-05-01");
  CHECK(all[3].state == programme::RevisionState::Current);
}

TEST_CASE("R37: an account passes from owner to owner in one step and never has none") {
  Dossier dossier;
  const auto first = Uuid::derived(rep, "first"), second = Uuid::derived(rep, "second");
  const auto owners = [&] {
    std::vector<std::string> all;
    for (const auto& record : dossier.client->list("assignment", dossier.account))
      if (string_or_empty(record.view.body, "role") == "owner")
        all.push_back(string_or_empty(record.view.body, "user"));
    return all;
  };
  dossier.client->assign_owner(dossier.account, first);
  CHECK(owners() == std::vector{first.text()});
  dossier.client->assign_owner(dossier.account, first);
  CHECK(dossier.client->list("assignment").size() == 1);
  dossier.client->assign_owner(dossier.account, second, true);
  CHECK(owners() == std::vector{second.text()});
  CHECK(dossier.client->list("assignment").size() == 2);
  dossier.client->assign_owner(dossier.account, first);
  CHECK(owners() == std::vector{first.text()});
  CHECK(dossier.client->list("assignment").size() == 1);
  const auto owner = dossier.client->list("assignment").front().view.id;
  CHECK(refused([&] { dossier.client->end_assignment(owner); }) == ProblemCode::OwnerNeeded);
  // Nor by an edit of the record itself; what is refused leaves no trace in the outbox.
  const auto unsynced = dossier.client->status().unsynced;
  CHECK(refused([&] { dossier.client->edit(owner, {{"role", "member"}}); }) == ProblemCode::OwnerNeeded);
  CHECK(refused([&] {
          dossier.client->create("assignment", dossier.account,
                                 {{"client", dossier.account.text()}, {"user", second.text()}, {"role", "owner"}});
        }) == ProblemCode::SecondOwner);
  CHECK(dossier.client->status().unsynced == unsynced);
  CHECK(owners().size() == 1);
}

TEST_CASE("R30: every field of the dossier belongs to one of its parts, or to all of them") {
  for (const auto& field : schema::collection("dossier_part")->fields) {
    if (field.name == "client" || field.name == "part") continue;
    INFO(field.name);
    const auto parts = std::count_if(programme::dossier_parts.begin(), programme::dossier_parts.end(),
                                     [&](auto part) { return programme::is_dossier_field(part, field.name); });
    CHECK((parts == 1 || parts == 4));
  }
}

TEST_CASE("R30: what the dossier's records say is found by the search") {
  Dossier dossier;
  dossier.put("competitor", {{"name", "Дом-Связь"}, {"strengths", "Дёшево и быстро"}});
  dossier.put("opportunity", {{"what", "Связь для нового склада"}, {"year1", 100}});
  dossier.put("relation_actor", {{"name", "Главный инженер"}, {"wants", "Чтобы не звонили ночью"}});
  CHECK(dossier.client->search("склад", "opportunity").size() == 1);
  CHECK(dossier.client->search("дешево", "competitor").size() == 1);
  CHECK(dossier.client->search("ночью", "relation_actor").size() == 1);
  const auto clients = dossier.client->search_clients("дом-связь");
  REQUIRE(clients.size() == 1);
  CHECK(clients.front().view.id == dossier.account);
}
