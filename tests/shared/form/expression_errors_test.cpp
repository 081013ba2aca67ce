// Broken and hostile expressions: refused with a reason and a position, never a crash.
#include "expression_fixture.hpp"
#include "shared/form/limits.hpp"

using namespace anketa;
using namespace anketa::form;
using namespace anketa::form::testing;

TEST_CASE("broken expressions are refused with their reason and position") {
  const std::vector<std::pair<const char*, const char*>> cases{
      {"", "empty_expression"},
      {"1 +", "unfinished"},
      {"(1", "expected"},
      {"1 2", "unexpected"},
      {"'open", "open_quote"},
      {"${", "bad_variable"},
      {"$x", "bad_variable"},
      {"${1x}", "bad_variable"},
      {"${nobody}", "unknown_name"},
      {"1 ? 2", "bad_character"},
      {"nothing('x')", "unknown_function"},
      {"upper-case('x')", "unknown_function"},
      {"random()", "unknown_function"},
      {"true(5)", "argument_count"},
      {"number()", "argument_count"},
      {"if(1, 2)", "argument_count"},
      {"count(5)", "needs_nodes"},
      {"sum('x')", "needs_nodes"},
      {"weighted-checklist(1, 2, 'yes', 1, 'no')", "needs_pairs"},
      {"x = 1", "bare_name"},
      {"z = 1", "unknown_name"},
      {". > 1", "no_current"},
      {"../x", "no_current"},
      {"${x}/y", "unknown_step"},
      {"/data/y", "unknown_step"},
      {"/data/..", "path_above_form"},
      {"jr:choice-name('a', '${x}')", "not_a_select"},
      {"jr:choice-name('a', 5)", "needs_variable"},
      {"indexed-repeat(${x}, ${x}, 1)", "not_that_repeat"},
      {"indexed-repeat('x', ${x}, 1)", "needs_variable"},
      {"position()", "position_outside_predicate"},
      {"//x", "unexpected"},
      {"/data/*", "unexpected"},
      {"${x}[1", "expected"},
      {"1 = = 2", "unexpected"},
      {"and", "unknown_name"}};
  for (const auto& [expression, reason] : cases) {
    INFO(expression);
    CHECK(reason_of(expression, empty_form()) == reason);
  }
  try {
    evaluate_text("1 + nothing(2)", empty_form(), Json::object(), test_now, "ru");
    FAIL();
  } catch (const ProblemError& error) {
    CHECK(error.problem().arguments.at("position") == "5");
    CHECK(error.problem().what(text::Language::Russian).find("нет функции «nothing»") != std::string::npos);
  }
}

TEST_CASE("hostile expressions neither crash nor hang") {
  const auto& form = empty_form();
  const auto repeated = [](const std::string& piece, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += piece;
    return text;
  };
  CHECK(reason_of((repeated("(", 2000) + "1" + repeated(")", 2000)).c_str(), form) == "expression_too_deep");
  CHECK(reason_of((repeated("-", 4000) + "1").c_str(), form) == "expression_too_deep");
  CHECK(reason_of(("1" + repeated("+1", 2000)).c_str(), form) == "expression_too_deep");
  CHECK(reason_of((repeated("not(", 700) + "1" + repeated(")", 700)).c_str(), form) == "expression_too_deep");
  CHECK(reason_of((repeated("${x}[", 700) + "1").c_str(), form) == "expression_too_deep");
  CHECK(reason_of(std::string(5000, ' ').c_str(), form) == "expression_too_long");
  // Long chains of and, or do not nest, and may be long.
  CHECK(reason_of(("1" + repeated(" or 1", 600)).c_str(), form) == "none");
  CHECK(reason_of(("1" + repeated(" and 1", 600)).c_str(), form) == "none");
  // Garbage of every kind of byte.
  unsigned seed = 12345;
  for (int round = 0; round < 3000; ++round) {
    std::string garbage;
    constexpr std::string_view alphabet = "${}x()[]'\".,/|*+-=<>! \n01div mod and or not(concat( ё\xFF\x80";
    for (int i = 0; i < 40; ++i) {
      seed = seed * 1103515245 + 12345;
      garbage += alphabet[(seed >> 16) % alphabet.size()];
    }
    try {
      evaluate_text(garbage, form, Json::object(), test_now, "ru");
    } catch (const ProblemError& error) {
      CHECK(error.problem().code == ProblemCode::ExpressionInvalid);
    }
  }
}

TEST_CASE("an evaluation that would take too much work is stopped") {
  const auto form = form_of(R"([
    {"type": "begin_repeat", "name": "r", "label": "R"},
    {"type": "integer", "name": "n", "label": "N"},
    {"type": "end_repeat"}])");
  Json answers;
  for (int i = 0; i < 200; ++i) answers["r"]["i" + std::to_string(i)] = {{"pos", std::to_string(i)}, {"n", i}};
  CHECK(reason_of("count(${r}[count(${r}[count(${r}[count(${r}) > 0]) > 0]) > 0])", *form, answers) == "too_much_work");
}
