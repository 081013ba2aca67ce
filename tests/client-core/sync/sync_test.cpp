// Devices against the real sync service: what is pushed, pulled, merged, parked, granted and revoked.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "tests/client-core/sync/office.hpp"
#include "tests/support/refused.hpp"

using namespace anketa;
using namespace anketa::client;
using namespace anketa::client::test;
using anketa::test::refused;

TEST_CASE("what one device makes another one shows, and a second sync moves nothing") {
  Office office;
  auto lead = office.device(Role::Lead);
  auto rep = office.device(Role::Rep);
  const auto client = office.client_of(lead, rep);
  CHECK(office.sync(rep).pulled == 2);
  rep.client->create("contact", client, contact(client));
  rep.client->edit(client, {{"city", "Тверь"}});
  const auto pushed = office.sync(rep);
  CHECK(pushed.pushed == 2);
  CHECK(pushed.applied == 2);
  CHECK(pushed.pulled == 0);
  office.sync(lead);
  for (const auto* collection : {"client", "contact", "assignment"})
    CHECK(shown(*lead.client, collection) == shown(*rep.client, collection));
  CHECK(rep.client->status().unsynced == 0);
  CHECK(rep.client->status().last_sync == office.environment().now());

  rep.sent.clear();
  const auto again = office.sync(rep);
  CHECK(again.pushed + again.pulled + again.removed == 0);
  CHECK(again.rounds == 1);
  CHECK(rep.sent.size() == 1);
}

TEST_CASE("a first sync of several pages is complete, however often its answers are lost") {
  Office office;
  auto lead = office.device(Role::Lead);
  auto rep = office.device(Role::Rep);
  const auto client = office.client_of(lead, rep);
  {
    Client::Batch batch(*lead.client);
    for (int i = 0; i < 2500; ++i) lead.client->create("contact", client, contact(client, std::to_string(i)));
    batch.commit();
  }
  const bool work = GENERATE(true, false);
  const auto pushed = office.sync(lead, work);
  CHECK(pushed.pushed == 2500);
  CHECK(pushed.rounds == 3);
  rep.fates = {Fate::Delivered, Fate::AnswerLost, Fate::NeverArrives, Fate::Delivered, Fate::AnswerLost};
  const auto pulled = office.sync(rep, work);
  CHECK(pulled.pulled == 2502);
  CHECK(shown(*rep.client, "contact") == shown(*lead.client, "contact"));
}

TEST_CASE("a push whose answer is lost at any request is pushed again without a second effect") {
  const int lost = GENERATE(0, 1, 2);
  const auto fate = GENERATE(Fate::AnswerLost, Fate::NeverArrives);
  Office office;
  auto lead = office.device(Role::Lead);
  const auto client = lead.client->create("client", {}, {{"name", "Один"}});
  office.sync(lead);
  {
    Client::Batch batch(*lead.client);
    for (int i = 0; i < 2100; ++i) lead.client->create("contact", client, contact(client, std::to_string(i)));
    batch.commit();
  }
  // The connection goes for good at that request; the program ends, and starts anew later.
  lead.fates.assign(static_cast<std::size_t>(lost), Fate::Delivered);
  lead.fates.insert(lead.fates.end(), 4, fate);
  CHECK(refused([&] { office.sync(lead); }) == ProblemCode::ServerUnreachable);
  office.reopen(lead);
  lead.fates.clear();
  const auto before = shown(*lead.client, "contact").size();
  office.sync(lead);
  CHECK(before == 2100);
  CHECK(lead.client->status().unsynced == 0);
  for (const auto& record : lead.client->list("contact")) REQUIRE(record.view.version == 1);
  auto other = office.device(Role::Lead);
  office.sync(other);
  CHECK(shown(*other.client, "contact") == shown(*lead.client, "contact"));
}

