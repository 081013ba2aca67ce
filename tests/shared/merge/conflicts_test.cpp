// The life of a conflict: joined, settled, reopened.
#include <catch2/catch_test_macros.hpp>

#include "tests/shared/merge/world.hpp"

using namespace anketa;
using namespace anketa::merge;
using namespace anketa::merge::testing;

namespace {

/// Anna's phone "2" is in effect, Boris's "3" is a side.
struct Open : Pair {
  Open() : Pair("contact", contact_body()) {
    anna.edit({set("phone", "2")});
    boris.edit({set("phone", "3")});
    anna.sync(office);
    boris.push(office);
  }
  const Conflict& conflict() const { return office.conflict("phone"); }
  Json phone() const { return value_at(office.body(), "phone"); }
};

}  // namespace

TEST_CASE("A later mutation of the same chain takes its ancestor's place as side") {
  Pair pair("contact", contact_body());
  pair.anna.edit({set("phone", "2")});
  pair.boris.edit({set("phone", "3")});
  pair.boris.edit({set("phone", "4")});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  const auto& conflict = pair.office.conflict("phone");
  CHECK(open_values(conflict) == std::vector<Json>{"2", "4"});
  // Sides are never deleted.
  CHECK(conflict.sides.size() == 3);
}

TEST_CASE("A chain that comes round to the value in effect ends its conflict") {
  Pair pair("contact", contact_body());
  pair.anna.edit({set("phone", "2")});
  pair.boris.edit({set("phone", "3")});
  pair.boris.edit({set("phone", "2")});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  CHECK(pair.office.body()["phone"] == "2");
  CHECK_FALSE(pair.office.conflict("phone").open);
}

TEST_CASE("A third author's value is a third side") {
  Open pair;
  Device clara(3);
  auto mutation = clara.edit({set("phone", "5")});
  mutation.ops[0].over = {};
  pair.office.take(mutation);
  CHECK(open_values(pair.conflict()) == std::vector<Json>{"2", "3", "5"});
}

TEST_CASE("An ordinary edit settles no conflict: it only succeeds the value it was made over") {
  Open pair;
  pair.anna.edit({set("phone", "6")});
  CHECK_FALSE(pair.anna.sync(pair.office).conflicted);
  CHECK(pair.phone() == "6");
  CHECK(pair.conflict().open);
  CHECK(open_values(pair.conflict()) == std::vector<Json>{"3", "6"});
}

TEST_CASE("A resolution settles the sides it names") {
  Open pair;
  pair.boris.pull(pair.office);
  pair.boris.edit({resolve(set("phone", "3"), pair.conflict())});
  CHECK_FALSE(pair.boris.sync(pair.office).conflicted);
  CHECK(pair.phone() == "3");
  CHECK_FALSE(pair.conflict().open);
  CHECK(pair.conflict().sides.size() == 2);
}

TEST_CASE("A resolution by the value that stands settles too") {
  Open pair;
  pair.boris.pull(pair.office);
  pair.boris.edit({resolve(set("phone", "2"), pair.conflict())});
  pair.boris.sync(pair.office);
  CHECK(pair.phone() == "2");
  CHECK_FALSE(pair.conflict().open);
}

TEST_CASE("A resolution by a third value, and by clearing") {
  for (const Json& value : {Json("7"), Json()}) {
    Open pair;
    pair.anna.edit({resolve(set("phone", value), pair.conflict())});
    pair.anna.sync(pair.office);
    CHECK(pair.phone() == value);
    CHECK_FALSE(pair.conflict().open);
  }
}

TEST_CASE("A side the resolution did not name stays open against the resolved value") {
  Open pair;
  const auto known = pair.conflict();
  pair.boris.pull(pair.office);
  pair.boris.edit({resolve(set("phone", "3"), known)});
  Device clara(3);
  auto late = clara.edit({set("phone", "5")});
  pair.office.take(late);
  pair.boris.sync(pair.office);
  CHECK(pair.phone() == "3");
  CHECK(pair.conflict().open);
  CHECK(open_values(pair.conflict()) == std::vector<Json>{"5", "3"});
}

TEST_CASE("A side that arrives after the resolution reopens the conflict") {
  Open pair;
  Device clara(3);
  const auto late = clara.edit({set("phone", "5")});
  pair.boris.pull(pair.office);
  pair.boris.edit({resolve(set("phone", "3"), pair.conflict())});
  pair.boris.sync(pair.office);
  CHECK(pair.office.take(late).conflicted);
  CHECK(pair.conflict().open);
  CHECK(open_values(pair.conflict()) == std::vector<Json>{"3", "5"});
  CHECK(pair.conflict().sides.size() == 4);
}

TEST_CASE("ResolveVsResolve: the second resolution is a side where it says otherwise, nothing where it agrees") {
  for (const bool agree : {true, false}) {
    CAPTURE(agree);
    Open pair;
    pair.anna.pull(pair.office);
    pair.boris.pull(pair.office);
    pair.anna.edit({resolve(set("phone", "7"), pair.conflict())});
    pair.boris.edit({resolve(set("phone", agree ? "7" : "8"), pair.conflict())});
    pair.anna.sync(pair.office);
    pair.boris.sync(pair.office);
    CHECK(pair.phone() == "7");
    CHECK(pair.conflict().open == !agree);
    if (!agree) CHECK(open_values(pair.conflict()) == std::vector<Json>{"7", "8"});
  }
}

