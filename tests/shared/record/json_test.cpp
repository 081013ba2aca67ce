// Parsing within bounds and the canonical form, held against the JSON library's own.
#include <catch2/catch_test_macros.hpp>
#include <random>

#include "shared/problem/problem.hpp"
#include "shared/record/json.hpp"

namespace anketa {
namespace {

ProblemCode refused(const std::string& text, const JsonLimits& limits = {}) {
  try {
    parse_json(text, limits);
  } catch (const ProblemError& error) {
    return error.problem().code;
  }
  return ProblemCode::Count;
}

/// Random text near JSON: pieces of it in any order, so that good and bad ones both come.
std::string scrap(std::mt19937& random, int depth = 0) {
  static const std::vector<std::string> atoms{"null",
                                              "true",
                                              "false",
                                              "0",
                                              "-0",
                                              "7",
                                              "-12",
                                              "1.5",
                                              "1e3",
                                              "18446744073709551615",
                                              "18446744073709551616",
                                              "-9223372036854775808",
                                              "-9223372036854775809",
                                              "\"\"",
                                              "\"Ё\\n\\u0041\"",
                                              "\"\\ud83d\\ude00\"",
                                              "\"\\ud83d\"",
                                              "\"\xd0\"",
                                              "\"a\\\"b\"",
                                              "01",
                                              "+1",
                                              "1.",
                                              ".5",
                                              "tru",
                                              "\"\t\"",
                                              "",
                                              "1e999"};
  const auto pick = random() % 10;
  if (depth > 5 || pick < 6) return atoms[random() % atoms.size()];
  std::string out = pick < 8 ? "{" : "[";
  const auto count = random() % 4;
  for (unsigned i = 0; i < count; ++i) {
    if (i > 0) out += random() % 20 ? "," : "";
    if (pick < 8) out += "\"k" + std::to_string(random() % 3) + "\"" + (random() % 30 ? ":" : " ");
    out += (random() % 3 ? "" : " \n") + scrap(random, depth + 1);
  }
  if (random() % 25 == 0) out += ",";
  return out + (random() % 25 ? (pick < 8 ? "}" : "]") : "");
}

}  // namespace

TEST_CASE("parsing agrees with the library on what is JSON and what it means") {
  std::mt19937 random(20250610);
  int good = 0, bad = 0;
  for (int i = 0; i < 50'000; ++i) {
    const auto text = scrap(random);
    Json expected;
    bool valid = true;
    try {
      expected = Json::parse(text);
    } catch (const Json::exception&) {
      valid = false;
    }
    INFO(text);
    if (valid) {
      ++good;
      REQUIRE(parse_json(text) == expected);
    } else {
      ++bad;
      REQUIRE(refused(text) == ProblemCode::MalformedJson);
    }
  }
  CHECK(good > 5'000);
  CHECK(bad > 5'000);
}

TEST_CASE("the canonical form is the library's compact form") {
  std::mt19937 random(7);
  for (int i = 0; i < 50'000; ++i) {
    const auto text = scrap(random);
    if (!Json::accept(text)) continue;
    Json json;
    try {
      json = Json::parse(text);
    } catch (const Json::exception&) {
      continue;  // a number out of range
    }
    REQUIRE(canonical(json) == json.dump());
  }
  std::string controls;
  for (char c = 0; c < 0x20; ++c) controls += c;
  CHECK(canonical(controls + "\x7f") == Json(controls + "\x7f").dump());
}

TEST_CASE("the canonical form refuses text that is not UTF-8") {
  for (const auto* text : {"\xff", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xd0", "\xe2\x82"})
    CHECK_THROWS_AS(canonical(Json(text)), ProblemError);
}

TEST_CASE("bounds: size and depth are refused by name, just below them passes") {
  CHECK(refused("[1]", {2, 32}) == ProblemCode::TooLarge);
  CHECK(refused(std::string(32, '[') + std::string(32, ']')) == ProblemCode::Count);
  CHECK(refused(std::string(33, '[') + std::string(33, ']')) == ProblemCode::TooDeep);
  CHECK(refused(std::string(1'000'000, '[')) == ProblemCode::TooDeep);
  CHECK(refused("") == ProblemCode::MalformedJson);
  CHECK(refused("{} x") == ProblemCode::MalformedJson);
}

TEST_CASE("a malformed text is refused with the place in it") {
  try {
    parse_json("{\"a\":1,}");
    FAIL("parsed");
  } catch (const ProblemError& error) {
    CHECK(error.problem().arguments.at("byte") == "8");
  }
}

}  // namespace anketa
