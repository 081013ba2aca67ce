// The loader finds all problems at once, each with sheet, row and column.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "form_fixture.hpp"
#include "shared/form/limits.hpp"

using namespace anketa;
using namespace anketa::form;
using namespace anketa::form::testing;

namespace {

/// "survey row 3, relevant: unknown_name" for every problem, in order.
std::vector<std::string> problems_in(const Json& json) {
  std::vector<std::string> found;
  for (const auto& problem : load(json).problems) {
    const auto& reason = problem.arguments.at("reason");
    // Every reason has a text in both languages, with nothing left unfilled.
    for (const auto language : {text::Language::Russian, text::Language::English}) {
      CHECK(text::has(language, reason));
      CHECK(problem.what(language).find("{detail}") == std::string::npos);
    }
    found.push_back(problem.where + ": " + reason.substr(std::string("form.reason.").size()));
  }
  return found;
}

std::vector<std::string> problems_of(std::string_view survey, std::string_view choices = "[]") {
  return problems_in(form_json(survey, choices));
}

using Problems = std::vector<std::string>;

}  // namespace

TEST_CASE("a form without problems loads, and groups do not nest its data") {
  const auto form = form_of(R"([
    {"type": "begin group", "name": "s1", "label": "First", "minutes": 5, "side": 1, "class": "service"},
    {"type": "text", "name": "a", "label": "A"},
    {"type": "select_one yn", "name": "b", "label": {"ru": "Б", "en": "B"}, "class": "relations"},
    {"type": "end group"},
    {"type": "begin_repeat", "name": "r", "label": "R"},
    {"type": "text", "name": "c", "label": "C"},
    {"type": "end_repeat"}])",
                            R"([{"list_name": "yn", "name": "yes", "label": "Да"}])");
  REQUIRE(form->size() == 5);
  const auto& a = form->row(form->find("a"));
  CHECK(a.number == "1.1");
  CHECK(a.access_class == "service");
  CHECK(a.scope == no_row);
  CHECK(form->row(form->find("b")).access_class == "relations");
  CHECK(form->row(form->find("c")).scope == form->find("r"));
  CHECK(form->sections() == std::vector<RowIndex>{form->find("s1")});
  CHECK(form->languages() == std::vector<std::string>{"ru", "en"});
  CHECK(form->row(form->find("s1")).minutes == 5);
}

TEST_CASE("every kind of broken row is named with its sheet row and column") {
  CHECK(problems_of(R"json([
    {"type": "text", "name": "good", "label": "Good"},
    {"type": "text", "name": "good", "label": "Again"},
    {"type": "wibble", "name": "a", "label": "A"},
    {"name": "b", "label": "B"},
    {"type": "text", "label": "C"},
    {"type": "text", "name": "1d", "label": "D"},
    {"type": "text", "name": "pos", "label": "Place"},
    {"type": "text", "name": "e"},
    {"type": "calculate", "name": "f"},
    {"type": "text", "name": "g", "label": "G", "calculation": "1"},
    {"type": "range", "name": "h", "label": "H", "parameters": "start=5 end=1"},
    {"type": "range", "name": "i", "label": "I", "parameters": "start"},
    {"type": "note", "name": "j", "label": "J", "default": "x"},
    {"type": "text", "name": "k", "label": "K", "warn": "good"},
    {"type": "note", "name": "l", "label": "L", "warn": "nobody"},
    {"type": "integer", "name": "m", "label": "M", "default": "many"},
    {"type": "text", "name": "n", "label": "N", "minutes": "soon"},
    {"type": "text", "name": "o", "label": "O ${nobody}"}])json") ==
        Problems{"survey row 3, name: duplicate_name", "survey row 4, type: unknown_type",
                 "survey row 5, type: no_type", "survey row 6, name: no_name", "survey row 7, name: bad_name",
                 "survey row 8, name: reserved_name", "survey row 9, label: no_label",
                 "survey row 10, calculation: no_calculation", "survey row 11, calculation: only_calculates_calculate",
                 "survey row 12, parameters: bad_range", "survey row 13, parameters: bad_parameters",
                 "survey row 14, default: not_for_this_type", "survey row 15, warn: only_notes_warn",
                 "survey row 16, warn: unknown_name", "survey row 17, default: bad_default",
                 "survey row 18, minutes: not_a_number", "survey row 19, label: unknown_name"});
}

