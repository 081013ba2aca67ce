// The fill session on a small form: navigation, repeats, gaps, progress, prefill.
#include "shared/form/fill_session.hpp"

#include <catch2/catch_test_macros.hpp>

#include "fill_fixture.hpp"

using namespace anketa;
using namespace anketa::form;
using namespace anketa::form::testing;

namespace {

std::shared_ptr<const Form> family_form() {
  return form_of(
      R"json([
    {"type": "begin_group", "name": "s1", "label": "Family", "minutes": 5},
    {"type": "text", "name": "name", "label": "Your name", "required": "yes"},
    {"type": "select_one yn", "name": "children", "label": "Children?"},
    {"type": "begin_repeat", "name": "kids", "label": "Kids", "relevant": "${children} = 'yes'", "min_items": 1},
    {"type": "text", "name": "kid", "label": "Name of ${name}'s child", "required": "yes"},
    {"type": "integer", "name": "age", "label": "Age of ${kid}", "default": "1"},
    {"type": "text", "name": "school", "label": "School", "relevant": "${age} > 6", "required": "${age} > 7", "required_message": "School, please"},
    {"type": "end_repeat"},
    {"type": "end_group"},
    {"type": "begin_group", "name": "s2", "label": "Rest", "minutes": 3},
    {"type": "select_one ${kids}", "name": "eldest", "label": "The eldest", "parameters": "label=kid", "choice_filter": "${age} >= 3"},
    {"type": "note", "name": "bye", "label": "Thank you, ${name}: ${eldest}"},
    {"type": "note", "name": "careful", "label": "Are you sure?", "relevant": "${children} = 'no'", "warn": "children"},
    {"type": "end_group"}])json",
      R"([{"list_name": "yn", "name": "yes", "label": "Yes"}, {"list_name": "yn", "name": "no", "label": "No"}])");
}

std::vector<std::string> walk(FillSession& session) {
  std::vector<std::string> paths;
  session.go_to_start();
  do paths.push_back(session.current_path());
  while (session.next());
  return paths;
}

const std::string first_kid = "kids/00000000-0000-7000-8000-000000000001";
const std::string second_kid = "kids/00000000-0000-7000-8000-000000000002";

}  // namespace

TEST_CASE("navigation goes over what is relevant, in form order, items of repeats included") {
  Saved saved;
  FillSession session(family_form(), Json::object(), context_with(), saved.hook());
  CHECK(walk(session) == Ops{"name", "children", "eldest", "bye"});
  CHECK_FALSE(session.current());
  CHECK(session.previous());
  CHECK(session.current_path() == "bye");
  session.answer("children", "yes");
  CHECK(session.add_item("kids") == first_kid);
  CHECK(saved.take() ==
        Ops{R"(set children "yes")", "set " + first_kid + R"(/pos "1")", "set " + first_kid + "/age 1"});
  CHECK(session.add_item("kids") == second_kid);
  session.answer(second_kid + "/age", 9);
  CHECK(walk(session) == Ops{"name", "children", "kids", first_kid + "/kid", first_kid + "/age", second_kid + "/kid",
                             second_kid + "/age", second_kid + "/school", "eldest", "bye"});
  CHECK_FALSE(session.jump("s2"));
  CHECK(session.current_path() == "eldest");
  CHECK_FALSE(session.jump_to(second_kid + "/school"));
  CHECK(reason(session.jump_to(first_kid + "/school")) == "request.not_found");
  CHECK(reason(session.jump("s3")) == "request.not_found");
  // The question one stands at becomes irrelevant: one goes on from its place.
  session.answer(second_kid + "/age", 5);
  CHECK(session.next());
  CHECK(session.current_path() == "eldest");
  CHECK(session.previous());
  CHECK(session.current_path() == second_kid + "/age");
}

TEST_CASE("items are added, moved and removed; whoever stands in a removed item goes to its repeat") {
  Saved saved;
  FillSession session(family_form(), Json{{"children", "yes"}}, context_with(), saved.hook());
  session.add_item("kids");
  session.add_item("kids");
  const auto third = session.add_item("kids");
  session.answer(third + "/kid", "Вася");
  session.move_item(third, "00000000-0000-7000-8000-000000000001");
  auto items = session.items("kids");
  REQUIRE(items.size() == 3);
  CHECK(items[0].label == "Вася");
  CHECK(items[1].id == "00000000-0000-7000-8000-000000000001");
  session.move_item(third, "");
  CHECK(session.items("kids")[2].label == "Вася");
  CHECK_FALSE(session.jump_to(third + "/age"));
  saved.take();
  session.remove_item(third);
  CHECK(saved.take() == Ops{"remove " + third});
  CHECK(session.current_path() == "kids");
  CHECK(session.items("kids").size() == 2);
  CHECK_FALSE(session.answers().at("kids").contains("00000000-0000-7000-8000-000000000003"));
  CHECK_THROWS_AS(session.remove_item(third), ProblemError);
  CHECK_THROWS_AS(session.add_item("name"), ProblemError);
  CHECK_THROWS_AS(session.move_item(first_kid, "nobody"), ProblemError);
}

