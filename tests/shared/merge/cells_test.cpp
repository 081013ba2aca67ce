// Scalars, sets and logs: rows of the table in docs/merge.md.
#include <catch2/catch_test_macros.hpp>

#include "tests/shared/merge/world.hpp"

using namespace anketa;
using namespace anketa::merge;
using namespace anketa::merge::testing;

TEST_CASE("SetVsSetOtherCell: both take effect, nothing conflicts") {
  Pair pair("contact", contact_body());
  pair.anna.edit({set("phone", "2")});
  pair.boris.edit({set("post", "владелец")});
  pair.anna.sync(pair.office);
  const auto plan = pair.boris.sync(pair.office);
  CHECK(pair.office.body()["phone"] == "2");
  CHECK(pair.office.body()["post"] == "владелец");
  CHECK(pair.office.conflicts().empty());
  CHECK(plan.as_in_own_view);
}

TEST_CASE("SetVsSetSameCell: the incumbent stays in effect, the newcomer is kept as a side") {
  Pair pair("contact", contact_body());
  pair.anna.edit({set("phone", "2")});
  pair.boris.edit({set("phone", "3")});
  pair.anna.sync(pair.office);
  const auto plan = pair.boris.sync(pair.office);
  CHECK(plan.conflicted);
  CHECK_FALSE(plan.as_in_own_view);
  CHECK(pair.office.body()["phone"] == "2");
  const auto& conflict = pair.office.conflict("phone");
  CHECK(conflict.open);
  CHECK(conflict.base == "1");
  REQUIRE(conflict.sides.size() == 2);
  CHECK(conflict.sides[0].value == "2");
  CHECK(conflict.sides[0].user == pair.anna.user());
  CHECK(conflict.sides[1].value == "3");
  CHECK(conflict.sides[1].user == pair.boris.user());
}

TEST_CASE("SetVsSetSameValue: equal values never conflict") {
  Pair pair("contact", contact_body());
  pair.anna.edit({set("phone", "2")});
  pair.boris.edit({set("phone", "2")});
  pair.anna.sync(pair.office);
  const auto plan = pair.boris.sync(pair.office);
  CHECK(pair.office.conflicts().empty());
  CHECK(pair.office.body()["phone"] == "2");
  // The cell stays Anna's, so what Boris's device shows is not exactly what the office has.
  CHECK_FALSE(plan.as_in_own_view);
}

TEST_CASE("SetVsClear: clearing is an edit like any other") {
  Pair pair("contact", contact_body());
  pair.anna.edit({set("phone", nullptr)});
  pair.boris.edit({set("phone", "3")});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  CHECK_FALSE(pair.office.body().contains("phone"));
  CHECK(open_values(pair.office.conflict("phone")) == std::vector<Json>{nullptr, "3"});
}

TEST_CASE("ClearVsSet: the newcomer's wish to clear is a side") {
  Pair pair("contact", contact_body());
  pair.anna.edit({set("phone", "3")});
  pair.boris.edit({set("phone", nullptr)});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  CHECK(pair.office.body()["phone"] == "3");
  CHECK(open_values(pair.office.conflict("phone")) == std::vector<Json>{"3", nullptr});
}

TEST_CASE("ClearVsClear: one effect") {
  Pair pair("contact", contact_body());
  pair.anna.edit({set("phone", nullptr)});
  pair.boris.edit({set("phone", nullptr)});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  CHECK_FALSE(pair.office.body().contains("phone"));
  CHECK(pair.office.conflicts().empty());
}

TEST_CASE("SetVsSetOfEmptyCell: two first values are a conflict too") {
  Pair pair("contact", contact_body());
  pair.anna.edit({set("email", "a@x")});
  pair.boris.edit({set("email", "b@x")});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  CHECK(pair.office.body()["email"] == "a@x");
  CHECK(open_values(pair.office.conflict("email")) == std::vector<Json>{"a@x", "b@x"});
  CHECK(pair.office.conflict("email").base.is_null());
}

TEST_CASE("OwnChain: an edit over the author's own unsynced edit never conflicts") {
  Pair pair("contact", contact_body());
  pair.anna.edit({set("phone", "2")});
  pair.anna.edit({set("phone", "3")});
  pair.anna.edit({set("phone", nullptr)});
  pair.anna.edit({set("phone", "4")});
  pair.anna.sync(pair.office);
  CHECK(pair.office.body()["phone"] == "4");
  CHECK(pair.office.conflicts().empty());
}

