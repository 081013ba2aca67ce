#include "shared/protocol/answer_view.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "shared/record/json_scanner.hpp"

using namespace anketa;
using namespace anketa::protocol;

namespace {

const Uuid a = Uuid::from("01890c5e-3b2f-7c4a-9a41-0123456789ab");
const Uuid b = Uuid::from("01890c5e-3b2f-7c4a-9a41-0123456789ac");

std::string answer_with_two_records() {
  AnswerWriter writer;
  MutationResult result;
  result.id = b;
  result.status = ResultStatus::Applied;
  result.version = 3;
  writer.result(result);
  writer.record(
      {a, "client", a, 4, 17, false, b, R"({"name":"ООО «Ромашка»\n\u0001"})", R"({"name":")" + a.text() + "\"}", ""});
  writer.record({b, "contact", a, 1, 18, true, b, "{}", "", "{}"});
  writer.removed(a);
  SyncAnswer rest;
  rest.cursor = "c\"1";
  rest.epoch = "e";
  rest.complete = true;
  rest.backup_seq = 9;
  return writer.finish(rest);
}

bool accepts(std::string_view json) {
  JsonScanner scanner(json, 8);
  try {
    scanner.value();
    scanner.finish();
    return true;
  } catch (const ProblemError& error) {
    CHECK((error.problem().code == ProblemCode::MalformedJson || error.problem().code == ProblemCode::TooDeep));
    return false;
  }
}

}  // namespace

TEST_CASE("a viewed answer says what a decoded one says") {
  const auto text = answer_with_two_records();
  const auto viewed = view_answer(text);
  const auto decoded = decode_answer(text);
  REQUIRE(viewed.records.size() == decoded.records.size());
  for (std::size_t i = 0; i < decoded.records.size(); ++i) {
    const auto& view = viewed.records[i];
    const auto& record = decoded.records[i];
    CHECK(view.id == record.id);
    CHECK(view.collection == record.collection);
    CHECK(view.scope == record.scope);
    CHECK(view.version == record.version);
    CHECK(view.seq == record.seq);
    CHECK(view.deleted == record.deleted);
    CHECK(view.by == record.by);
    CHECK(Json::parse(view.body) == record.body);
    CHECK(view.cells == cells_text(record));
  }
  CHECK(viewed.head.cursor == decoded.cursor);
  CHECK(viewed.head.removed == decoded.removed);
  CHECK(viewed.head.results.size() == 1);
  CHECK(viewed.head.backup_seq == 9);
  CHECK(viewed.head.complete);
}

TEST_CASE("an answer cut anywhere is a bad answer, never anything else") {
  const auto text = answer_with_two_records();
  for (std::size_t size = 0; size < text.size(); ++size) {
    try {
      view_answer(std::string_view(text).substr(0, size));
      FAIL("taken at " << size);
    } catch (const ProblemError& error) {
      REQUIRE(error.problem().code == ProblemCode::BadAnswer);
    }
  }
}

TEST_CASE("a record without a required member, or with one of the wrong kind, is refused") {
  const auto text = answer_with_two_records();
  const auto [from, to] = GENERATE(table<std::string, std::string>({{"\"version\":4", "\"version\":-4"},
                                                                    {"\"version\":4", "\"version\":4.5"},
                                                                    {"\"seq\":17", "\"sequence\":17"},
                                                                    {"\"body\":{}", "\"body\":[]"},
                                                                    {"\"deleted\":true", "\"deleted\":1"},
                                                                    {"\"collection\":\"client\"", "\"collection\":7"},
                                                                    {"\"complete\":true", "\"complete\":\"yes\""}}));
  auto broken = text;
  broken.replace(broken.find(from), from.size(), to);
  CHECK_THROWS_AS(view_answer(broken), ProblemError);
}

TEST_CASE("the scanner takes what RFC 8259 takes and nothing else") {
  for (const auto* good :
       {"{}", " [ ] ", "[1,-0,0.5,1e9,2E-3,true,false,null]", R"("\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00")",
        R"({"a":{"b":[{}]},"ключ":"значение"})", "\"\xf0\x9f\x98\x80\""})
    CHECK(accepts(good));
  for (const auto* wrong : {"",
                            "{",
                            "[1,]",
                            "{\"a\":1,}",
                            "{a:1}",
                            "01",
                            "1.",
                            ".5",
                            "+1",
                            "1e",
                            "nul",
                            "\"\\x\"",
                            "\"\\ud800\"",
                            "\"\\ude00\"",
                            "\"a\nb\"",
                            "\"\xff\"",
                            "\"\xc0\xaf\"",
                            "\"\xed\xa0\x80\"",
                            "[1] 2",
                            "[[[[[[[[[1]]]]]]]]]",
                            "\"abc",
                            "{\"a\" 1}",
                            "-"})
    CHECK_FALSE(accepts(wrong));
}