TEST_CASE("a choice from a repeat offers its items by label, through the filter") {
  FillSession session(family_form(), Json{{"children", "yes"}}, context_with(), nullptr);
  session.add_item("kids");
  session.add_item("kids");
  session.answer(first_kid + "/kid", "Аня");
  session.answer(first_kid + "/age", 2);
  session.answer(second_kid + "/kid", "Боря");
  session.answer(second_kid + "/age", 8);
  const auto id = second_kid.substr(5);
  auto eldest = session.question("eldest");
  REQUIRE(eldest.choices.size() == 1);
  CHECK(eldest.choices[0].name == id);
  CHECK(eldest.choices[0].label == "Боря");
  CHECK(reason(session.answer("eldest", first_kid.substr(5))) == "form.answer.choice_not_offered");
  CHECK(reason(session.answer("eldest", id)) == "taken");
  CHECK(session.question("eldest").value_text == "Боря");
  session.answer("name", "Вера");
  CHECK(session.question("bye").label == "Thank you, Вера: Боря");
  CHECK(session.question(second_kid + "/kid").label == "Name of Вера's child");
  CHECK(session.question(second_kid + "/age").label == "Age of Боря");
  // The item goes: the answer is kept, and named at the end.
  session.remove_item(second_kid);
  REQUIRE(session.validate().size() == 1);
  CHECK(session.validate()[0].where == "eldest");
}

TEST_CASE("missing answers never block, are listed in form order, and finish() refuses") {
  FillSession session(family_form(), Json::object(), context_with(), nullptr);
  session.answer("children", "yes");
  auto gaps = session.missing();
  REQUIRE(gaps.size() == 2);
  CHECK(gaps[0].path == "name");
  CHECK(gaps[0].number == "1.1");
  CHECK(gaps[1].path == "kids");
  CHECK(gaps[1].kind == Gap::Kind::ItemsMissing);
  CHECK(gaps[1].message == "Нужна хотя бы 1 строка");
  session.add_item("kids");
  session.answer(first_kid + "/age", 8);
  gaps = session.missing();
  REQUIRE(gaps.size() == 3);
  CHECK(gaps[1].path == first_kid + "/kid");
  CHECK(gaps[2].message == "School, please");
  CHECK_FALSE(session.finish().done);
  session.answer(first_kid + "/age", 7);  // now asked, but no longer required
  CHECK(session.missing().size() == 2);
  session.answer("name", "Вера");
  session.answer(first_kid + "/kid", "Аня");
  const auto outcome = session.finish();
  CHECK(outcome.done);
  CHECK(outcome.status == FillStatus::Complete);
}

TEST_CASE("progress counts relevant questions, minutes and gaps by section") {
  FillSession session(family_form(), Json::object(), context_with(), nullptr);
  auto progress = session.progress();
  CHECK(progress.total == 3);
  CHECK(progress.answered == 0);
  CHECK(progress.missing == 1);
  CHECK(progress.minutes_planned == 8);
  session.answer("children", "no");
  progress = session.progress();
  CHECK(progress.answered == 1);
  REQUIRE(progress.sections.size() == 2);
  CHECK(progress.sections[0].answered == 1);
  CHECK(progress.sections[0].total == 2);
  CHECK(progress.sections[1].total == 1);
  CHECK(session.question("children").warnings == Ops{"Are you sure?"});
  CHECK(session.section_questions("s2").size() == 2);
}

TEST_CASE("irrelevant answers are kept in the data and left out of results") {
  FillSession session(family_form(), Json::object(), context_with(), nullptr);
  session.answer("name", "Вера");
  session.answer("children", "yes");
  session.add_item("kids");
  session.answer(first_kid + "/kid", "Аня");
  session.answer("children", "no");
  CHECK_FALSE(session.is_relevant("kids"));
  CHECK_FALSE(session.is_relevant(first_kid + "/kid"));
  CHECK(session.answers().contains("kids"));
  CHECK(session.relevant_answers() == Json{{"name", "Вера"}, {"children", "no"}});
  session.answer("children", "yes");
  CHECK(session.relevant_answers().at("kids").size() == 1);
  CHECK(session.question(first_kid + "/kid").value == "Аня");
}

