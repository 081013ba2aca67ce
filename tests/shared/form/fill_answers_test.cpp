// Answers one by one: what is taken, in which shape it is stored, what autosave is given.
#include <catch2/catch_test_macros.hpp>

#include "fill_fixture.hpp"

using namespace anketa;
using namespace anketa::form;
using namespace anketa::form::testing;

namespace {

std::shared_ptr<const Form> typed_form() {
  return form_of(
      R"json([
    {"type": "text", "name": "t", "label": "T"},
    {"type": "integer", "name": "i", "label": "I", "constraint": ". >= 0 and . < 100", "constraint_message": {"ru": "От 0 до 99", "en": "0 to 99"}},
    {"type": "decimal", "name": "d", "label": "D"},
    {"type": "date", "name": "day", "label": "Day", "constraint": ". <= today()"},
    {"type": "time", "name": "at", "label": "At"},
    {"type": "dateTime", "name": "when", "label": "When"},
    {"type": "select_one yn", "name": "one", "label": "One"},
    {"type": "select_multiple colours", "name": "many", "label": "Many"},
    {"type": "range", "name": "score", "label": "Score", "parameters": "start=0 end=10 step=1"},
    {"type": "range", "name": "half", "label": "Half", "parameters": "start=1 end=5 step=0.5"},
    {"type": "acknowledge", "name": "ok", "label": "OK?"},
    {"type": "image", "name": "photo", "label": "Photo"},
    {"type": "note", "name": "n", "label": "N"},
    {"type": "calculate", "name": "c", "calculation": "1"}])json",
      R"([{"list_name": "yn", "name": "yes", "label": "Да"}, {"list_name": "yn", "name": "no", "label": "Нет"},
                     {"list_name": "colours", "name": "red", "label": "Красный"},
                     {"list_name": "colours", "name": "blue", "label": "Синий"},
                     {"list_name": "colours", "name": "green", "label": "Зелёный"}])");
}

}  // namespace

TEST_CASE("answers are checked and stored in canonical shape") {
  Saved saved;
  FillSession session(typed_form(), Json::object(), context_with(), saved.hook());
  struct Case {
    const char* path;
    Json given;
    Json stored;
  };
  const std::vector<Case> good{{"t", "Привет", "Привет"},
                               {"i", 7, 7},
                               {"i", " 42 ", 42},
                               {"i", "1.0", 1},
                               {"d", "012,50", "12.5"},
                               {"d", "-0.0", "0"},
                               {"d", ".5", "0.5"},
                               {"d", "1 234,5", "1234.5"},
                               {"d", 3, "3"},
                               {"day", "2025-06-10", "2025-06-10"},
                               {"day", "01.02.2024", "2024-02-01"},
                               {"at", "09:30", "09:30"},
                               {"at", "09:30:05", "09:30:05"},
                               {"when", "2025-06-10T09:30", "2025-06-10T09:30:00.000+03:00"},
                               {"when", "2025-06-10T09:30:00Z", "2025-06-10T09:30:00.000+00:00"},
                               {"one", "yes", "yes"},
                               {"many", Json::array({"red", "blue", "red"}), Json::array({"blue", "red"})},
                               {"many", "green blue", Json::array({"blue", "green"})},
                               {"score", "10", 10},
                               {"half", "2,5", "2.5"},
                               {"half", 3, 3},
                               {"ok", true, "OK"},
                               {"photo", std::string(64, 'a'), std::string(64, 'a')}};
  for (const auto& each : good) {
    INFO(each.path << " " << each.given.dump());
    CHECK(reason(session.answer(each.path, each.given)) == "taken");
    CHECK(session.answers().at(each.path) == each.stored);
  }
}