TEST_CASE("broken expressions are found in every column at load") {
  CHECK(problems_of(R"json([
    {"type": "text", "name": "a", "label": "A", "relevant": "${nobody} = 1"},
    {"type": "text", "name": "b", "label": "B", "constraint": ". >"},
    {"type": "text", "name": "c", "label": "C", "required": "nothing(1)"},
    {"type": "calculate", "name": "d", "calculation": "if(1)"},
    {"type": "text", "name": "e", "label": "E", "default": "wrong(1)"},
    {"type": "text", "name": "f", "label": "F", "constraint": "regex(., '(')"},
    {"type": "select_one yn", "name": "g", "label": "G", "choice_filter": "region = 1"},
    {"type": "text", "name": "h", "label": "H", "relevant": "a = 'x'"}])json",
                    R"([{"list_name": "yn", "name": "yes", "label": "Yes"}])") ==
        Problems{"survey row 2, relevant: unknown_name", "survey row 3, constraint: unfinished",
                 "survey row 4, required: unknown_function", "survey row 5, calculation: argument_count",
                 "survey row 6, default: unknown_function", "survey row 7, constraint: bad_regex",
                 "survey row 8, choice_filter: unknown_choice_column", "survey row 9, relevant: bare_name"});
  const auto json = form_json(R"json([{"type": "text", "name": "a", "label": "A", "relevant": "nothing()"}])json");
  const auto problem = load(json).problems.at(0);
  CHECK(problem.code == ProblemCode::ExpressionInvalid);
  CHECK(problem.arguments.at("sheet") == "survey");
  CHECK(problem.arguments.at("row") == "2");
  CHECK(problem.arguments.at("column") == "relevant");
  CHECK(problem.arguments.at("expression") == "nothing()");
}

TEST_CASE("groups and repeats must be balanced") {
  CHECK(problems_of(R"([
    {"type": "end_group"},
    {"type": "begin_group", "name": "g", "label": "G"},
    {"type": "end_repeat"},
    {"type": "begin_repeat", "name": "r", "label": "R"},
    {"type": "text", "name": "a", "label": "A"}])") == Problems{"survey row 2, type: nothing_to_end",
                                                                "survey row 4, type: ends_another",
                                                                "survey row 5, type: never_closed"});
}

TEST_CASE("choices are checked") {
  CHECK(problems_of(R"([
    {"type": "select_one", "name": "a", "label": "A"},
    {"type": "select_one nowhere", "name": "b", "label": "B"},
    {"type": "select_multiple ${r}", "name": "c", "label": "C"},
    {"type": "select_one ${a}", "name": "d", "label": "D"},
    {"type": "select_one ${r}", "name": "e", "label": "E"},
    {"type": "select_one ${q}", "name": "f", "label": "F"},
    {"type": "begin_repeat", "name": "r", "label": "R"},
    {"type": "text", "name": "who", "label": "Who"},
    {"type": "end_repeat"}])",
                    R"([{"list_name": "l", "name": "a b", "label": "Spaced"},
                        {"name": "x", "label": "No list"},
                        {"list_name": "l", "name": "y"},
                        {"list_name": "l", "name": "z", "label": "Z"},
                        {"list_name": "l", "name": "z", "label": "Z"}])") ==
        Problems{"survey row 2, type: no_list", "survey row 3, type: unknown_list",
                 "survey row 4, type: repeat_choice_is_one", "survey row 5, type: bad_repeat_choice",
                 "survey row 6, type: bad_repeat_choice", "survey row 7, type: unknown_name",
                 "choices row 2, name: bad_choice_name", "choices row 3, list_name: no_list_name",
                 "choices row 4, label: no_label", "choices row 6, name: duplicate_choice"});
}

TEST_CASE("the gate must be a section and have its calculations") {
  CHECK(problems_of(R"([
    {"type": "begin_group", "name": "s", "label": "S", "gate": "yes"},
    {"type": "text", "name": "a", "label": "A", "gate": "yes"},
    {"type": "end_group"}])") == Problems{"survey row 2, gate: no_gate_calculation",
                                          "survey row 2, gate: no_gate_calculation",
                                          "survey row 2, gate: no_gate_calculation",
                                          "survey row 3, gate: gate_is_a_section", "survey row 3, gate: second_gate"});
}