TEST_CASE("ResolveVsEdit: an edit made meanwhile over the value in effect is not overwritten") {
  Open pair;
  pair.boris.pull(pair.office);
  pair.boris.edit({resolve(set("phone", "3"), pair.conflict())});
  pair.anna.edit({set("phone", "6")});
  pair.anna.sync(pair.office);
  CHECK(pair.boris.sync(pair.office).conflicted);
  CHECK(pair.phone() == "6");
  CHECK(open_values(pair.conflict()) == std::vector<Json>{"6", "3"});
}

TEST_CASE("The same mutation planned twice leaves one side") {
  Open pair;
  Device clara(3);
  const auto late = clara.edit({set("phone", "5")});
  pair.office.take(late);
  pair.office.take(late);
  CHECK(open_values(pair.conflict()) == std::vector<Json>{"2", "3", "5"});
}

TEST_CASE("A conflict round-trips as the body of a record, sides in order") {
  Open pair;
  pair.boris.pull(pair.office);
  pair.boris.edit({resolve(set("phone", nullptr), pair.conflict())});
  Device clara(3);
  pair.office.take(clara.edit({set("phone", "5")}));
  pair.boris.sync(pair.office);
  const auto& conflict = pair.conflict();
  const auto body = to_json(conflict);
  const auto back = conflict_from_json(Json::parse(body.dump()));
  CHECK(to_json(back) == body);
  REQUIRE(back.sides.size() == conflict.sides.size());
  for (std::size_t i = 0; i < back.sides.size(); ++i) {
    CHECK(back.sides[i].mutation == conflict.sides[i].mutation);
    CHECK(back.sides[i].value == conflict.sides[i].value);
    CHECK(back.sides[i].consumed == conflict.sides[i].consumed);
  }
  CHECK_FALSE(schema::validate_complete(*schema::collection("conflict"), body));
  CHECK_FALSE(schema::validate(*schema::collection("conflict"), set("", body)));
}

TEST_CASE("A conflict's id follows from record and path") {
  CHECK(conflict_id(number(1), "a") == conflict_id(number(1), "a"));
  CHECK_FALSE(conflict_id(number(1), "a") == conflict_id(number(1), "b"));
  CHECK_FALSE(conflict_id(number(1), "a") == conflict_id(number(2), "a"));
}

TEST_CASE("The history of a record knows every value and replays to the record") {
  Open pair;
  History history(pair.office.in_effect());
  CHECK(to_json(history.after(history.size())).at("body") == pair.office.body());
  const auto first = pair.office.in_effect()[0];
  CHECK(history.earlier(first.id, "phone")->value == "1");
  CHECK(history.earlier(pair.office.in_effect()[2].id, "phone")->value == "3");
  CHECK(history.earlier(pair.office.in_effect()[2].id, "phone")->user == pair.boris.user());
  CHECK_FALSE(history.earlier(number(99999), "phone"));
  CHECK(history.after(0).version == 0);
}

TEST_CASE("Two resolutions of a log entry made apart: the first stays, the second is a side") {
  Pair pair("questionnaire", questionnaire_body());
  const auto entry = "notes/" + number(51).text();
  pair.anna.edit({append("notes", {{"id", number(51).text()}, {"text", "1"}})});
  pair.boris.edit({append("notes", {{"id", number(51).text()}, {"text", "2"}})});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  pair.anna.pull(pair.office);
  const auto conflict = pair.office.conflict(entry);
  pair.anna.edit({resolve(set(entry, {{"text", "А"}}), conflict)});
  pair.boris.edit({resolve(set(entry, {{"text", "Б"}}), conflict)});
  pair.anna.sync(pair.office);
  CHECK_FALSE(pair.office.conflict(entry).open);
  pair.boris.sync(pair.office);
  CHECK(value_at(pair.office.body(), entry) == Json{{"text", "А"}});
  CHECK(open_values(pair.office.conflict(entry)) == std::vector<Json>{{{"text", "А"}}, {{"text", "Б"}}});
}

TEST_CASE("A transition that settles a conflict does not override a resolution its author has not seen") {
  Pair pair("questionnaire", questionnaire_body());
  pair.anna.edit({transition("status", "draft", "complete")});
  pair.boris.edit({transition("status", "draft", "paused")});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  pair.anna.pull(pair.office);
  const auto conflict = pair.office.conflict("status");
  pair.anna.edit({resolve(set("status", "paused"), conflict)});
  pair.boris.edit({resolve(transition("status", "complete", "complete_after_pause"), conflict)});
  pair.anna.sync(pair.office);
  CHECK(pair.boris.sync(pair.office).parked);
  CHECK(pair.office.body()["status"] == "paused");
}

TEST_CASE("A record removed again by who has seen the edit leaves nothing to settle") {
  Pair pair("contact", contact_body());
  pair.anna.edit({drop("")});
  pair.boris.edit({set("phone", "7")});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  REQUIRE(pair.office.conflict("").open);
  pair.anna.pull(pair.office);
  pair.anna.edit({drop("")});
  pair.anna.sync(pair.office);
  CHECK(pair.office.record().deleted);
  CHECK_FALSE(pair.office.conflict("").open);
}