TEST_CASE("disjoint edits of one record merge, and the author gets the merged record") {
  Office office;
  auto lead = office.device(Role::Lead);
  auto rep = office.device(Role::Rep);
  const auto client = office.client_of(lead, rep);
  office.sync(rep);
  lead.client->edit(client, {{"city", "Тверь"}});
  rep.client->edit(client, {{"phone", "2"}});
  office.sync(lead);
  const auto summary = office.sync(rep);
  CHECK(summary.merged == 1);
  office.sync(lead);
  CHECK(rep.client->need(client).view.body == Json{{"name", "ООО «Ромашка»"}, {"city", "Тверь"}, {"phone", "2"}});
  CHECK(shown(*rep.client, "client") == shown(*lead.client, "client"));
}

TEST_CASE("edits of one cell open a conflict with both values, and the rep settles it") {
  Office office;
  auto lead = office.device(Role::Lead);
  auto rep = office.device(Role::Rep);
  const auto client = office.client_of(lead, rep);
  office.sync(rep);
  lead.client->edit(client, {{"city", "Тверь"}});
  rep.client->edit(client, {{"city", "Псков"}});
  office.sync(lead);
  CHECK(office.sync(rep).conflicts == 1);
  CHECK(rep.client->need(client).view.body["city"] == "Тверь");
  const auto conflicts = rep.client->conflicts();
  REQUIRE(conflicts.size() == 1);
  CHECK(conflicts[0].path == "city");
  REQUIRE(conflicts[0].sides.size() == 2);
  CHECK(rep.client->status().open_conflicts == 1);
  const auto mine = conflicts[0].sides[0].value == "Псков" ? 0U : 1U;
  CHECK(conflicts[0].sides[1 - mine].in_effect);

  rep.client->resolve_with_side(conflicts[0].id, mine);
  CHECK(rep.client->conflicts().empty());
  CHECK(refused([&] { rep.client->resolve(conflicts[0].id, "Орёл"); }) == ProblemCode::ConflictNotOpen);
  office.sync(rep);
  office.sync(lead);
  for (auto* device : {&lead, &rep}) {
    CHECK(device->client->need(client).view.body["city"] == "Псков");
    CHECK(device->client->conflicts().empty());
    CHECK(device->client->status().open_conflicts == 0);
  }
}

TEST_CASE("a record made and removed before its first sync goes without a word, and nobody sees it") {
  Office office;
  auto lead = office.device(Role::Lead);
  auto rep = office.device(Role::Rep);
  const auto client = office.client_of(lead, rep);
  office.sync(rep);
  const auto made = rep.client->create("contact", client, contact(client));
  rep.client->remove(made);
  const auto pushed = office.sync(rep);
  CHECK(pushed.applied == 1);
  CHECK(pushed.parked == 0);
  CHECK(rep.client->status().unsynced == 0);
  office.sync(lead);
  CHECK_FALSE(lead.client->get(made));
  CHECK_FALSE(rep.client->get(made));
}

TEST_CASE("edits made while a sync is under way are kept and go with the next one") {
  Office office;
  auto lead = office.device(Role::Lead);
  const auto client = lead.client->create("client", {}, {{"name", "Один"}});
  auto engine = lead.client->sync();
  auto out = engine->step(Start{});
  lead.client->edit(client, {{"city", "Тверь"}});
  out = engine->step(office.serve(lead, std::get<SendRequest>(out.front())));
  REQUIRE(std::holds_alternative<Done>(out.back()));
  const auto record = lead.client->need(client);
  CHECK(record.view.body["city"] == "Тверь");
  CHECK(record.view.version == 1);
  CHECK(record.unsynced == 1);
  office.sync(lead);
  CHECK(lead.client->need(client).view.version == 2);
  CHECK(lead.client->status().unsynced == 0);
}