TEST_CASE("cycles of calculations and relevance are errors, each named once with its way round") {
  CHECK(problems_of(R"([
    {"type": "calculate", "name": "a", "calculation": "${b} + 1"},
    {"type": "calculate", "name": "b", "calculation": "${c} + 1"},
    {"type": "calculate", "name": "c", "calculation": "${a} + 1"},
    {"type": "calculate", "name": "fine", "calculation": "${a}"},
    {"type": "text", "name": "self", "label": "S", "relevant": ". = ''"},
    {"type": "begin_group", "name": "g", "label": "G", "relevant": "${inside} = 1"},
    {"type": "text", "name": "inside", "label": "I"},
    {"type": "end_group"},
    {"type": "calculate", "name": "own", "calculation": "${own} + 1"}])")
            .size() == 4);
  const auto json = form_json(R"json([
    {"type": "calculate", "name": "a", "calculation": "${b} + 1"},
    {"type": "text", "name": "q", "label": "Q", "relevant": "${a} > 1"},
    {"type": "calculate", "name": "b", "calculation": "string-length(${q})"}])json");
  const auto problems = load(json).problems;
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].where == "survey row 2, calculation");
  CHECK(problems[0].arguments.at("names") == "a → b → q → a");
}

TEST_CASE("once() may look at its own value without being a cycle") {
  CHECK(problems_of(R"json([{"type": "calculate", "name": "stamp", "calculation": "once(now())"}])json").empty());
}

TEST_CASE("sheets may come as a spreadsheet has them, with translated columns") {
  const auto form = load_or_throw(Json::parse(R"json({
    "settings": [["form_id", "version", "default_language"], ["f", 2, "en"]],
    "survey": [["type", "name", "label::Русский (ru)", "label::English (en)", "relevant", "required"],
               ["integer", "age", "Возраст", "Age", "", true],
               ["", "", "", "", "", ""],
               ["select one yn", "adult", "Взрослый?", "Adult?", "${age} > 17", ""]],
    "choices": [["list name", "name", "label::ru"], ["yn", "yes", "Да"], ["yn", 0, "Нет"]]})json"));
  CHECK(form->settings().version == "2");
  CHECK(form->row(0).label.at("ru") == "Возраст");
  CHECK(form->text(form->row(1).label, "en") == "Adult?");
  CHECK(form->row(0).always_required);
  CHECK(form->row(1).sheet_row == 4);
  CHECK(form->choice_list("yn")->find("0") != nullptr);
}

TEST_CASE("hostile forms are refused, not crashed on") {
  for (const auto* text :
       {"null", "5", "[]", "{}", R"({"survey": 5})", R"({"survey": [5]})", R"({"survey": [[]]})",
        R"({"survey": [["type"], "x"]})", R"({"survey": [{"type": {}}]})", R"({"survey": [{"label": 5}]})",
        R"({"survey": [{"type": "text", "name": "a", "label": {"ru": 5}}], "settings": 7, "choices": {}})",
        R"({"survey": [], "settings": {"form_id": "x"}})"}) {
    INFO(text);
    const auto result = load(Json::parse(text));
    CHECK_FALSE(result.form);
    CHECK_FALSE(result.problems.empty());
  }
  Json deep = form_json("[]");
  for (int i = 0; i < 500; ++i)
    deep["survey"].push_back({{"type", "begin_group"}, {"name", "g" + std::to_string(i)}, {"label", "G"}});
  CHECK_FALSE(load(deep).form);
  Json many = form_json("[]");
  for (std::size_t i = 0; i <= max_rows; ++i)
    many["survey"].push_back({{"type", "text"}, {"name", "t" + std::to_string(i)}, {"label", "T"}});
  CHECK(problems_in(many) == Problems{"survey: too_many_rows"});
  // A long chain of calculations is no cycle, and is not walked recursively.
  Json chain = form_json("[]");
  for (std::size_t i = 0; i < max_rows; ++i)
    chain["survey"].push_back({{"type", "calculate"},
                               {"name", "c" + std::to_string(i)},
                               {"calculation", i + 1 < max_rows ? "${c" + std::to_string(i + 1) + "} + 1" : "1"}});
  CHECK(load(chain).form);
}

TEST_CASE("a draft's pin names form, version and content") {
  auto json = form_json(R"([{"type": "text", "name": "a", "label": "A"}])");
  const auto pin = form_pin(json);
  CHECK(pin.substr(0, 7) == "test@1 ");
  CHECK(pin.size() == 7 + 64);
  json["survey"][0]["label"] = "B";
  CHECK(form_pin(json) != pin);
}
