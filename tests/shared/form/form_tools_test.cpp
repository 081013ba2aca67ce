#include "shared/form/form_tools.hpp"

#include <catch2/catch_test_macros.hpp>

#include "form_fixture.hpp"
#include "shared/form/default_template.hpp"
#include "shared/form/plain_answers.hpp"
#include "shared/form/position_key.hpp"

using namespace anketa;
using namespace anketa::form;
using namespace anketa::form::testing;

TEST_CASE("a form survives the way to spreadsheet cells and back") {
  const auto normal = normalise_form(default_template_json());
  CHECK(normal.at("survey").size() == default_template_json().at("survey").size());
  const auto cells = form_to_cells(normal);
  CHECK(cells.at("survey").at(0).at(0) == "type");
  CHECK(cells.at("choices").at(0) == Json::array({"list_name", "name", "label::en", "label::ru"}));
  CHECK(normalise_form(cells) == normal);
  CHECK(load(cells).form);
}

TEST_CASE("normalising refuses what is no form") {
  CHECK_THROWS_AS(normalise_form(Json::array()), ProblemError);
}

TEST_CASE("show gives an outline in the reader's language") {
  const auto russian = show_form(*default_template(), "ru");
  CHECK(russian.find("VIP-анкета корпоративного клиента  [vip-anketa 1.1]") == 0);
  CHECK(russian.find("5.9 Порекомендуете нас коллегам? 0–10  {nps} [шкала 0–10]; обязательно") != std::string::npos);
  CHECK(russian.find("(Да / Нет / Не знаю)") != std::string::npos);
  CHECK(russian.find("gate_ok = ${gate_open} or ${case_confirmed}") != std::string::npos);
  const auto english = show_form(*default_template(), "en");
  CHECK(english.find("5П PAUSE: the client's complaints  {s5p} [group]; side 2; only if ${gate_problem}") !=
        std::string::npos);
  CHECK(english.find("[one choice: ${contacts}]") != std::string::npos);
}

TEST_CASE("eval tells value and type, or the error") {
  const auto form = default_template();
  const Json answers{{"nps", 9}, {"sp_ok", "no"}};
  const auto eval = [&](const char* text) { return evaluate_text(text, *form, answers, test_now, "ru"); };
  CHECK(eval("${nps} + 1").value == "10");
  CHECK(eval("${nps} + 1").type == "number");
  CHECK(eval("${gate_problem}").value == true);
  CHECK(eval("${nps_group}").value == "promoter");
  CHECK(eval("jr:choice-name(${sp_ok}, '${sp_ok}')").value == "Нет");
  CHECK_THROWS_AS(eval("${nps} +"), ProblemError);
}

TEST_CASE("plain answers name what they could not place") {
  const auto form = form_of(R"([
    {"type": "text", "name": "a", "label": "A"},
    {"type": "begin_group", "name": "g", "label": "G"},
    {"type": "integer", "name": "g_one", "label": "One"},
    {"type": "integer", "name": "two", "label": "Two"},
    {"type": "end_group"},
    {"type": "begin_repeat", "name": "r", "label": "R"},
    {"type": "text", "name": "who", "label": "Who"},
    {"type": "integer", "name": "n", "label": "N"},
    {"type": "end_repeat"},
    {"type": "select_one ${r}", "name": "pick", "label": "Pick", "parameters": "label=who"}])");
  FillSession session(form, Json::object(), context_with(), nullptr);
  const auto report = apply_plain_answers(session, Json::parse(R"({
    "pick": "Ana", "a": "x", "g": {"one": 1, "two": "many", "three": 3}, "b": 5,
    "r": [{"who": "Ana", "n": 1}, {"who": "Bia", "x": 1}, 5]})"));
  CHECK(report.applied == 6);
  std::vector<std::string> where;
  for (const auto& problem : report.problems) where.push_back(problem.where);
  const auto bia = session.items("r").at(1).path;
  CHECK(where == std::vector<std::string>{"two", "g.three", bia + "/x", "r", "b"});
  CHECK(session.answers().at("pick") == session.items("r").at(0).id);
  // The same again changes the items that are there and adds none.
  apply_plain_answers(session, Json::parse(R"({"r": [{"who": "Ana", "n": 2}]})"));
  CHECK(session.items("r").size() == 2);
  CHECK(session.question(session.items("r").at(0).path + "/n").value == 2);
  CHECK(apply_plain_answers(session, Json::array()).problems.size() == 1);
}

TEST_CASE("there is always a position key between two others") {
  CHECK(position_between("", "") == "1");
  CHECK(position_between("1", "") == "2");
  std::string low;
  std::string high;
  for (int i = 0; i < 500; ++i) {
    const auto key = position_between(low, high);
    REQUIRE((low.empty() || low < key));
    REQUIRE((high.empty() || key < high));
    REQUIRE(key.back() != '0');
    (i % 3 == 0 ? low : high) = key;
  }
  // A list that only grows keeps short keys.
  std::string last;
  for (int i = 0; i < 400; ++i) {
    const auto key = position_between(last, "");
    REQUIRE(last < key);
    last = key;
  }
  CHECK(last.size() <= 16);
  // Equal keys, as two devices may have made them, still give a place after them.
  CHECK(position_between("5", "5") > "5");
  // Foreign keys end in an answer too.
  CHECK(position_between("5", "50") > "5");
  CHECK(position_between("~я", "") > "~я");
  CHECK_FALSE(position_between("", "000").empty());
}
