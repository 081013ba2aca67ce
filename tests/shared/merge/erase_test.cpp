// Taking values out of mutations and records for good.
#include "shared/merge/erase.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace anketa;
using merge::erase_from;

namespace {

Mutation with(std::vector<Op> ops) {
  Mutation mutation;
  mutation.collection = "contact";
  mutation.ops = std::move(ops);
  return mutation;
}

std::vector<std::string> only(std::string path) {
  return {std::move(path)};
}

std::string left_of(Op op, std::string path) {
  auto mutation = with({std::move(op)});
  erase_from(mutation, only(std::move(path)));
  return to_json(mutation).at("ops").dump();
}

}  // namespace

TEST_CASE("a field goes from the mutation that made the record, and the rest of it stays (R60)") {
  auto mutation = with({{OpKind::Set, "", {{"name", "Пётр"}, {"phone", "1"}}, {}, {}}});
  CHECK(erase_from(mutation, only("phone")));
  CHECK(mutation.ops[0].value == Json{{"name", "Пётр"}});
  CHECK_FALSE(erase_from(mutation, only("phone")));
}

TEST_CASE("ops of the path go, others stay") {
  auto mutation = with({{OpKind::Set, "phone", "1", {}, {}}, {OpKind::Set, "post", "Директор", {}, {}}});
  CHECK(erase_from(mutation, only("phone")));
  REQUIRE(mutation.ops.size() == 1);
  CHECK(mutation.ops[0].path == "post");
}

TEST_CASE("a mutation of which nothing is left keeps an op without effect") {
  auto mutation = with({{OpKind::Set, "phone", "1", {}, {}}});
  CHECK(erase_from(mutation, only("phone")));
  REQUIRE(mutation.ops.size() == 1);
  CHECK(mutation.ops[0].path.empty());
  CHECK(mutation.ops[0].value == Json::object());
  CHECK(mutation_from_json(to_json(mutation)).ops.size() == 1);
}

TEST_CASE("of a whole record nothing is left that could bring it back") {
  auto mutation = with({{OpKind::Set, "", {{"name", "Пётр"}}, {}, {}}});
  CHECK(erase_from(mutation, only("")));
  CHECK(mutation.ops[0].kind == OpKind::Remove);
  CHECK(to_json(mutation).dump().find("Пётр") == std::string::npos);
  CHECK_FALSE(erase_from(mutation, only("")));
}

TEST_CASE("values are found wherever an op holds them") {
  CHECK(left_of({OpKind::Set, "answers", {{"who", {{"name", "secret"}, {"age", 5}}}}, {}, {}}, "answers/who/name")
            .find("secret") == std::string::npos);
  CHECK(left_of({OpKind::Add, "tags", "secret", {}, {}}, "tags/secret").find("secret") == std::string::npos);
  CHECK(left_of({OpKind::Add, "tags", "secret", {}, {}}, "tags").find("secret") == std::string::npos);
  CHECK(left_of({OpKind::Add, "tags", "other", {}, {}}, "tags/secret").find("other") != std::string::npos);
  CHECK(left_of({OpKind::Append, "log", {{"id", "e1"}, {"text", "secret"}}, {}, {}}, "log/e1").find("secret") ==
        std::string::npos);
  CHECK(left_of({OpKind::Append, "log", {{"id", "e1"}, {"text", "secret"}}, {}, {}}, "log/e1/text").find("secret") ==
        std::string::npos);
  const Op step{OpKind::Transition, "status", {{"from", "a"}, {"to", "b"}, {"facts", {{"who", "secret"}}}}, {}, {}};
  CHECK(left_of(step, "who").find("secret") == std::string::npos);
  CHECK(left_of(step, "who").find("\"to\":\"b\"") != std::string::npos);
}

TEST_CASE("a record loses the cells and the removed items, and keeps the rest") {
  RecordState record;
  record.body = {{"name", "Пётр"}, {"people", {{"i1", {{"phone", "1"}, {"post", "x"}}}}}};
  record.removed["people/i2"] = {Uuid(), {{"phone", "2"}}, {}};
  CHECK(erase_from(record, std::vector<std::string>{"people/i1/phone", "people/i2/phone"}));
  CHECK(record.body == Json{{"name", "Пётр"}, {"people", {{"i1", {{"post", "x"}}}}}});
  CHECK_FALSE(record.removed.at("people/i2").value.contains("phone"));
  CHECK(erase_from(record, only("people")));
  CHECK(record.removed.empty());
  CHECK(record.body == Json{{"name", "Пётр"}});
}
