// The stories of tests/golden, told by the real engine and the real service.
#include "tests/client-core/sync/transcript.hpp"

using namespace anketa;
using namespace anketa::client;
using namespace anketa::client::test;

namespace {

/// A lead, and a rep who owns the one client there is; both are in sync.
struct Story : Transcript {
  explicit Story(const std::string& file)
      : Transcript(file), lead(log_in("lead", Role::Lead)), rep(log_in("rep", Role::Rep)) {
    tell("The lead makes a client and gives it to the rep, who syncs for the first time.");
    client = office.client_of(lead, rep);
    office.sync(rep);
  }
  Office::Device lead, rep;
  Uuid client;
};

}  // namespace

TEST_CASE("Golden: log-in, first sync and push; a push whose answer was lost") {
  Story story("first_sync");
  story.tell("The rep adds a person and a phone number.");
  story.rep.client->create("contact", story.client, contact(story.client));
  story.rep.client->edit(story.client, {{"phone", "2"}});
  story.office.sync(story.rep);
  story.tell("He adds the city; the answer does not reach him, and he sends the same again.");
  story.rep.client->edit(story.client, {{"city", "Тверь"}});
  story.rep.fates = {Fate::AnswerLost};
  story.office.sync(story.rep);
  story.tell("The lead receives all of it.");
  story.office.sync(story.lead);
  story.finish();
}

TEST_CASE("Golden: a conflict and its resolution") {
  Story story("conflict");
  story.tell("Both set the city, the rep without a connection.");
  story.lead.client->edit(story.client, {{"city", "Тверь"}});
  story.rep.client->edit(story.client, {{"city", "Псков"}});
  story.office.sync(story.lead);
  story.office.sync(story.rep);
  const auto conflicts = story.rep.client->conflicts();
  REQUIRE(conflicts.size() == 1);
  story.tell("The rep settles it with his own value.");
  story.rep.client->resolve_with_side(conflicts[0].id, conflicts[0].sides[0].value == "Псков" ? 0 : 1);
  story.office.sync(story.rep);
  story.tell("The lead receives the outcome.");
  story.office.sync(story.lead);
  CHECK(story.lead.client->conflicts().empty());
  story.finish();
}

TEST_CASE("Golden: a parked edit does not keep others back, and is repaired") {
  Story story("parked");
  story.tell("The rep's role is changed so that he may only read; he does not know, and adds a person.");
  const auto person = story.rep.client->create("contact", story.client, contact(story.client));
  story.rep.author.role = Role::Manager;
  story.office.sync(story.rep);
  REQUIRE(story.rep.client->parked().size() == 1);
  story.tell("He may write again, and makes the edit anew.");
  story.rep.author.role = Role::Rep;
  story.rep.client->retry_parked(person);
  story.office.sync(story.rep);
  CHECK(story.rep.client->parked().empty());
  story.finish();
}

TEST_CASE("Golden: an atomic group") {
  Story story("group");
  story.tell("The rep makes a person and changes the client as one group.");
  LocalEdits edits(story.rep.client->parts().store);
  edits.commit_group(
      {{story.client, "client", story.client, {{OpKind::Set, "city", "Тверь", {}, {}}}},
       {Uuid::v7(story.office.environment()), "contact", story.client, LocalEdits::creation(contact(story.client))}});
  story.office.sync(story.rep);
  story.tell("The lead receives both in one page.");
  story.office.sync(story.lead);
  story.finish();
}

TEST_CASE("Golden: a client is handed over while its owner is offline (R34)") {
  Story story("handover");
  auto taker = story.log_in("taker", Role::Rep);
  story.tell("The rep edits offline; the lead hands the client over, and the taker gets all of it.");
  story.rep.client->edit(story.client, {{"city", "Тверь"}});
  story.lead.client->assign_owner(story.client, taker.author.user);
  story.office.sync(story.lead);
  story.office.sync(taker);
  story.tell("The rep's edit is taken as a late one, then the client leaves his device.");
  story.office.sync(story.rep);
  CHECK_FALSE(story.rep.client->get(story.client));
  story.tell("He acknowledges the revoke with his next sync; the taker has the late edit.");
  story.office.sync(story.rep);
  story.office.sync(taker);
  CHECK(taker.client->need(story.client).view.body["city"] == "Тверь");
  story.finish();
}

TEST_CASE("Golden: the server is restored from a backup, and has a new epoch") {
  Story story("restored");
  story.tell("A backup is made. Then the rep adds the city, and the lead receives it.");
  story.office.back_up();
  story.rep.client->edit(story.client, {{"city", "Тверь"}});
  story.office.sync(story.rep);
  story.office.sync(story.lead);
  story.tell("The server is restored. The lead syncs first: he holds what the server has lost.");
  story.office.restore();
  story.office.sync(story.lead);
  story.tell("The rep pushes his edit again.");
  story.office.sync(story.rep);
  story.tell("The lead has it back.");
  story.office.sync(story.lead);
  CHECK(story.lead.client->need(story.client).view.body["city"] == "Тверь");
  story.finish();
}
