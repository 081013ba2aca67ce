// Paths, values at paths, the normal form of bodies, and records on the wire.
#include <catch2/catch_test_macros.hpp>

#include "shared/problem/problem.hpp"
#include "shared/record/mutation.hpp"
#include "shared/record/record_state.hpp"

using namespace anketa;

namespace {

const std::string first_id = "01890c5e-3b2f-7c4a-9a41-0123456789ab";
const std::string second_id = "01890c5e-3b2f-7c4a-9a41-0123456789ac";

ProblemCode refusal(const Json& mutation) {
  try {
    mutation_from_json(mutation);
  } catch (const ProblemError& error) {
    return error.problem().code;
  }
  return ProblemCode::Count;
}

Json a_mutation() {
  return {{"id", first_id},
          {"device", first_id},
          {"user", first_id},
          {"counter", 1},
          {"epoch", "e"},
          {"schema", 1},
          {"record", second_id},
          {"collection", "contact"},
          {"scope", "company"},
          {"at", 1749547800000},
          {"ops", {{{"op", "set"}, {"path", "phone"}, {"value", "1"}}}}};
}

}  // namespace

TEST_CASE("A path splits into members and joins again") {
  CHECK(split_path("").empty());
  CHECK(split_path("a/b/c") == std::vector<std::string>{"a", "b", "c"});
  CHECK(join_path("", "a") == "a");
  CHECK(join_path("a/b", "c") == "a/b/c");
}

TEST_CASE("Below means whole members") {
  CHECK(is_below("a/b", "a"));
  CHECK(is_below("a", "a"));
  CHECK(is_below("a", ""));
  CHECK_FALSE(is_below("ab", "a"));
  CHECK_FALSE(is_below("a", "a/b"));
}

TEST_CASE("A value is found at its path; an element of a set is true") {
  const Json body{{"a", {{"b", 1}}}, {"tags", {"x", "y/z"}}};
  CHECK(value_at(body, "a/b") == 1);
  CHECK(value_at(body, "") == body);
  CHECK(value_at(body, "tags/y/z") == true);
  CHECK(value_at(body, "tags/y").is_null());
  CHECK(value_at(body, "a/b/c").is_null());
  CHECK(value_at(body, "nothing/here").is_null());
}

TEST_CASE("Putting a value makes the objects on the way, clearing it takes empty ones along") {
  Json body = Json::object();
  put_value(body, "a/b/c", 1);
  CHECK(body == Json{{"a", {{"b", {{"c", 1}}}}}});
  put_value(body, "a/d", 2);
  put_value(body, "a/b/c", nullptr);
  CHECK(body == Json{{"a", {{"d", 2}}}});
  put_value(body, "x/y", nullptr);
  put_value(body, "a/d", nullptr);
  CHECK(body == Json::object());
}

TEST_CASE("Clearing below a scalar or in a set leaves what it must not touch") {
  Json body{{"a", 1}, {"tags", {"x", "y"}}};
  put_value(body, "a/b", nullptr);
  CHECK(body["a"] == 1);
  put_value(body, "tags/x", nullptr);
  CHECK(body["tags"] == Json{"y"});
  put_value(body, "tags/y", nullptr);
  CHECK_FALSE(body.contains("tags"));
}

TEST_CASE("A set stays sorted, holds an element once and goes when it is empty") {
  Json set;
  for (const char* element : {"m", "a", "z", "a"}) put_element(set, element, true);
  CHECK(set == Json{"a", "m", "z"});
  put_element(set, "q", false);
  for (const char* element : {"a", "m", "z"}) put_element(set, element, false);
  CHECK(set.is_null());
}

TEST_CASE("The normal form has no null, nothing empty and sorted sets") {
  const Json loose{{"a", nullptr}, {"b", {{"c", Json::array()}}}, {"d", {"y", "x", "y"}}, {"e", ""}, {"f", false}};
  CHECK_FALSE(is_normal(loose));
  const auto tight = normalised(loose);
  CHECK(tight == Json{{"d", {"x", "y"}}, {"e", ""}, {"f", false}});
  CHECK(is_normal(tight));
  CHECK(normalised(Json{{"a", {{"b", nullptr}}}}).is_null());
}

TEST_CASE("Provenance: a cell's own, else the default where it has a value, else none") {
  RecordState record;
  record.body = {{"a", 1}, {"b", {{"c", 2}}}};
  record.by = Uuid::from(first_id);
  record.cells["a"] = record.cells["gone"] = Uuid::from(second_id);
  CHECK(record.provenance("a") == Uuid::from(second_id));
  CHECK(record.provenance("b/c") == Uuid::from(first_id));
  CHECK(record.provenance("gone") == Uuid::from(second_id));
  CHECK_FALSE(record.provenance("never"));
  CHECK(record.provenance_below("b") == std::set{Uuid::from(first_id)});
  CHECK(record.provenance_below("") == std::set{Uuid::from(first_id), Uuid::from(second_id)});
}

TEST_CASE("A record that is none is refused as a problem") {
  const Json good{{"id", first_id}, {"collection", "contact"}, {"scope", "company"}, {"version", 1},
                  {"seq", 2},       {"body", Json::object()},  {"by", first_id}};
  CHECK(to_json(record_from_json(good)) == good);
  for (const auto& [key, value] : good.items()) {
    CAPTURE(key);
    auto bad = good;
    bad.erase(key);
    CHECK_THROWS_AS(record_from_json(bad), ProblemError);
    bad[key] = Json::array({1});
    CHECK_THROWS_AS(record_from_json(bad), ProblemError);
  }
  for (const char* key : {"cells", "removed"}) {
    auto bad = good;
    bad[key] = Json::array({first_id});
    CHECK_THROWS_AS(record_from_json(bad), ProblemError);
  }
  CHECK_THROWS_AS(record_from_json(Json()), ProblemError);
}

TEST_CASE("A mutation tolerates members it does not know and refuses what is missing or of a wrong type") {
  auto mutation = a_mutation();
  mutation["mood"] = "fine";
  CHECK(mutation_from_json(mutation).ops.size() == 1);
  const auto good = a_mutation();
  for (const auto& [key, value] : good.items()) {
    CAPTURE(key);
    auto bad = a_mutation();
    bad.erase(key);
    CHECK(refusal(bad) == ProblemCode::RequiredMissing);
    bad[key] = Json::object();
    CHECK(refusal(bad) == ProblemCode::WrongType);
  }
  for (const Json& op :
       {Json{{"op", "steal"}, {"path", "a"}}, Json{{"op", 1}, {"path", "a"}}, Json{{"op", "set"}}, Json(1)}) {
    auto bad = a_mutation();
    bad["ops"] = Json::array({op});
    CHECK(refusal(bad) != ProblemCode::Count);
  }
}

TEST_CASE("A refused value is quoted in whole characters, so that the problem itself can travel") {
  auto bad = a_mutation();
  bad["record"] = "x" + std::string("жжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжж");
  try {
    mutation_from_json(bad);
    FAIL("taken");
  } catch (const ProblemError& error) {
    CHECK_NOTHROW(error.problem().to_json(text::Language::Russian).dump());
  }
}
