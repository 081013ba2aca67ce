// Results per question over a real store: what counts, how, and for whom.
#include <catch2/catch_test_macros.hpp>

#include "shared/problem/problem.hpp"
#include "tests/sync-server/reports/filled_office.hpp"

namespace anketa::server::reports::test {
namespace {

Json with(Json answers, const Json& more) {
  answers.update(more);
  return answers;
}

Json contact(const std::string& status, const std::string& name) {
  return {{"c_stat", status}, {"c_name", name}, {"pos", "a0"}};
}

std::vector<std::string> texts(const Json& page) {
  std::vector<std::string> all;
  for (const auto& item : page["items"]) all.push_back(item["text"]);
  return all;
}

}  // namespace

TEST_CASE("Choices are counted, with labels in both languages, and those nobody chose stand at zero") {
  FilledOffice office;
  office.put_form();
  const auto client = office.client("ООО «Альфа»");
  office.questionnaire(client, with(good_quality(), {{"our_status", "key"}, {"crit", {"cloud", "tel"}}}));
  office.questionnaire(client, with(good_quality(), {{"our_status", "key"}, {"crit", {"tel"}}}));
  const auto results = office.service.questions(office.lead(), {});
  CHECK(results["questionnaires"] == 2);
  const auto status = question_of(results, "our_status");
  CHECK(status["kind"] == "choice");
  CHECK(status["answered"] == 2);
  CHECK(times_chosen(status, "key") == 2);
  CHECK(times_chosen(status, "reserve") == 0);
  CHECK(status["choices"][0]["label"] == Json{{"ru", "Ключевой поставщик"}, {"en", "Key supplier"}});
  const auto critical = question_of(results, "crit");
  CHECK(critical["kind"] == "choices");
  CHECK(critical["answered"] == 2);
  CHECK(times_chosen(critical, "tel") == 2);
  CHECK(times_chosen(critical, "cloud") == 1);
}

TEST_CASE("Numbers get statistics and round bins, a scale its distribution, a date its months") {
  FilledOffice office;
  office.put_form();
  const auto client = office.client("ООО «Альфа»");
  for (const int sites : {1, 2, 30})
    office.questionnaire(
        client, with(good_quality(), {{"sites", sites}, {"nps", sites == 30 ? 3 : 9}, {"next_meet", "2025-08-01"}}));
  const auto results = office.service.questions(office.lead(), {});
  const auto sites = question_of(results, "sites");
  CHECK(sites["statistics"] == Json{{"min", 1.0}, {"max", 30.0}, {"mean", 11.0}, {"median", 2.0}});
  CHECK(sites["bins"][0] == Json{{"from", 0.0}, {"to", 5.0}, {"count", 2}});
  CHECK(sites["bins"].back() == Json{{"from", 30.0}, {"to", 35.0}, {"count", 1}});
  const auto nps = question_of(results, "nps");
  CHECK(nps["kind"] == "scale");
  CHECK(nps["scale"].size() == 11);
  CHECK(nps["scale"][9] == Json{{"value", 9}, {"count", 2}});
  CHECK(question_of(results, "next_meet")["months"] == Json::array({{{"month", "2025-08"}, {"count", 3}}}));
}

TEST_CASE("An answer that has become irrelevant is left out of results") {
  FilledOffice office;
  office.put_form();
  const auto client = office.client("ООО «Альфа»");
  office.questionnaire(client, with(good_quality(), {{"others", "no"}, {"others_who", "прежний ответ"}}));
  const auto results = office.service.questions(office.lead(), {});
  CHECK(question_of(results, "others_who")["answered"] == 0);
  CHECK(office.service.question_texts(office.lead(), "others_who", {})["total"] == 0);
}

TEST_CASE("Sections behind a closed gate do not count, however they came to hold answers (R13)") {
  FilledOffice office;
  office.put_form();
  const auto client = office.client("ООО «Альфа»");
  office.questionnaire(
      client, {{"sp_contract", 100}, {"sp_ok", "no"}, {"out", "no"}, {"serious", "no"}, {"cap", "yes"}}, "paused");
  const auto results = office.service.questions(office.lead(), {});
  CHECK(question_of(results, "cap")["answered"] == 0);
  CHECK(question_of(results, "sp_ok")["answered"] == 1);
}

TEST_CASE("After the client's confirmation the answers behind the gate count (R18)") {
  FilledOffice office;
  office.put_form();
  const auto client = office.client("ООО «Альфа»");
  const auto id = office.questionnaire(
      client, {{"sp_contract", 100}, {"sp_ok", "no"}, {"out", "no"}, {"serious", "no"}, {"cap", "yes"}}, "paused");
  office.transition("questionnaire", client, id, "paused", "resumed");
  office.transition("questionnaire", client, id, "resumed", "complete_after_pause");
  CHECK(times_chosen(question_of(office.service.questions(office.lead(), {}), "cap"), "yes") == 1);
}

TEST_CASE("A draft that has reached the server is no result yet (R7)") {
  FilledOffice office;
  office.put_form();
  const auto client = office.client("ООО «Альфа»");
  const auto id = office.questionnaire(client, with(good_quality(), {{"our_status", "key"}}), "draft");
  CHECK(office.service.questions(office.lead(), {})["questionnaires"] == 0);
  office.transition("questionnaire", client, id, "draft", "complete");
  CHECK(office.service.questions(office.lead(), {})["questionnaires"] == 1);
  CHECK(office.service.overview(office.lead(), {})["counts"]["questionnaires"] == 1);
}

TEST_CASE("Results follow a deletion") {
  FilledOffice office;
  office.put_form();
  const auto client = office.client("ООО «Альфа»");
  const auto id = office.questionnaire(client, good_quality());
  CHECK(office.service.questions(office.lead(), {})["questionnaires"] == 1);
  office.remove("questionnaire", client, id);
  CHECK(office.service.questions(office.lead(), {})["questionnaires"] == 0);
  CHECK(office.service.questionnaires(office.lead(), {})["total"] == 0);
}

TEST_CASE("Answers in a repeat are counted item by item") {
  FilledOffice office;
  office.put_form();
  const auto client = office.client("ООО «Альфа»");
  const Json contacts = {{Uuid::derived({}, "a").text(), contact("new", "Петров Д. И.")},
                         {Uuid::derived({}, "b").text(), contact("left", "Смирнов К. О.")}};
  const auto id = office.questionnaire(
      client, with(good_quality(), {{"contacts", contacts}, {"respondent", Uuid::derived({}, "a").text()}}));
  const auto status = question_of(office.service.questions(office.lead(), {}), "c_stat");
  CHECK(status["answered"] == 2);
  CHECK(times_chosen(status, "new") == 1);
  CHECK(status["repeat"]["name"] == "contacts");
  CHECK(office.service.overview(office.lead(), {})["key_persons"] == Json{{"new", 1}, {"changed", 0}, {"left", 1}});

  const auto view = office.service.questionnaire(office.lead(), id.text());
  CHECK(view["client"]["name"] == "ООО «Альфа»");
  bool found = false;
  for (const auto& section : view["sections"])
    for (const auto& answer : section["answers"])
      if (answer["name"] == "respondent") {
        found = true;
        CHECK(answer["labels"][0]["ru"] == "Петров Д. И.");
      }
  CHECK(found);
}

TEST_CASE("Texts are searched without regard to case and ё, and come page by page, the latest meeting first") {
  FilledOffice office;
  office.put_form();
  const auto client = office.client("ООО «Альфа»");
  for (const auto* text : {"Всё надёжно", "Медленно отвечают", "НАДЕЖНЫЙ партнёр"})
    office.questionnaire(client, with(good_quality(), {{"nps", 9}, {"nps_why", text}}));
  const auto found = office.service.question_texts(office.lead(), "nps_why", {{"search", "надёжн"}});
  CHECK(found["total"] == 2);
  CHECK(texts(found) == std::vector<std::string>{"Всё надёжно", "НАДЕЖНЫЙ партнёр"});
  const auto question = question_of(office.service.questions(office.lead(), {}), "nps_why");
  CHECK(question["answered"] == 3);
  CHECK(question["samples"].size() == 2);
  const auto page = office.service.question_texts(office.lead(), "nps_why", {{"limit", "2"}, {"offset", "2"}});
  CHECK(page["total"] == 3);
  CHECK(texts(page) == std::vector<std::string>{"НАДЕЖНЫЙ партнёр"});
  CHECK_THROWS_AS(office.service.question_texts(office.lead(), "nps", {}), ProblemError);
  CHECK_THROWS_AS(office.service.question_texts(office.lead(), "nothing", {}), ProblemError);
}

TEST_CASE("Two versions of a form count together, a choice only the older one has keeps its label") {
  FilledOffice office;
  office.put_form();
  auto newer = form::default_template_json();
  newer["settings"]["version"] = "1.1";
  auto& choices = newer["choices"];
  choices.erase(std::find_if(choices.begin(), choices.end(), [](const Json& choice) {
    return choice["list_name"] == "status" && choice["name"] == "usual";
  }));
  office.put_form(newer);
  const auto client = office.client("ООО «Альфа»");
  office.questionnaire(client, with(good_quality(), {{"our_status", "usual"}}));
  office.questionnaire(client, with(good_quality(), {{"our_status", "key"}}), "complete", newer);
  const auto results = office.service.questions(office.lead(), {});
  CHECK(results["form"]["version"] == "1.1");
  CHECK(results["questionnaires"] == 2);
  const auto status = question_of(results, "our_status");
  CHECK(times_chosen(status, "key") == 1);
  CHECK(times_chosen(status, "usual") == 1);
  CHECK(status["choices"].back()["label"]["ru"] == "Обычный");
}

TEST_CASE("A questionnaire whose template has not come yet is counted as unreadable until it does") {
  FilledOffice office;
  const auto client = office.client("ООО «Альфа»");
  const auto id = office.questionnaire(client, good_quality());
  CHECK(office.service.questions(office.lead(), {})["questionnaires"] == 0);
  CHECK(office.service.questionnaire(office.lead(), id.text())["readable"] == false);
  office.put_form();
  CHECK(office.service.questions(office.lead(), {})["questionnaires"] == 1);
  CHECK(office.service.questionnaire(office.lead(), id.text())["readable"] == true);
}

TEST_CASE("Results can be asked for one segment, and a form nobody knows is an error") {
  FilledOffice office;
  office.put_form();
  office.questionnaire(office.client("Банк «Альфа»", "Банк"), good_quality());
  office.questionnaire(office.client("Завод «Бета»", "Завод"), good_quality());
  CHECK(office.service.questions(office.lead(), {{"segment", "Завод"}})["questionnaires"] == 1);
  CHECK_THROWS_AS(office.service.questions(office.lead(), {{"form", "other"}}), ProblemError);
}

TEST_CASE("The service side gets the sections of its class of problem questionnaires only (R14, R36)") {
  FilledOffice office;
  office.put_form();
  const auto client = office.client("ООО «Альфа»");
  const auto other = office.questionnaire(client, good_quality());
  const auto problem = office.questionnaire(
      client, {{"sp_contract", 100}, {"sp_ok", "no"}, {"out", "no"}, {"serious", "no"}, {"k_story", "секрет"}},
      "paused");
  office.put("quality_case", client, {{"client", client.text()}, {"questionnaire", problem.text()}});
  const Viewer service{Uuid(), Role::Service};
  const auto results = office.service.questions(service, {});
  CHECK(results["questionnaires"] == 1);
  CHECK(question_of(results, "sp_ok")["answered"] == 1);
  CHECK(question_of(results, "k_story").is_null());
  CHECK(office.service.questionnaire(service, problem.text()).dump().find("секрет") == std::string::npos);
  CHECK(office.service.answers(service, {}).dump().find("секрет") == std::string::npos);
  CHECK_THROWS_AS(office.service.questionnaire(service, other.text()), ProblemError);
  CHECK_THROWS_AS(office.service.question_texts(service, "k_story", {}), ProblemError);
}

TEST_CASE("A representative cannot read another's client's questionnaire (R36)") {
  FilledOffice office;
  office.put_form();
  const auto id = office.questionnaire(office.client("ООО «Альфа»"), good_quality());
  CHECK(office.service.questionnaire({office.rep, Role::Rep}, id.text())["id"] == id.text());
  const Viewer stranger{Uuid::derived({}, "stranger"), Role::Rep};
  CHECK_THROWS_AS(office.service.questionnaire(stranger, id.text()), ProblemError);
  CHECK(office.service.questions(stranger, {})["questionnaires"] == 0);
}

TEST_CASE("An export has every question as a column and every relevant answer in its row") {
  FilledOffice office;
  office.put_form();
  office.questionnaire(office.client("ООО «Альфа»"),
                       with(good_quality(), {{"others", "no"}, {"others_who", "прежний"}, {"nps", 8}}));
  const auto table = office.service.answers(office.lead(), {});
  CHECK(table["total"] == 1);
  const auto& item = table["items"][0];
  CHECK(item["answers"]["nps"] == 8);
  CHECK_FALSE(item["answers"].contains("others_who"));
  CHECK(item["client"]["name"] == "ООО «Альфа»");
  bool has_choices = false;
  for (const auto& column : table["columns"])
    if (column["name"] == "our_status") has_choices = column["choices"].size() == 4;
  CHECK(has_choices);
}

TEST_CASE("An empty office answers every report") {
  FilledOffice office;
  CHECK(office.service.questions(office.lead(), {})["form"].is_null());
  CHECK(office.service.answers(office.lead(), {})["total"] == 0);
  CHECK(office.service.cases(office.lead(), {})["total"] == 0);
  CHECK(office.service.clients(office.lead(), {})["total"] == 0);
  CHECK_THROWS_AS(office.service.questionnaire(office.lead(), "not an id"), ProblemError);
}

}  // namespace anketa::server::reports::test
