// Files and values that are wrong: named precisely, and what is good in them is kept.
#include <catch2/catch_test_macros.hpp>

#include "tests/scenario/company.hpp"

using namespace anketa;
using namespace anketa::scenario;

TEST_CASE("A broken form is refused with the row and the column of each mistake named") {
  Company company;
  const Person anybody(company, "nobody", company.path("home"));
  const Json form{
      {"settings", {{"form_id", "broken"}, {"version", "1"}, {"title", {{"en", "Broken"}}}}},
      {"survey",
       {{{"type", "integer"}, {"name", "a"}, {"label", {{"en", "A"}}}, {"relevant", "${b} +"}},
        {{"type", "calculate"}, {"name", "b"}, {"calculation", "${c}"}},
        {{"type", "calculate"}, {"name", "c"}, {"calculation", "${b}"}},
        {{"type", "text"}, {"name", "d"}, {"label", {{"en", "D"}}}, {"constraint", "no-such-function(.)"}}}},
      {"choices", Json::array()}};
  const auto checked = anybody.try_to({"form", "check", company.file("broken.json", form.dump())});
  CHECK(checked.code == 6);
  CHECK(checked.json["sound"] == false);
  const auto told = checked.json["problems"].dump();
  INFO(told);
  CHECK(checked.json["problems"].size() >= 3);
  CHECK(told.find("relevant") != std::string::npos);
  CHECK(told.find("no-such-function") != std::string::npos);
  const auto no_json = anybody.try_to({"form", "check", company.file("half.json", "{\"survey\": [")});
  CHECK(no_json.code == 6);
  CHECK(no_json.problem() == "request.malformed_json");
  CHECK(anybody.try_to({"form", "check", company.path("nowhere.json")}).problem() == "file.unreadable");
  CHECK(anybody.try_to({"form", "check", "default"}).code == 0);
}

TEST_CASE("A broken CSV is refused whole where it has no names, else its bad rows are named and the good ones kept") {
  Company company;
  const auto import = [&](std::string_view content) {
    return company.administer({"import", "clients", company.file("clients.csv", content)});
  };
  for (const auto* content : {"", "\n\n\n", "colour;weight\nred;5\n"}) {
    const auto refused = import(content);
    CHECK(refused.code == 1);
    CHECK(refused.problem() == "file.csv_invalid");
  }
  const auto partly = import("name;inn\n\"ООО Открытая;7707083893\nООО Ромашка;\nООО Мало\nООО Весна;12\n");
  INFO(partly.json.dump());
  REQUIRE(partly.code == 0);
  CHECK(partly.json["rows_taken"] == 1);
  CHECK(partly.json["bad_rows"].size() == 3);
  CHECK(company.administer({"import", "clients", company.path("nowhere.csv")}).problem() == "file.unreadable");
}

TEST_CASE("A value of the wrong type and an unknown collection are refused at the command line") {
  Company company;
  auto lead = company.hire("olga", "lead");
  company.start_server();
  lead.join();
  const auto client = lead.run({"record", "put", "client", "--set", "name=ООО Ромашка"})["id"].get<std::string>();
  const auto wrong = lead.try_to({"record", "put", "contact", "--client", client, "--set", "name=5"});
  CHECK(wrong.code == 6);
  CHECK(wrong.problem() == "record.wrong_type");
  const auto unknown = lead.try_to({"record", "put", "spaceship", "--set", "name=Восток"});
  CHECK(unknown.code == 6);
  CHECK(unknown.problem() == "record.unknown_collection");
  CHECK(lead.run({"record", "list", "contact"}).empty());
  CHECK(lead.try_to({"no-such-command"}).code == 2);
  const auto answers = company.file("answers.json", Json{{"nps", 42}, {"k_story", "Слова"}, {"no_question", 1}}.dump());
  const auto filled = lead.try_to({"fill", client, "--answers", answers});
  INFO(filled.json.dump());
  CHECK(filled.code == 6);
  CHECK(filled.json["problems"].size() == 2);
  CHECK(filled.json["applied"] == 1);
}