TEST_CASE("a refused edit stays with its reason, can be given up or made anew, and blocks nothing else") {
  Office office;
  auto lead = office.device(Role::Lead);
  auto rep = office.device(Role::Rep);
  const auto client = office.client_of(lead, rep);
  office.sync(rep);
  // He may only read meanwhile.
  const auto own = rep.client->create("contact", client, contact(client));
  rep.author.role = Role::Manager;
  const auto summary = office.sync(rep);
  CHECK(summary.parked == 1);
  const auto parked = rep.client->parked();
  REQUIRE(parked.size() == 1);
  CHECK(parked[0].record == own);
  CHECK(parked[0].problem.code == ProblemCode::Forbidden);
  SECTION("made anew once he may write again") {
    rep.author.role = Role::Rep;
    office.sync(rep);
    CHECK(rep.client->need(own).parked);
    rep.client->retry_parked(own);
    CHECK(rep.client->parked().empty());
    CHECK(office.sync(rep).applied == 1);
    office.sync(lead);
    CHECK(lead.client->need(own).view.body["name"] == "Пётр");
  }
  SECTION("given up") {
    rep.client->dismiss_parked(own);
    CHECK(rep.client->parked().empty());
    CHECK_FALSE(rep.client->get(own));
    CHECK(rep.client->status().unsynced == 0);
    CHECK(refused([&] { rep.client->dismiss_parked(own); }) == ProblemCode::RecordNotFound);
  }
}

TEST_CASE("what was edited in one step is made anew, or given up, in one step") {
  Office office;
  auto lead = office.device(Role::Lead);
  auto rep = office.device(Role::Rep);
  const auto client = office.client_of(lead, rep);
  office.sync(rep);
  // He may only read meanwhile.
  const auto own = Uuid::v7(office.environment());
  LocalEdits(rep.client->parts().store)
      .commit_group({{own, "contact", client, LocalEdits::creation(contact(client))},
                     {client, {}, {}, {{OpKind::Set, "city", "Тверь", {}, {}}}}});
  rep.author.role = Role::Manager;
  CHECK(office.sync(rep).parked == 2);
  const auto begun_with = GENERATE(0, 1);
  const auto record = begun_with == 0 ? own : client;
  SECTION("made anew once he may write again") {
    // Edited since: that goes along.
    rep.client->edit(own, {{"post", "директор"}});
    rep.author.role = Role::Rep;
    rep.client->retry_parked(record);
    CHECK(rep.client->parked().empty());
    CHECK(rep.client->status().unsynced == 2);
    office.sync(rep);
    CHECK(rep.client->status().unsynced == 0);
    office.sync(lead);
    CHECK(lead.client->need(own).view.body["post"] == "директор");
    CHECK(lead.client->need(client).view.body["city"] == "Тверь");
  }
  SECTION("given up") {
    rep.client->edit(client, {{"address", "ул. Садовая, 1"}});
    rep.client->dismiss_parked(record);
    CHECK(rep.client->parked().empty());
    CHECK_FALSE(rep.client->get(own));
    CHECK_FALSE(rep.client->need(client).view.body.contains("city"));
    CHECK(rep.client->need(client).view.body["address"] == "ул. Садовая, 1");
    CHECK(rep.client->status().unsynced == 1);
    rep.author.role = Role::Rep;
    office.sync(rep);
    CHECK(rep.client->status().unsynced == 0);
    office.sync(lead);
    CHECK(lead.client->need(client).view.body["address"] == "ул. Садовая, 1");
    CHECK_FALSE(lead.client->get(own));
  }
}

TEST_CASE("a revoked client goes from the device, after what was edited has been pushed (R34, R36)") {
  Office office;
  auto lead = office.device(Role::Lead);
  auto rep = office.device(Role::Rep);
  auto taker = office.device(Role::Rep);
  const auto client = office.client_of(lead, rep);
  const auto kept = office.client_of(lead, rep, "Другой");
  const auto person = lead.client->create("contact", client, contact(client));
  office.sync(lead);
  office.sync(rep);
  REQUIRE(rep.client->get(person));
  lead.client->assign_owner(client, taker.author.user);
  office.sync(lead);
  office.sync(rep);
  CHECK_FALSE(rep.client->get(client));
  CHECK_FALSE(rep.client->get(person));
  CHECK(rep.client->search_clients("ромашка").empty());
  CHECK(rep.client->get(kept));
  CHECK(refused([&] { rep.client->create("contact", client, contact(client)); }) == ProblemCode::Forbidden);
  // Handed over: the taker has all of it.
  office.sync(taker);
  CHECK(taker.client->get(person));
  // And back again.
  lead.client->assign_owner(client, rep.author.user);
  office.sync(lead);
  office.sync(rep);
  CHECK(rep.client->get(person));
}

