// List items: rows of the table in docs/merge.md.
#include <catch2/catch_test_macros.hpp>

#include "tests/shared/merge/world.hpp"

using namespace anketa;
using namespace anketa::merge;
using namespace anketa::merge::testing;

namespace {

const std::string list = "answers/contacts";
const std::string ivan = list + "/" + number(11).text();
const std::string pyotr = list + "/" + number(12).text();

struct Lists : Pair {
  Lists() : Pair("questionnaire", questionnaire_body()) {}
  const Json& at(const std::string& path) const { return value_at(office.body(), path); }
};

}  // namespace

TEST_CASE("EditItemVsEditItem: other cells of one item merge, the same cell conflicts") {
  Lists pair;
  pair.anna.edit({set(ivan + "/phone", "7"), set(ivan + "/name", "Иван И.")});
  pair.boris.edit({set(ivan + "/post", "юрист"), set(ivan + "/name", "Ваня")});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  CHECK(pair.at(ivan) == Json{{"pos", "a"}, {"phone", "7"}, {"post", "юрист"}, {"name", "Иван И."}});
  CHECK(pair.office.conflicts().size() == 1);
  CHECK(open_values(pair.office.conflict(ivan + "/name")) == std::vector<Json>{"Иван И.", "Ваня"});
}

TEST_CASE("AddItemVsAddItem: both items are there") {
  Lists pair;
  pair.anna.edit({set(list + "/" + number(21).text(), {{"pos", "c"}, {"name", "А"}})});
  pair.boris.edit({set(list + "/" + number(22).text(), {{"pos", "c"}, {"name", "Б"}})});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  CHECK(pair.at(list).size() == 4);
  CHECK(pair.office.conflicts().empty());
}

TEST_CASE("MoveVsMove: concurrent moves settle silently") {
  Lists pair;
  pair.anna.edit({set(ivan + "/pos", "x")});
  pair.boris.edit({set(ivan + "/pos", "y")});
  pair.anna.sync(pair.office);
  const auto plan = pair.boris.sync(pair.office);
  CHECK(pair.at(ivan + "/pos") == "y");
  CHECK(pair.office.conflicts().empty());
  CHECK(plan.as_in_own_view);
}

TEST_CASE("A question that happens to be called pos is no position: it conflicts like any other") {
  Lists pair;
  pair.anna.edit({set("answers/company/pos", "x")});
  pair.boris.edit({set("answers/company/pos", "y")});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  CHECK(pair.at("answers/company/pos") == "x");
  CHECK(pair.office.conflict("answers/company/pos").open);
}

TEST_CASE("RemoveItemVsEditItem: the edit brings the item back, the removal is a side") {
  Lists pair;
  pair.anna.edit({drop(ivan)});
  pair.boris.edit({set(ivan + "/phone", "7")});
  pair.anna.sync(pair.office);
  CHECK(pair.at(ivan).is_null());
  const auto plan = pair.boris.sync(pair.office);
  CHECK(plan.conflicted);
  CHECK(pair.at(ivan) == Json{{"pos", "a"}, {"name", "Иван"}, {"phone", "7"}});
  const auto& conflict = pair.office.conflict(ivan);
  CHECK(conflict.open);
  REQUIRE(open_values(conflict) == std::vector<Json>{nullptr});
  CHECK(conflict.sides[0].user == pair.anna.user());
  CHECK(pair.office.record().removed.empty());
}

TEST_CASE("RemoveItemVsEditItem: a second author's edit that the remover had seen is not overwritten by a third") {
  Lists pair;
  Device clara(3, "questionnaire");
  clara.pull(pair.office);
  pair.anna.edit({set(ivan + "/phone", "7")});
  pair.anna.sync(pair.office);
  pair.boris.pull(pair.office);
  pair.boris.edit({drop(ivan)});
  pair.boris.sync(pair.office);
  clara.edit({set(ivan + "/phone", "8")});
  clara.sync(pair.office);
  CHECK(pair.at(ivan + "/phone") == "7");
  CHECK(open_values(pair.office.conflict(ivan + "/phone")) == std::vector<Json>{"7", "8"});
  CHECK(pair.office.conflict(ivan).open);
}

TEST_CASE("EditItemVsRemoveItem: the item stays, the removal is a side beside what it did not know") {
  Lists pair;
  pair.boris.edit({set(ivan + "/phone", "7")});
  pair.anna.edit({drop(ivan)});
  pair.boris.sync(pair.office);
  CHECK(pair.anna.sync(pair.office).conflicted);
  CHECK(pair.at(ivan + "/phone") == "7");
  const auto& conflict = pair.office.conflict(ivan);
  REQUIRE(conflict.sides.size() == 2);
  CHECK(conflict.sides[0].user == pair.boris.user());
  CHECK(conflict.sides[0].value["phone"] == "7");
  CHECK(conflict.sides[1].user == pair.anna.user());
  CHECK(conflict.sides[1].value.is_null());
}

TEST_CASE("RemoveItemVsMove: a move is an edit, the item stays") {
  Lists pair;
  pair.anna.edit({drop(ivan)});
  pair.boris.edit({set(ivan + "/pos", "x")});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  CHECK(pair.at(ivan) == Json{{"pos", "x"}, {"name", "Иван"}, {"phone", "1"}});
  CHECK(pair.office.conflict(ivan).open);
}

