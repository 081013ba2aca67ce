// Individual lists (R4, R5): who gets which client, and what goes along with it (R37).
#include "tests/client-core/sync/programme_world.hpp"

using namespace anketa;
using namespace anketa::client;
using namespace anketa::client::test;
using anketa::test::refused;

TEST_CASE("Splitting puts every client onto a list once; again only what has come since (R5)") {
  Programme programme;
  const auto shield = programme.client_of(programme.anna, "Щит");
  programme.client_of({}, "Ничей");
  const auto campaign = programme.summer();
  auto outcome = split_campaign(*programme.client, campaign, moscow);
  CHECK(outcome.clients == 2);
  CHECK(outcome.listed == 2);
  CHECK(outcome.suggestions == 0);
  programme.client_of(programme.boris, "Меч");
  outcome = split_campaign(*programme.client, campaign, moscow);
  CHECK(outcome.listed == 1);
  const auto lists = programme.report("lists", {{"rep", programme.anna.text()}});
  CHECK(lists.at("total") == 2);
  CHECK(programme.client->list("campaign_client", shield).size() == 1);
}

TEST_CASE(
    "Who gets a client by the split sees it: as its owner where nobody answers for it, else in its team (R5, R37)") {
  Programme programme;
  const auto nobodys = programme.client_of({}, "Ничей");
  const auto leaver = programme.person("Вера");
  const auto left = programme.client_of(leaver, "Осиротел");
  const auto elsewhere = programme.client_of(programme.person("Глеб"), "Чужой");
  programme.office.sync(programme.lead);
  auto account = programme.office.store().accounts().account(leaver).value();
  account.active = false;
  programme.office.store().accounts().update_account(account);
  programme.office.sync(programme.lead);
  const auto campaign = programme.summer();
  CHECK(split_campaign(*programme.client, campaign, moscow).listed == 3);
  const auto owner_of = [&](const Uuid& client) { return programme.owner(client); };
  const auto rep_of = [&](const Uuid& client) {
    return string_or_empty(programme.client->list("campaign_client", client).at(0).view.body, "rep");
  };
  CHECK(owner_of(nobodys) == rep_of(nobodys));
  CHECK(owner_of(left) == rep_of(left));
  CHECK(owner_of(elsewhere) != rep_of(elsewhere));
  CHECK(programme.office.sync(programme.lead).parked == 0);
  programme.office.sync(programme.rep);
  for (const auto& client : {nobodys, left, elsewhere})
    CHECK(programme.rep.client->get(client).has_value() == (rep_of(client) == programme.anna.text()));
}

TEST_CASE("The lead moves a client to another list, with responsibility or without (R5)") {
  Programme programme;
  const auto shield = programme.client_of(programme.anna, "Щит");
  const auto campaign = programme.summer();
  split_campaign(*programme.client, campaign, moscow);
  const auto suggested = judge_relation(*programme.client, campaign, shield, "unsure", moscow);
  const auto visit = book_visit(*programme.client, shield, {programme.environment.now() + 3'600'000}, programme.anna);
  move_client(*programme.client, campaign, shield, programme.boris, false);
  const auto entry = programme.client->list("campaign_client", shield).at(0).view.body;
  CHECK(entry.at("rep") == programme.boris.text());
  CHECK(field(*programme.client, visit, "rep") == programme.boris.text());
  CHECK(field(*programme.client, *suggested, "status") == "declined");
  CHECK(programme.owner(shield) == programme.anna.text());
  CHECK(programme.client->list("assignment", shield).size() == 2);
  move_client(*programme.client, campaign, shield, programme.boris, true);
  CHECK(programme.owner(shield) == programme.boris.text());
  CHECK(programme.office.sync(programme.lead).parked == 0);
}

TEST_CASE("Only who looks after clients is given one: not the service side, not who has left (R5, R37)") {
  Programme programme;
  const auto mender = Uuid::v7(programme.environment);
  programme.office.store().accounts().add_account({mender, "mender", "Мастер", Role::Service, "-", true});
  const auto shield = programme.client_of(programme.anna, "Щит");
  const auto campaign = programme.summer();
  split_campaign(*programme.client, campaign, moscow);
  programme.office.sync(programme.lead);
  REQUIRE(programme.client->get(mender));
  for (const bool with_responsibility : {false, true})
    CHECK(refused([&] { move_client(*programme.client, campaign, shield, mender, with_responsibility); }) ==
          ProblemCode::InvalidValue);
  CHECK(refused([&] { programme.client->assign_owner(shield, mender); }) == ProblemCode::InvalidValue);
  CHECK(refused([&] { programme.client->create_client({{"name", "Новый"}}, mender); }) == ProblemCode::InvalidValue);
  CHECK(refused([&] {
          edit_campaign(*programme.client, campaign, {{"staff", {{shield.text(), {{"user", mender.text()}}}}}});
        }) == ProblemCode::InvalidValue);
  CHECK(programme.owner(shield) == programme.anna.text());
}

TEST_CASE("Two leads accept the same suggestion: the second one's decision is refused as a whole (R5, R37)") {
  Programme programme;
  auto colleague = programme.office.device(Role::Lead);
  const auto shield = programme.client_of(programme.anna, "Щит");
  const auto campaign = programme.summer();
  split_campaign(*programme.client, campaign, moscow);
  const auto made = judge_relation(*programme.client, campaign, shield, "unsure", moscow);
  programme.office.sync(programme.lead);
  programme.office.sync(colleague);
  const auto vera = programme.person("Вера");
  programme.office.sync(colleague);
  decide_suggestion(*programme.client, *made, true);
  decide_suggestion(*colleague.client, *made, true, vera);
  programme.office.sync(programme.lead);
  const auto pushed = programme.office.sync(colleague);
  CHECK(pushed.parked == 4);  // his owner, the end of the former one, the list, the suggestion
  for (const auto& parked : colleague.client->parked()) CHECK(parked.problem.code == ProblemCode::SecondOwner);
  programme.office.sync(programme.lead);
  CHECK(programme.owner(shield) == programme.boris.text());
  CHECK(field(*programme.client, *made, "to") == programme.boris.text());
}