TEST_CASE("answers that do not fit are refused with a reason and change nothing") {
  Saved saved;
  FillSession session(typed_form(), Json{{"i", 5}}, context_with(), saved.hook());
  const std::vector<std::tuple<const char*, Json, const char*>> bad{
      {"t", 5.5, "form.answer.not_a_text"},
      {"t", "\xFF", "form.answer.not_a_text"},
      {"t", std::string(70000, 'x'), "form.answer.text_too_long"},
      {"i", "many", "form.answer.not_an_integer"},
      {"i", "1.5", "form.answer.not_an_integer"},
      {"i", "99999999999999999999", "form.answer.number_too_large"},
      {"i", 100, "form.answer.message"},
      {"i", -1, "form.answer.message"},
      {"d", "1e5", "form.answer.not_a_number"},
      {"d", "1.2345678901234567", "form.answer.number_too_large"},
      {"day", "2025-02-30", "form.answer.not_a_date"},
      {"day", "2025-06-11", "form.answer.constraint"},
      {"day", 20250610, "form.answer.not_a_date"},
      {"at", "25:00", "form.answer.not_a_time"},
      {"at", "2025-06-10", "form.answer.not_a_time"},
      {"when", "2025-06-10", "form.answer.not_a_date_time"},
      {"one", "maybe", "form.answer.no_such_choice"},
      {"one", Json::array({"yes"}), "form.answer.no_such_choice"},
      {"many", Json::array({"red", "pink"}), "form.answer.no_such_choice"},
      {"many", 5, "form.answer.not_a_list"},
      {"score", 11, "form.answer.out_of_range"},
      {"score", "7.5", "form.answer.off_step"},
      {"ok", "no", "form.answer.not_acknowledged"},
      {"photo", "x.jpg", "form.answer.not_an_attachment"},
      {"n", "x", "request.not_found"},
      {"c", "x", "request.not_found"},
      {"nobody", "x", "request.not_found"},
      {"t/x/y", "x", "request.not_found"},
      {"", "x", "request.not_found"}};
  for (const auto& [path, given, expected] : bad) {
    INFO(path << " " << expected);
    const auto problem = session.answer(path, given);
    CHECK(reason(problem) == expected);
    REQUIRE(problem);
    CHECK(problem->where == path);
    CHECK(problem->what(text::Language::Russian).find('{') == std::string::npos);
  }
  CHECK(session.answers() == Json{{"i", 5}});
  CHECK(saved.ops.empty());
  CHECK(session.answer("i", 100)->what(text::Language::Russian).find("От 0 до 99") != std::string::npos);
}

TEST_CASE("every accepted answer is autosaved as the exact ops it makes, before the session shows it") {
  Saved saved;
  FillSession session(typed_form(), Json::object(), context_with(), saved.hook());
  session.answer("i", 7);
  session.answer("many", Json::array({"red", "blue"}));
  CHECK(saved.take() == Ops{"set i 7", R"(add many "blue")", R"(add many "red")"});
  session.answer("i", 7);
  CHECK(saved.take().empty());
  session.answer("many", Json::array({"green", "red"}));
  session.answer("i", nullptr);
  CHECK(saved.take() == Ops{R"(remove many "blue")", R"(add many "green")", "set i"});
  CHECK(session.answers() == Json{{"many", {"green", "red"}}});
}

TEST_CASE("a failing autosave leaves the session unchanged and tells the caller") {
  bool full = false;
  FillSession session(typed_form(), Json::object(), context_with(), [&](const std::vector<Op>&) {
    if (full) throw ProblemError(ProblemCode::DiskFull);
  });
  session.answer("i", 7);
  full = true;
  CHECK_THROWS_AS(session.answer("i", 8), ProblemError);
  CHECK(session.answers() == Json{{"i", 7}});
  CHECK(session.question("i").value == 7);
}

TEST_CASE("stored answers that do not fit are shown at the end, not lost") {
  FillSession session(typed_form(), Json{{"i", "many"}, {"many", "red"}, {"one", 5}, {"score", true}}, context_with(),
                      nullptr);
  CHECK(session.answers().at("i") == "many");
  std::vector<std::string> where;
  for (const auto& problem : session.validate()) where.push_back(problem.where);
  CHECK(where == Ops{"i", "one", "score"});
  CHECK(reason(session.answer("i", 5)) == "taken");
}
