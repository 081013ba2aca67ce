// ${names}, paths into repeats, predicates, and what they mean from where.
#include "expression_fixture.hpp"

using namespace anketa;
using namespace anketa::form;
using namespace anketa::form::testing;

TEST_CASE("answers, repeats, paths and predicates") {
  const auto form = form_of(R"([
    {"type": "integer", "name": "age", "label": "Age"},
    {"type": "select_multiple colours", "name": "likes", "label": "Likes"},
    {"type": "text", "name": "hidden", "label": "Hidden", "relevant": "${age} > 100"},
    {"type": "begin_group", "name": "home", "label": "Home"},
    {"type": "decimal", "name": "rent", "label": "Rent"},
    {"type": "end_group"},
    {"type": "begin_repeat", "name": "people", "label": "People"},
    {"type": "text", "name": "who", "label": "Who"},
    {"type": "integer", "name": "years", "label": "Years"},
    {"type": "begin_repeat", "name": "pets", "label": "Pets"},
    {"type": "text", "name": "pet", "label": "Pet"},
    {"type": "end_repeat"},
    {"type": "end_repeat"},
    {"type": "text", "name": "empty", "label": "Empty"}])",
                            R"([{"list_name": "colours", "name": "red", "label": {"ru": "красный", "en": "red"}},
                                {"list_name": "colours", "name": "blue", "label": {"ru": "синий", "en": "blue"}}])");
  const auto answers = Json::parse(R"({
    "age": 42, "likes": ["blue", "red"], "hidden": "secret", "rent": "12.5",
    "people": {
      "b": {"pos": "2", "who": "Bia", "years": 7},
      "a": {"pos": "1", "who": "Ana", "years": 34, "pets": {"p": {"pos": "1", "pet": "cat"}, "q": {"pos": "2", "pet": "dog"}}},
      "c": {"pos": "3", "who": "Caio", "years": 19, "pets": {"r": {"pos": "1", "pet": "fish"}}}}})");
  check_all({{"${age}", "number", "42"},
             {"${age} + 1", "number", "43"},
             {"${rent} * 2", "number", "25"},
             {"${home}/rent", "nodeset", R"(["12.5"])"},
             {"${likes}", "string", "blue red"},
             {"selected(${likes}, 'red')", "boolean", "true"},
             {"jr:choice-name('blue', '${likes}')", "string", "синий"},
             {"jr:choice-name(selected-at(${likes}, 1), '${likes}')", "string", "красный"},
             {"jr:choice-name('green', '${likes}')", "string", ""},
             {"${hidden}", "string", ""},
             {"${empty} = ''", "boolean", "true"},
             {"${empty} > 0", "boolean", "false"},
             {"${age} != ''", "boolean", "true"},
             {"count(${people})", "number", "3"},
             {"${who}", "nodeset", R"(["Ana","Bia","Caio"])"},
             {"count(${pets})", "number", "3"},
             {"${pet}", "nodeset", R"(["cat","dog","fish"])"},
             {"count(${empty})", "number", "1"},
             {"count-non-empty(${who})", "number", "3"},
             {"count-non-empty(${empty})", "number", "0"},
             {"sum(${years})", "number", "60"},
             {"min(${years})", "number", "7"},
             {"max(${years})", "number", "34"},
             {"max(${years}, 50)", "number", "50"},
             {"join(', ', ${who})", "string", "Ana, Bia, Caio"},
             {"concat(${who}, '!')", "string", "AnaBiaCaio!"},
             {"${who} = 'Bia'", "boolean", "true"},
             {"${who} != 'Bia'", "boolean", "true"},
             {"${years} > 30", "boolean", "true"},
             {"30 < ${years}", "boolean", "true"},
             {"100 < ${years}", "boolean", "false"},
             {"indexed-repeat(${who}, ${people}, 2)", "string", "Bia"},
             {"indexed-repeat(${years}, ${people}, 3)", "number", "19"},
             {"indexed-repeat(${who}, ${people}, 4)", "string", ""},
             {"indexed-repeat(${pet}, ${people}, 1, ${pets}, 2)", "string", "dog"},
             {"${people}[2]/who", "nodeset", R"(["Bia"])"},
             {"${people}[position() = 3]/who", "nodeset", R"(["Caio"])"},
             {"${people}[last()]/who", "nodeset", R"(["Caio"])"},
             {"${people}[./years > 10]/who", "nodeset", R"(["Ana","Caio"])"},
             {"${people}[years > 10][2]/who", "nodeset", R"(["Caio"])"},
             {"${people}[${years} > 10]/who", "nodeset", R"(["Ana","Caio"])"},
             {"count(${people}[./years < 18])", "number", "1"},
             {"count(${people}[count(./pets) > 0])", "number", "2"},
             {"${people}/pets/pet", "nodeset", R"(["cat","dog","fish"])"},
             {"${people}[1]/pets[2]/pet", "nodeset", R"(["dog"])"},
             {"${pets}[./pet = 'fish']/../who", "nodeset", R"(["Caio"])"},
             {"/data/age", "nodeset", R"(["42"])"},
             {"/data/people/who", "nodeset", R"(["Ana","Bia","Caio"])"},
             {"/data/home/rent", "nodeset", R"(["12.5"])"},
             {"count(${age} | ${who})", "number", "4"},
             {"count(${who} | ${who})", "number", "3"},
             {"string(${who})", "string", "Ana"},
             {"boolean(${people}[years > 90])", "boolean", "false"},
             {"position(${people}[2])", "number", "2"},
             {"if(${age} >= 18, 'adult', 'child')", "string", "adult"}},
            *form, answers);
}

TEST_CASE("relative paths in repeats mean the item they stand in") {
  const auto form = form_of(R"json([
    {"type": "begin_repeat", "name": "people", "label": "People"},
    {"type": "text", "name": "who", "label": "Who"},
    {"type": "calculate", "name": "index", "calculation": "position(..)"},
    {"type": "calculate", "name": "greeting", "calculation": "concat(../who, ' ', ${index}, '/', count(${people}))"},
    {"type": "begin_group", "name": "inner", "label": "Inner"},
    {"type": "calculate", "name": "from_group", "calculation": "concat(../../who, position(../..))"},
    {"type": "end_group"},
    {"type": "calculate", "name": "namesakes", "calculation": "count(${people}[./who = current()/../who]) - 1"},
    {"type": "calculate", "name": "same", "calculation": "count(${people}[./who = ${who}]) - 1"},
    {"type": "end_repeat"}])json");
  const auto answers = Json::parse(
      R"({"people": {"a": {"pos": "1", "who": "Ana"}, "b": {"pos": "2", "who": "Bia"}, "c": {"pos": "3", "who": "Ana"}}})");
  check_all({{"${greeting}", "nodeset", R"(["Ana 1/3","Bia 2/3","Ana 3/3"])"},
             {"${from_group}", "nodeset", R"(["Ana1","Bia2","Ana3"])"},
             {"${namesakes}", "nodeset", R"(["1","0","1"])"},
             {"${same}", "nodeset", R"(["1","0","1"])"}},
            *form, answers);
}
