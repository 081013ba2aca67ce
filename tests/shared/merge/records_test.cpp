// Statuses, creation, fields that stand, whole records, and what is refused.
#include <catch2/catch_test_macros.hpp>

#include "tests/shared/merge/world.hpp"

using namespace anketa;
using namespace anketa::merge;
using namespace anketa::merge::testing;

namespace {

struct Visits : Pair {
  Visits() : Pair("questionnaire", questionnaire_body()) {}
  Json status() const { return value_at(office.body(), "status"); }
};

ProblemCode refused(const Plan& plan) {
  REQUIRE(plan.parked);
  CHECK(plan.changes.empty());
  CHECK(plan.conflicts.empty());
  CHECK_FALSE(plan.conflicted);
  return plan.parked->code;
}

}  // namespace

TEST_CASE("TransitionVsTransition, the same: one effect, both facts") {
  Visits pair;
  pair.anna.edit({transition("status", "draft", "paused", {{"resume_point", "6"}})});
  pair.boris.edit({transition("status", "draft", "paused", {{"date", "2025-06-10"}})});
  pair.anna.sync(pair.office);
  const auto plan = pair.boris.sync(pair.office);
  CHECK_FALSE(plan.conflicted);
  CHECK(pair.status() == "paused");
  CHECK(pair.office.body()["resume_point"] == "6");
  CHECK(pair.office.body()["date"] == "2025-06-10");
}

TEST_CASE("TransitionVsTransition, legal from where it stands now: applies") {
  Visits pair;
  pair.anna.edit({transition("status", "draft", "paused")});
  pair.anna.edit({transition("status", "paused", "resumed")});
  pair.boris.edit({transition("status", "draft", "paused")});
  pair.anna.sync(pair.office);
  CHECK_FALSE(pair.boris.sync(pair.office).conflicted);
  CHECK(pair.status() == "paused");
}

TEST_CASE("TransitionVsTransition, illegal from where it stands now: a conflict with all the newcomer said") {
  Visits pair;
  pair.anna.edit({transition("status", "draft", "complete")});
  pair.boris.edit({transition("status", "draft", "paused", {{"resume_point", "6"}})});
  pair.anna.sync(pair.office);
  CHECK(pair.boris.sync(pair.office).conflicted);
  CHECK(pair.status() == "complete");
  CHECK_FALSE(pair.office.body().contains("resume_point"));
  CHECK(open_values(pair.office.conflict("status")) ==
        std::vector<Json>{"complete", {{"from", "draft"}, {"to", "paused"}, {"facts", {{"resume_point", "6"}}}}});
}

TEST_CASE("TransitionVsTransition: the lead settles it by either status") {
  for (const bool by_transition : {true, false}) {
    Visits pair;
    pair.anna.edit({transition("status", "draft", "complete")});
    pair.boris.edit({transition("status", "draft", "paused")});
    pair.anna.sync(pair.office);
    pair.boris.sync(pair.office);
    Device lead(9, "questionnaire");
    lead.pull(pair.office);
    const auto op = by_transition ? transition("status", "complete", "paused") : set("status", "paused");
    lead.edit({resolve(op, pair.office.conflict("status"))});
    CHECK_FALSE(lead.sync(pair.office).parked);
    CHECK(pair.status() == "paused");
    CHECK_FALSE(pair.office.conflict("status").open);
  }
}

TEST_CASE("A transition that was never legal parks") {
  Visits pair;
  pair.anna.edit({transition("status", "draft", "resumed")});
  CHECK(refused(pair.anna.sync(pair.office)) == ProblemCode::IllegalTransition);
  pair.anna.edit({transition("status", "paused", "resumed")});
  CHECK(refused(pair.anna.sync(pair.office)) == ProblemCode::IllegalTransition);
  CHECK(pair.status() == "draft");
}

TEST_CASE("TransitionChain: an author's own steps apply one after another") {
  Visits pair;
  pair.anna.edit({transition("status", "draft", "paused")});
  pair.anna.edit({transition("status", "paused", "resumed")});
  pair.anna.edit({transition("status", "resumed", "complete_after_pause")});
  pair.anna.sync(pair.office);
  CHECK(pair.status() == "complete_after_pause");
}

TEST_CASE("Facts of a transition are cells like others: seen ones are overwritten, unseen ones conflict") {
  Visits pair;
  pair.anna.edit({set("resume_point", "5")});
  pair.anna.sync(pair.office);
  pair.boris.pull(pair.office);
  pair.boris.edit({transition("status", "draft", "paused", {{"resume_point", "6"}})});
  CHECK_FALSE(pair.boris.sync(pair.office).conflicted);
  CHECK(pair.office.body()["resume_point"] == "6");

  pair.anna.pull(pair.office);
  pair.anna.edit({set("resume_point", "7")});
  pair.anna.sync(pair.office);
  pair.boris.edit({transition("status", "paused", "resumed", {{"resume_point", nullptr}})});
  CHECK(pair.boris.sync(pair.office).conflicted);
  CHECK(pair.status() == "resumed");
  CHECK(open_values(pair.office.conflict("resume_point")) == std::vector<Json>{"7", nullptr});
}