TEST_CASE("unknown answers of other versions round-trip") {
  const Json stored{{"name", "Вера"}, {"from_the_future", {{"x", 1}}}};
  FillSession session(family_form(), stored, context_with(), nullptr);
  session.answer("children", "no");
  CHECK(session.answers().at("from_the_future") == Json{{"x", 1}});
  CHECK_FALSE(session.relevant_answers().contains("from_the_future"));
}

TEST_CASE("defaults and prefills fill a new draft; once() is kept with the answers") {
  const auto form = form_of(R"json([
    {"type": "date", "name": "day", "label": "Day", "default": "today()"},
    {"type": "select_multiple yn", "name": "many", "label": "Many", "prefill": "dossier.many"},
    {"type": "integer", "name": "sites", "label": "Sites", "prefill": "dossier.contract.sites"},
    {"type": "integer", "name": "wrong", "label": "Wrong", "prefill": "dossier.name"},
    {"type": "text", "name": "client", "label": "Client", "prefill": "dossier.name", "read_only": "yes"},
    {"type": "text", "name": "nobody", "label": "Nobody", "prefill": "dossier.nobody", "read_only": "yes"},
    {"type": "calculate", "name": "main", "prefill": "dossier.main_contact"},
    {"type": "calculate", "name": "begun", "calculation": "once(now())"},
    {"type": "begin_repeat", "name": "people", "label": "People", "prefill": "dossier.contacts"},
    {"type": "text", "name": "who", "label": "Who", "prefill": ".name"},
    {"type": "end_repeat"},
    {"type": "select_one ${people}", "name": "talk", "label": "Talk", "parameters": "label=who"},
    {"type": "text", "name": "why", "label": "Why", "relevant": "${talk} != ${main}"}])json",
                            R"([{"list_name": "yn", "name": "yes", "label": "Yes"}])");
  const Json prefill{{"dossier",
                      {{"name", "АО «Банк»"},
                       {"many", {"yes"}},
                       {"contract", {{"sites", 3}}},
                       {"main_contact", "c1"},
                       {"contacts", {{{"id", "c1"}, {"name", "Анна"}}, {{"name", "Пётр"}}}}}}};
  Saved saved;
  FillSession session(form, Json::object(), context_with(prefill), saved.hook());
  session.begin();
  const auto begun = session.answers();
  CHECK(begun.at("day") == "2025-06-10");
  CHECK(begun.at("many") == Json::array({"yes"}));
  CHECK(begun.at("sites") == 3);
  CHECK(begun.at("client") == "АО «Банк»");
  CHECK(begun.at("main") == "c1");
  CHECK(begun.at("begun") == "2025-06-10T09:30:15.250+03:00");
  CHECK(begun.at("people").at("c1").at("who") == "Анна");
  CHECK(begun.at("people").size() == 2);
  REQUIRE(session.unfit_prefills().size() == 1);
  CHECK(session.unfit_prefills()[0].where == "wrong");
  CHECK(reason(session.answer("client", "Другой")) == "record.read_only_field");
  CHECK(reason(session.answer("nobody", "Кто-то")) == "taken");
  CHECK_FALSE(session.answer("talk", "c1"));
  CHECK_FALSE(session.is_relevant("why"));
  // What autosave saw gives the same answers, and opening them again changes nothing.
  saved.take();
  auto context = context_with(prefill);
  context.now.instant += 86400000;
  FillSession again(form, session.answers(), context, saved.hook());
  CHECK(saved.ops.empty());
  CHECK(again.answers() == session.answers());
  CHECK_FALSE(again.is_relevant("why"));
}

TEST_CASE("the session's clock moves only when told to") {
  const auto form =
      form_of(R"json([{"type": "calculate", "name": "day", "calculation": "format-date(today(), '%d.%m')"},
                                    {"type": "note", "name": "n", "label": "${day}"}])json");
  FillSession session(form, Json::object(), context_with(), nullptr);
  CHECK(session.question("n").label == "10.06");
  session.set_now({test_now.instant + 86400000, 180});
  CHECK(session.question("n").label == "11.06");
}