TEST_CASE("AddVsAdd: different elements are united, the same one is there once") {
  Pair pair("contact", contact_body());
  pair.anna.edit({add("tags", "chess"), add("tags", "opera")});
  pair.boris.edit({add("tags", "chess"), add("tags", "anglers")});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  CHECK(pair.office.body()["tags"] == Json{"anglers", "chess", "golf", "opera", "vip"});
  CHECK(pair.office.conflicts().empty());
}

TEST_CASE("AddVsRemoveElement: a concurrent add beats the remove, whichever comes first") {
  // Anna takes the tag out while Boris, who never saw it, puts it in.
  for (const bool remove_first : {true, false}) {
    CAPTURE(remove_first);
    Pair pair("contact", contact_body());
    Device clara(3);
    clara.pull(pair.office);
    pair.boris.edit({add("tags", "opera")});
    clara.edit({add("tags", "opera")});
    clara.sync(pair.office);
    pair.anna.pull(pair.office);
    pair.anna.edit({drop("tags", "opera")});
    (remove_first ? pair.anna : pair.boris).sync(pair.office);
    (remove_first ? pair.boris : pair.anna).sync(pair.office);
    CHECK(pair.office.body()["tags"] == Json{"golf", "opera", "vip"});
    CHECK(pair.office.conflicts().empty());
  }
}

TEST_CASE("AddVsAddThenRemove: taking back one's own add does not take back somebody else's") {
  Pair pair("contact", contact_body());
  pair.anna.edit({add("tags", "opera")});
  pair.boris.edit({add("tags", "opera")});
  pair.boris.edit({drop("tags", "opera")});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  CHECK(pair.office.body()["tags"] == Json{"golf", "opera", "vip"});
  // Having seen it stay, he may take it out.
  pair.boris.edit({drop("tags", "opera")});
  pair.boris.sync(pair.office);
  CHECK(pair.office.body()["tags"] == Json{"golf", "vip"});
}

TEST_CASE("RemoveVsRemoveElement: gone once") {
  Pair pair("contact", contact_body());
  pair.anna.edit({drop("tags", "vip")});
  pair.boris.edit({drop("tags", "vip")});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  CHECK(pair.office.body()["tags"] == Json{"golf"});
  CHECK(pair.office.conflicts().empty());
}

TEST_CASE("A removed element can be added again by somebody who saw it go, and removed again") {
  Pair pair("contact", contact_body());
  pair.anna.edit({drop("tags", "vip")});
  pair.anna.sync(pair.office);
  pair.boris.pull(pair.office);
  pair.boris.edit({add("tags", "vip")});
  pair.boris.sync(pair.office);
  CHECK(pair.office.body()["tags"] == Json{"golf", "vip"});
  pair.anna.pull(pair.office);
  pair.anna.edit({drop("tags", "vip")});
  pair.anna.sync(pair.office);
  CHECK(pair.office.body()["tags"] == Json{"golf"});
}

TEST_CASE("A set given whole adds what it lacks and removes only what its author saw") {
  Pair pair("contact", contact_body());
  pair.anna.edit({add("tags", "chess")});
  pair.anna.sync(pair.office);
  pair.boris.edit({set("tags", Json{"vip", "opera", "opera"})});
  pair.boris.sync(pair.office);
  CHECK(pair.office.body()["tags"] == Json{"chess", "opera", "vip"});
}

TEST_CASE("An element may hold a slash") {
  Pair pair("contact", contact_body());
  pair.anna.edit({add("tags", "и/или"), drop("tags", "vip")});
  pair.anna.sync(pair.office);
  CHECK(pair.office.body()["tags"] == Json{"golf", "и/или"});
  pair.anna.edit({drop("tags", "и/или")});
  pair.anna.sync(pair.office);
  CHECK(pair.office.body()["tags"] == Json{"golf"});
}

TEST_CASE("AppendVsAppend: entries are united by id") {
  Pair pair("questionnaire", questionnaire_body());
  pair.anna.edit({append("notes", {{"id", number(51).text()}, {"text", "от Анны"}})});
  pair.boris.edit({append("notes", {{"id", number(52).text()}, {"text", "от Бориса"}})});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  CHECK(pair.office.body()["notes"] ==
        Json{{number(51).text(), {{"text", "от Анны"}}}, {number(52).text(), {{"text", "от Бориса"}}}});
  CHECK(pair.office.conflicts().empty());
}