TEST_CASE("A status begins at its first value and changes by transitions only") {
  auto begun_elsewhere = questionnaire_body();
  begun_elsewhere["status"] = "complete";
  Office office;
  Device anna(1, "questionnaire");
  anna.create(begun_elsewhere);
  CHECK(refused(anna.sync(office)) == ProblemCode::IllegalTransition);
  CHECK_FALSE(office.exists());

  Visits pair;
  for (const auto& op : {set("status", "complete"), set("status", nullptr), drop("status")}) {
    pair.anna.edit({op});
    CHECK(refused(pair.anna.sync(pair.office)) == ProblemCode::IllegalTransition);
  }
  CHECK(pair.status() == "draft");
}

TEST_CASE("CreateVsCreate: two devices that make the same record join, the further status stands") {
  // Ids derived from a cause are the same on both devices.
  Office office;
  Device anna(1, "questionnaire"), boris(2, "questionnaire");
  anna.create(questionnaire_body());
  anna.edit({transition("status", "draft", "paused")});
  auto body = questionnaire_body();
  body["resume_point"] = "6";
  body["answers"]["company"]["name"] = "Лютик";
  boris.create(body);
  anna.sync(office);
  const auto plan = boris.sync(office);
  REQUIRE_FALSE(plan.parked);
  CHECK(office.body()["status"] == "paused");
  CHECK(office.body()["resume_point"] == "6");
  CHECK(open_values(office.conflict("answers/company/name")) == std::vector<Json>{"Ромашка", "Лютик"});
  CHECK(office.conflicts().size() == 1);
}

TEST_CASE("Creation: a record lacks nothing that is required and lives in its client's scope") {
  for (const char* field : {"client", "name"}) {
    CAPTURE(field);
    auto body = contact_body();
    body.erase(field);
    Office office;
    Device anna(1);
    anna.create(body);
    CHECK(refused(anna.sync(office)) == ProblemCode::RequiredMissing);
  }
  auto body = contact_body();
  body["client"] = number(77).text();
  Office office;
  Device anna(1);
  anna.create(body);
  CHECK(refused(anna.sync(office)) == ProblemCode::InvalidValue);
}

TEST_CASE("Creation: field by field gives the same body as at once") {
  Office at_once, by_fields;
  Device anna(1), boris(1);
  anna.create(contact_body());
  anna.sync(at_once);
  std::vector<Op> ops;
  const auto body = contact_body();
  for (const auto& [key, value] : body.items()) ops.push_back(set(key, value));
  boris.edit(ops);
  boris.sync(by_fields);
  CHECK(to_json(at_once.record()) == to_json(by_fields.record()));
}

TEST_CASE("Creation: nulls, empty members and unsorted sets come out in the form of bodies") {
  auto body = contact_body();
  body["tags"] = {"b", "a", "b"};
  body["email"] = nullptr;
  body["extra"] = {{"empty", Json::object()}, {"none", Json::array()}};
  Office office;
  Device anna(1);
  anna.create(body);
  anna.sync(office);
  CHECK(office.body()["tags"] == Json{"a", "b"});
  CHECK_FALSE(office.body().contains("email"));
  CHECK_FALSE(office.body().contains("extra"));
  CHECK(is_normal(office.body()));
}

TEST_CASE("An immutable field stands once it is set, a required one is never cleared") {
  Pair pair("contact", contact_body());
  pair.anna.edit({set("client", number(5).text())});
  CHECK(refused(pair.anna.sync(pair.office)) == ProblemCode::ReadOnlyField);
  pair.anna.edit({set("client", nullptr)});
  CHECK(refused(pair.anna.sync(pair.office)) == ProblemCode::RequiredMissing);
  pair.anna.edit({drop("name")});
  CHECK(refused(pair.anna.sync(pair.office)) == ProblemCode::RequiredMissing);
  pair.anna.edit({set("client", the_scope.text()), set("phone", "5")});
  CHECK_FALSE(pair.anna.sync(pair.office).parked);
  CHECK(pair.office.body()["phone"] == "5");
}

TEST_CASE("DeleteVsEdit: the edit brings the record back, the deletion is a side") {
  Pair pair("contact", contact_body());
  pair.anna.edit({drop("")});
  pair.boris.edit({set("phone", "2")});
  pair.anna.sync(pair.office);
  CHECK(pair.office.record().deleted);
  CHECK(pair.boris.sync(pair.office).conflicted);
  CHECK_FALSE(pair.office.record().deleted);
  CHECK(pair.office.body()["phone"] == "2");
  CHECK(open_values(pair.office.conflict("")) == std::vector<Json>{nullptr});
  CHECK(pair.office.conflict("").sides[0].user == pair.anna.user());
}