TEST_CASE("after the server was restored from a backup, devices push again what it has lost, and all agree") {
  Office office;
  auto lead = office.device(Role::Lead);
  auto rep = office.device(Role::Rep);
  const auto client = office.client_of(lead, rep);
  office.sync(rep);
  const auto old = rep.client->create("contact", client, contact(client, "Старый"));
  office.sync(rep);
  office.sync(lead);
  office.back_up();
  // After the backup: edits by both, of each other's records too, and one that never reached the server.
  rep.client->edit(old, {{"phone", "2"}});
  const auto young = rep.client->create("contact", client, contact(client, "Новый"));
  office.sync(rep);
  office.sync(lead);
  lead.client->edit(young, {{"post", "Директор"}});
  lead.client->edit(client, {{"city", "Тверь"}});
  office.sync(lead);
  office.sync(rep);
  rep.client->edit(old, {{"post", "Инженер"}});
  const auto before = shown(*rep.client, "contact");

  office.restore();
  SECTION("the author of a record comes first") {
    office.sync(rep);
    office.sync(lead);
    office.sync(rep);
  }
  SECTION("the one who edited it comes first: his edit waits for the record") {
    office.sync(lead);
    office.sync(rep);
    for (const auto& parked : lead.client->parked()) lead.client->retry_parked(parked.record);
    office.sync(lead);
    office.sync(rep);
  }
  for (auto* device : {&lead, &rep}) {
    CHECK(device->client->need(old).view.body["phone"] == "2");
    CHECK(device->client->need(old).view.body["post"] == "Инженер");
    CHECK(device->client->need(young).view.body["name"] == "Новый");
    CHECK(device->client->need(young).view.body["post"] == "Директор");
    CHECK(device->client->need(client).view.body["city"] == "Тверь");
    CHECK(device->client->status().unsynced == 0);
  }
  for (const auto* collection : {"client", "contact", "assignment"})
    CHECK(shown(*lead.client, collection) == shown(*rep.client, collection));
  CHECK(shown(*rep.client, "contact").size() == before.size());
}

TEST_CASE("after a restore a set element that was taken out by one who saw it stays out, whoever pushes first") {
  Office office;
  auto lead = office.device(Role::Lead);
  auto rep = office.device(Role::Rep);
  const auto client = office.client_of(lead, rep);
  office.sync(rep);
  const auto person = rep.client->create("contact", client, contact(client, "Пётр"));
  office.sync(rep);
  office.back_up();
  rep.client->apply(person, {{OpKind::Add, "tags", "vip", {}, {}}});
  office.sync(rep);
  office.sync(lead);
  lead.client->apply(person, {{OpKind::Remove, "tags", "vip", {}, {}}});
  office.sync(lead);
  office.restore();
  const bool remover_first = GENERATE(true, false);
  for (auto* device : remover_first ? std::array{&lead, &rep, &lead} : std::array{&rep, &lead, &rep})
    office.sync(*device);
  for (auto* device : {&lead, &rep}) CHECK(device->client->need(person).view.at("tags/vip").is_null());
  CHECK(office.store().verify().empty());
}

TEST_CASE("a refused edit is pushed again to a restored server, and what follows it does not wait for ever") {
  Office office;
  auto lead = office.device(Role::Lead);
  auto rep = office.device(Role::Rep);
  const auto client = office.client_of(lead, rep);
  office.sync(rep);
  office.back_up();
  const auto person = rep.client->create("contact", client, {{"client", client.text()}, {"name", "Пётр"}});
  office.sync(rep);
  // As a faulty version of the program would have written it: this one refuses to.
  rep.client->edit(person, {{"post", "Завхоз"}});
  rep.client->parts().store.database().execute("UPDATE outbox_text SET text = replace(text, '\"Завхоз\"', '7')");
  CHECK(office.sync(rep).parked == 1);
  office.restore();
  rep.client->edit(person, {{"post", "Директор"}});
  const auto summary = office.sync(rep);
  CHECK(summary.waiting == 0);
  CHECK(summary.parked == 2);
  CHECK(rep.client->parked().size() == 2);
}