TEST_CASE("AppendVsAppend: the same entry twice is one") {
  Pair pair("questionnaire", questionnaire_body());
  const Json entry{{"id", number(51).text()}, {"text", "одна"}};
  pair.anna.edit({append("notes", entry)});
  pair.boris.edit({append("notes", entry)});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  CHECK(pair.office.body()["notes"].size() == 1);
  CHECK(pair.office.conflicts().empty());
}

TEST_CASE("A log entry stands once it is made: changing, clearing and replacing it park") {
  Pair pair("questionnaire", questionnaire_body());
  const auto entry = "notes/" + number(51).text();
  pair.anna.edit({append("notes", {{"id", number(51).text()}, {"text", "было"}})});
  pair.anna.sync(pair.office);
  const std::vector<Op> attempts{append("notes", {{"id", number(51).text()}, {"text", "стало"}}),
                                 set(entry + "/text", "стало"), set(entry, {{"text", "стало"}}), drop(entry),
                                 set("notes", nullptr)};
  for (const auto& op : attempts) {
    CAPTURE(name(op.kind), op.path);
    const auto mutation = pair.anna.edit({op});
    const auto plan = pair.anna.sync(pair.office);
    REQUIRE(plan.parked);
    CHECK(plan.parked->code == ProblemCode::ReadOnlyField);
    CHECK(pair.office.body()["notes"][number(51).text()]["text"] == "было");
  }
}

TEST_CASE("AppendVsAppend: two entries under one id are a conflict, not a loss") {
  Pair pair("questionnaire", questionnaire_body());
  pair.anna.edit({append("notes", {{"id", number(51).text()}, {"text", "А"}})});
  pair.boris.edit({append("notes", {{"id", number(51).text()}, {"text", "Б"}})});
  pair.anna.sync(pair.office);
  CHECK(pair.boris.sync(pair.office).conflicted);
  const auto path = "notes/" + number(51).text();
  CHECK(pair.office.body()["notes"][number(51).text()]["text"] == "А");
  CHECK(open_values(pair.office.conflict(path)) == std::vector<Json>{{{"text", "А"}}, {{"text", "Б"}}});
}

TEST_CASE("ScalarVsSubtree: a value of another shape is kept as a side, what stands stays") {
  // The question was one choice in one version of the form and a group in another.
  Pair pair("questionnaire", questionnaire_body());
  pair.anna.edit({set("answers/q", "yes")});
  pair.boris.edit({set("answers/q/first", "1")});
  pair.anna.sync(pair.office);
  CHECK(pair.boris.sync(pair.office).conflicted);
  CHECK(pair.office.body()["answers"]["q"] == "yes");
  CHECK(open_values(pair.office.conflict("answers/q/first")) == std::vector<Json>{"yes", "1"});
}

TEST_CASE("ScalarVsSet and SetVsScalar: neither shape overwrites the other unseen") {
  for (const bool scalar_first : {true, false}) {
    CAPTURE(scalar_first);
    Pair pair("questionnaire", questionnaire_body());
    pair.anna.edit({scalar_first ? set("answers/q", "a") : set("answers/q", Json{"a", "b"})});
    pair.boris.edit({scalar_first ? add("answers/q", "c") : set("answers/q", "c")});
    pair.anna.sync(pair.office);
    CHECK(pair.boris.sync(pair.office).conflicted);
    CHECK(pair.office.body()["answers"]["q"] == (scalar_first ? Json("a") : Json{"a", "b"}));
  }
}

TEST_CASE("Who saw a value of another shape may put his own in its place") {
  Pair pair("questionnaire", questionnaire_body());
  for (const auto& op :
       {set("answers/q", "a"), set("answers/q/first", "1"), add("answers/q", "x"), set("answers/q", "b"),
        set("answers/q", Json{"y", "z"}), set("answers/q", {{"g", {{"h", 1}}}})}) {
    pair.boris.pull(pair.office);
    pair.boris.edit({op});
    CHECK_FALSE(pair.boris.sync(pair.office).conflicted);
  }
  CHECK(pair.office.body()["answers"]["q"] == Json{{"g", {{"h", 1}}}});
  CHECK(pair.office.conflicts().empty());
}