TEST_CASE("EditVsDelete: the record stays, the deletion is a side") {
  Pair pair("contact", contact_body());
  pair.boris.edit({set("phone", "2")});
  pair.anna.edit({drop("")});
  pair.boris.sync(pair.office);
  CHECK(pair.anna.sync(pair.office).conflicted);
  CHECK_FALSE(pair.office.record().deleted);
  REQUIRE(pair.office.conflict("").sides.size() == 2);
  CHECK(pair.office.conflict("").sides[0].user == pair.boris.user());
  CHECK(pair.office.conflict("").sides[1].value.is_null());
}

TEST_CASE("DeleteVsDelete: gone once") {
  Pair pair("contact", contact_body());
  pair.anna.edit({drop("")});
  pair.boris.edit({drop("")});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  CHECK(pair.office.record().deleted);
  CHECK(pair.office.conflicts().empty());
}

TEST_CASE("Who saw the deletion may bring the record back without a conflict") {
  Pair pair("contact", contact_body());
  pair.anna.edit({drop("")});
  pair.anna.sync(pair.office);
  pair.boris.pull(pair.office);
  pair.boris.edit({set("phone", "2")});
  CHECK_FALSE(pair.boris.sync(pair.office).conflicted);
  CHECK_FALSE(pair.office.record().deleted);
}

TEST_CASE("A deletion conflict is settled by keeping the record or by deleting it") {
  for (const bool keep : {true, false}) {
    CAPTURE(keep);
    Pair pair("contact", contact_body());
    pair.boris.edit({set("phone", "2")});
    pair.anna.edit({drop("")});
    pair.boris.sync(pair.office);
    pair.anna.sync(pair.office);
    pair.boris.pull(pair.office);
    pair.boris.edit({resolve(keep ? set("", {{"phone", "2"}}) : drop(""), pair.office.conflict(""))});
    pair.boris.sync(pair.office);
    CHECK(pair.office.record().deleted == !keep);
    CHECK_FALSE(pair.office.conflict("").open);
  }
}

TEST_CASE("Deleting what the office never had parks") {
  Office office;
  Device anna(1);
  anna.edit({drop("")});
  CHECK(refused(anna.sync(office)) == ProblemCode::RecordNotFound);
}

TEST_CASE("A record made and deleted by one mutation is there, deleted, and nobody is told of an error") {
  Office office;
  Device anna(1);
  anna.edit({{OpKind::Set, "", contact_body(), {}, {}}, drop("")});
  const auto plan = anna.sync(office);
  CHECK_FALSE(plan.parked);
  CHECK(plan.as_in_own_view);
  CHECK(office.record().deleted);
  CHECK(office.record().version == 1);
}

TEST_CASE("An unknown collection parks, its name in the problem") {
  Office office;
  Device anna(1, "horoscope");
  anna.create({{"sign", "лев"}});
  const auto plan = anna.sync(office);
  CHECK(refused(plan) == ProblemCode::UnknownCollection);
  CHECK(plan.parked->arguments.at("collection") == "horoscope");
}

TEST_CASE("Undeclared fields are kept, round-trip and merge by their shape") {
  Pair pair("contact", contact_body());
  pair.anna.edit({set("zodiac", "лев"), set("pets", {{number(41).text(), {{"pos", "a"}, {"name", "Рекс"}}}}),
                  set("likes", Json{"кино"})});
  pair.anna.sync(pair.office);
  pair.boris.pull(pair.office);
  pair.boris.edit({set("pets/" + number(41).text() + "/kind", "пёс"), add("likes", "театр")});
  pair.anna.edit({set("zodiac", "рак"), add("likes", "цирк")});
  pair.boris.sync(pair.office);
  pair.anna.sync(pair.office);
  CHECK(pair.office.body()["zodiac"] == "рак");
  CHECK(pair.office.body()["likes"] == Json{"кино", "театр", "цирк"});
  CHECK(pair.office.body()["pets"][number(41).text()] == Json{{"pos", "a"}, {"name", "Рекс"}, {"kind", "пёс"}});
}

TEST_CASE("A mutation of another collection or scope than the record's parks") {
  Pair pair("contact", contact_body());
  auto mutation = pair.anna.edit({set("phone", "5")});
  auto other = mutation;
  other.collection = "visit";
  CHECK(refused(pair.office.take(other)) == ProblemCode::InvalidValue);
  other = mutation;
  other.scope = number(5);
  CHECK(refused(pair.office.take(other)) == ProblemCode::InvalidValue);
}

TEST_CASE("One bad op parks the whole mutation") {
  Pair pair("contact", contact_body());
  pair.anna.edit({set("phone", "5"), set("met", "да")});
  CHECK(refused(pair.anna.sync(pair.office)) == ProblemCode::WrongType);
  CHECK(pair.office.body()["phone"] == "1");
}