TEST_CASE("What is left on the list of somebody who takes part no more is dealt out by the next split (R4, R5)") {
  Programme programme;
  const auto shield = programme.client_of(programme.anna, "Щит");
  const auto sword = programme.client_of(programme.boris, "Меч");
  const auto campaign = programme.summer();
  split_campaign(*programme.client, campaign, moscow);
  const auto visit = book_visit(*programme.client, shield, {programme.environment.now() + 3'600'000}, programme.anna);
  const auto staff = programme.client->need(campaign).view.body.at("staff");
  for (const auto& [item, member] : staff.items())
    if (member.at("user") == programme.anna.text())
      edit_campaign(*programme.client, campaign, {{"staff", {{item, nullptr}}}});
  CHECK(programme.report("campaign").at("left_behind") == 1);
  const auto outcome = split_campaign(*programme.client, campaign, moscow);
  CHECK(outcome.moved == 1);
  CHECK(outcome.listed == 0);
  CHECK(field(*programme.client, visit, "rep") == programme.boris.text());
  CHECK(programme.owner(shield) == programme.anna.text());
  CHECK(programme.owner(sword) == programme.boris.text());
  CHECK(programme.report("campaign").at("left_behind") == 0);
  CHECK(programme.office.sync(programme.lead).parked == 0);
}

TEST_CASE(
    "A relation that is not sure makes a suggestion; accepted, the client goes over with all that is booked (R5)") {
  Programme programme;
  const auto shield = programme.client_of(programme.anna, "Щит");
  const auto campaign = programme.summer();
  split_campaign(*programme.client, campaign, moscow);
  const auto visit = book_visit(*programme.client, shield, {programme.environment.now() + 3'600'000}, programme.anna);
  end_visit(*programme.client, visit, false);
  const auto made = judge_relation(*programme.client, campaign, shield, "unsure", moscow);
  REQUIRE(made);
  CHECK(field(*programme.client, *made, "to") == programme.boris.text());
  const auto entry = programme.client->list("campaign_client", shield).at(0);
  CHECK(string_or_empty(entry.view.body, "relation") == "unsure");
  CHECK(string_or_empty(entry.view.body, "rep") == programme.anna.text());
  const auto booked = book_visit(*programme.client, shield, {programme.environment.now() + 7'200'000}, programme.anna);

  decide_suggestion(*programme.client, *made, true);
  CHECK(field(*programme.client, *made, "status") == "accepted");
  CHECK(field(*programme.client, entry.view.id, "rep") == programme.boris.text());
  CHECK(field(*programme.client, booked, "rep") == programme.boris.text());
  CHECK(field(*programme.client, visit, "rep") == programme.anna.text());
  // Exactly one is responsible, and who was stays in the team (R37).
  std::map<std::string, std::string> team;
  for (const auto& one : programme.client->list("assignment", shield))
    team[string_or_empty(one.view.body, "user")] = string_or_empty(one.view.body, "role");
  CHECK(team ==
        std::map<std::string, std::string>{{programme.anna.text(), "member"}, {programme.boris.text(), "owner"}});
  CHECK(refused([&] { decide_suggestion(*programme.client, *made, false); }) == ProblemCode::IllegalTransition);
}

TEST_CASE("That a rep shields a client stands nowhere he could read it (R5, R36)") {
  Programme programme;
  const auto shield = programme.client_of(programme.anna, "Щит");
  const auto campaign = programme.summer();
  split_campaign(*programme.client, campaign, moscow);
  const auto made = judge_relation(*programme.client, campaign, shield, "monopolised", moscow);
  REQUIRE(made);
  CHECK(programme.client->need(*made).view.scope == *made);
  for (const auto& [collection, records] : programme.client->client_card(shield).records)
    for (const auto& record : records) CHECK(record.view.body.dump().find("monopolised") == std::string::npos);
  decide_suggestion(*programme.client, *made, false);
  CHECK(split_campaign(*programme.client, campaign, moscow).suggestions == 0);
}

TEST_CASE("Another word of the lead's replaces an open suggestion, and a good one takes it back (R5)") {
  Programme programme;
  const auto shield = programme.client_of(programme.anna, "Щит");
  const auto campaign = programme.summer();
  split_campaign(*programme.client, campaign, moscow);
  judge_relation(*programme.client, campaign, shield, "unsure", moscow);
  judge_relation(*programme.client, campaign, shield, "monopolised", moscow);
  CHECK(programme.report("suggestions").at("total") == 1);
  CHECK(programme.report("suggestions").at("items")[0].at("reason") == "monopolised");
  CHECK_FALSE(judge_relation(*programme.client, campaign, shield, "good", moscow));
  CHECK(programme.report("suggestions").at("items")[0].at("status") == "declined");
  CHECK(judge_relation(*programme.client, campaign, shield, "unsure", moscow));
  CHECK(programme.report("suggestions").at("items")[0].at("status") == "suggested");
  programme.office.sync(programme.lead);
  CHECK(programme.client->status().parked == 0);
}