TEST_CASE("RemoveItemVsAddElement: an element added inside a removed item brings the item back") {
  Lists pair;
  pair.anna.edit({drop(ivan)});
  pair.boris.edit({add(ivan + "/roles", "ЛПР")});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  CHECK(pair.at(ivan) == Json{{"pos", "a"}, {"name", "Иван"}, {"phone", "1"}, {"roles", {"ЛПР"}}});
  CHECK(pair.office.conflict(ivan).open);
}

TEST_CASE("RemoveItemVsRemoveItem: gone once") {
  Lists pair;
  pair.anna.edit({drop(ivan)});
  pair.boris.edit({drop(ivan)});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  CHECK(pair.at(list).size() == 1);
  CHECK(pair.office.conflicts().empty());
}

TEST_CASE("RemoveItemVsClearCell: nothing to bring back") {
  Lists pair;
  pair.anna.edit({drop(ivan)});
  pair.boris.edit({set(ivan + "/phone", nullptr)});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  CHECK(pair.at(ivan).is_null());
  CHECK(pair.office.conflicts().empty());
}

TEST_CASE("Who saw an item go may put a new one under its id without a conflict") {
  Lists pair;
  pair.anna.edit({drop(ivan)});
  pair.anna.sync(pair.office);
  pair.boris.pull(pair.office);
  pair.boris.edit({set(ivan + "/name", "Другой Иван")});
  CHECK_FALSE(pair.boris.sync(pair.office).conflicted);
  CHECK(pair.at(ivan) == Json{{"name", "Другой Иван"}});
}

TEST_CASE("An item made and removed in one mutation leaves nothing") {
  Lists pair;
  const auto item = list + "/" + number(31).text();
  pair.anna.edit({set(item, {{"pos", "z"}, {"name", "нет"}}), drop(item)});
  pair.anna.sync(pair.office);
  CHECK(pair.at(item).is_null());
  CHECK(pair.at(list).size() == 2);
}

TEST_CASE("Clearing a whole list removes the items its author saw") {
  Lists pair;
  pair.anna.edit({set(list + "/" + number(21).text(), {{"pos", "c"}, {"name", "новый"}})});
  pair.anna.sync(pair.office);
  pair.boris.edit({set(list, nullptr)});
  pair.boris.sync(pair.office);
  CHECK(pair.at(list) == Json{{number(21).text(), {{"pos", "c"}, {"name", "новый"}}}});
  CHECK(pair.office.record().removed.size() == 2);
}

TEST_CASE("A removed item comes back with every cell's author") {
  Lists pair;
  pair.boris.edit({set(ivan + "/phone", "7")});
  pair.boris.sync(pair.office);
  pair.anna.pull(pair.office);
  const auto before = pair.office.record();
  Device clara(3, "questionnaire");
  clara.pull(pair.office);
  pair.anna.edit({drop(ivan)});
  pair.anna.sync(pair.office);
  clara.edit({set(ivan + "/post", "юрист")});
  clara.sync(pair.office);
  for (const char* cell : {"/name", "/phone", "/pos"}) {
    CAPTURE(cell);
    CHECK(pair.office.record().provenance(ivan + cell) == before.provenance(ivan + cell));
  }
}

TEST_CASE("RemoveItemVsSet: a set given whole brings the item back, less what its author has left out") {
  Lists pair;
  pair.anna.edit({set(ivan + "/tags", {"golf", "vip"})});
  pair.anna.sync(pair.office);
  pair.boris.pull(pair.office);
  pair.anna.edit({drop(ivan)});
  pair.boris.edit({set(ivan + "/tags", {"chess", "vip"})});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  CHECK(pair.at(ivan + "/tags") == Json{"chess", "vip"});
  CHECK(pair.office.conflict(ivan).open);
}

TEST_CASE("RemoveItemVsEditItem: the item removed again by who has seen the edit leaves nothing to settle") {
  Lists pair;
  pair.anna.edit({drop(ivan)});
  pair.boris.edit({set(ivan + "/phone", "7")});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  pair.anna.pull(pair.office);
  pair.anna.edit({drop(ivan)});
  pair.anna.sync(pair.office);
  CHECK(pair.at(ivan).is_null());
  CHECK_FALSE(pair.office.conflict(ivan).open);
}

TEST_CASE("A resolution about an item is an ordinary edit to the conflicts of the item's cells") {
  Lists pair;
  pair.anna.edit({set(ivan + "/name", "А")});
  pair.boris.edit({set(ivan + "/name", "Б")});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  pair.anna.pull(pair.office);
  pair.anna.edit({drop(ivan)});
  pair.boris.edit({set(ivan + "/phone", "7")});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  pair.anna.pull(pair.office);
  pair.anna.edit({resolve(set(ivan, {{"name", "Новое"}}), pair.office.conflict(ivan))});
  pair.anna.sync(pair.office);
  CHECK_FALSE(pair.office.conflict(ivan).open);
  CHECK(open_values(pair.office.conflict(ivan + "/name")) == std::vector<Json>{"Б", "Новое"});
}