TEST_CASE("a record of which a restored server knows nothing any more goes once its sync is complete") {
  Office office;
  auto lead = office.device(Role::Lead);
  auto lost = office.device(Role::Lead);
  const auto kept = lead.client->create("client", {}, {{"name", "Остаётся"}});
  office.sync(lead);
  office.back_up();
  const auto gone = lost.client->create("client", {}, {{"name", "Пропал вместе с устройством"}});
  office.sync(lost);
  office.sync(lead);
  REQUIRE(lead.client->get(gone));
  office.restore();
  lead.fates = {Fate::Delivered, Fate::NeverArrives, Fate::NeverArrives, Fate::NeverArrives, Fate::NeverArrives};
  CHECK(refused([&] { office.sync(lead); }) == ProblemCode::ServerUnreachable);
  // Until then it stays visible: the rep may be offline for long.
  CHECK(lead.client->get(gone));
  office.sync(lead);
  CHECK_FALSE(lead.client->get(gone));
  CHECK(lead.client->get(kept));
}

TEST_CASE("a questionnaire paused at the gate reaches the lead together with its case (R13, R14)") {
  Office office;
  auto lead = office.device(Role::Lead);
  auto rep = office.device(Role::Rep);
  const auto client = office.client_of(lead, rep);
  office.sync(rep);
  auto interview = rep.client->start_questionnaire(client, {});
  auto& session = interview.session();
  session.answer(session.add_item("contacts") + "/c_name", "Пётр");
  for (int round = 0; round < 20 && !session.missing().empty(); ++round)
    for (const auto& gap : session.missing()) {
      const auto question = session.question(gap.path);
      Json value = "текст";
      if (!question.choices.empty()) value = question.choices.front().name;
      if (question.type == form::RowType::Integer || question.type == form::RowType::Range) value = 5;
      if (question.type == form::RowType::Date) value = "2025-06-10";
      if (question.type == form::RowType::SelectMultiple) value = Json{question.choices.front().name};
      if (gap.kind == form::Gap::Kind::ItemsMissing)
        session.add_item(gap.path);
      else
        session.answer(gap.path, value);
    }
  const auto outcome = interview.finish();
  REQUIRE(outcome.done);
  REQUIRE(outcome.status == form::FillStatus::Paused);
  const auto summary = office.sync(rep);
  CHECK(summary.parked + summary.waiting == 0);
  office.sync(lead);
  CHECK(lead.client->need(interview.questionnaire()).view.body["status"] == "paused");
  REQUIRE(lead.client->list("quality_case").size() == 1);
  CHECK(lead.client->list("quality_case")[0].view.body["questionnaire"] == interview.questionnaire().text());
  CHECK(shown(*rep.client, "questionnaire") == shown(*lead.client, "questionnaire"));
}

TEST_CASE("a rep assigned to a client twice keeps it when one of the assignments ends (R34)") {
  Office office;
  auto lead = office.device(Role::Lead);
  auto rep = office.device(Role::Rep);
  const auto client = office.client_of(lead, rep);
  const auto second = office.assign(lead, client, rep, "member");
  office.sync(lead);
  office.sync(rep);
  lead.client->remove(second);
  office.sync(lead);
  office.sync(rep);
  rep.client->edit(client, {{"city", "Тверь"}});
  CHECK(office.sync(rep).applied == 1);
  lead.client->assign_owner(client, lead.author.user);
  office.sync(lead);
  office.sync(rep);
  CHECK_FALSE(rep.client->get(client));
}

TEST_CASE("of a record two devices deleted apart both hold the one deletion that is in effect") {
  Office office;
  auto lead = office.device(Role::Lead);
  auto other = office.device(Role::Lead);
  const auto client = lead.client->create("client", {}, {{"name", "Один"}});
  const auto contact_id = lead.client->create("contact", client, contact(client));
  office.sync(lead);
  office.sync(other);
  lead.client->remove(contact_id);
  other.client->remove(contact_id);
  office.sync(lead);
  office.sync(other);
  office.sync(lead);
  const auto deleted_by = [&](Office::Device& device) {
    auto& records = device.client->parts().store.records();
    return records.load_server(records.find(contact_id).value()).provenance("");
  };
  CHECK(deleted_by(lead) == deleted_by(other));
}
