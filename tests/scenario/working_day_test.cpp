#include <catch2/catch_test_macros.hpp>

#include <set>

#include "tests/scenario/working_day.hpp"

using namespace anketa;
using namespace anketa::scenario;

namespace {

constexpr const char* romashka = "ООО Ромашка";
constexpr const char* vesna = "ООО Весна";
constexpr const char* zarya = "АО Заря";
constexpr const char* romashka_story = "Начинали втроем в гараже";
constexpr const char* vesna_story = "Выросли из артели при заводе";
constexpr const char* zarya_story = "Первый заказ был на сто рублей";
constexpr const char* zarya_wins = "Держим сроки уже десять лет";
constexpr const char* zarya_why = "Люди остаются с нами надолго";

class Day {
 public:
  void import_clients() {
    const auto utf8 = company_.file("crm.csv",
                                    "Название;ИНН;Контактное лицо;Телефон контакта\n"
                                    "ООО Ромашка;7707083893;Мария Иванова;+7 495 111-22-33\n"
                                    "ООО Ошибка;7707083890;Никто;\n"
                                    "ООО Весна;7736050003;Петр Орлов;+7 495 222-33-44\n");
    const auto first = company_.administer({"import", "clients", utf8});
    REQUIRE(first.code == 0);
    REQUIRE(first.json.at("bad_rows").size() == 1);
    CHECK(first.json["bad_rows"][0].at("line") == 3);
    CHECK(first.json["bad_rows"][0].at("column") == "ИНН");
    CHECK(first.json.at("rows_taken") == 2);
    const auto windows = company_.file(
        "old crm.csv",
        in_windows_1251("Компания;Контактное лицо;Телефон контакта\r\nАО Заря;Анна Белова;+7 495 333-44-55\r\n"));
    const auto second = company_.administer({"import", "clients", windows});
    REQUIRE(second.code == 0);
    CHECK(second.json.at("bad_rows").empty());
    CHECK(company_.administer({"import", "clients", windows}).json.at("created") == 0);
  }

  /// R5, R34: a rep sees the clients he is assigned to, and no other.
  void assign_clients() {
    company_.start_server();
    lead_.join();
    for (const auto* client : {romashka, vesna, zarya}) assign(client, "Анна Петрова", "owner");
    assign(romashka, "Борис Сидоров", "member");
    lead_.sync();
    anna_.join();
    boris_.join();
    CHECK(anna_.run({"clients"}).size() == 3);
    const auto of_boris = boris_.run({"clients"});
    REQUIRE(of_boris.size() == 1);
    CHECK(of_boris[0]["body"]["name"] == romashka);
  }

  void lose_connection() {
    company_.stop_server();
    const auto offline = anna_.try_to({"sync"});
    CHECK(offline.code == 4);
    CHECK(offline.problem() == "transport.unreachable");
  }

  void fill_from_files() {
    const auto good =
        anna_.run({"fill", romashka, "--answers", answers("good", content_client("Мария Иванова", romashka_story))});
    INFO(good.dump());
    CHECK(good["problems"].empty());
    CHECK(good["status"] == "complete");
    const auto bad =
        anna_.run({"fill", vesna, "--answers", answers("bad", troubled_client("Петр Орлов", vesna_story))});
    INFO(bad.dump());
    CHECK(bad["status"] == "paused");
    CHECK(bad["resume_point"] == "s6");
    CHECK(anna_.find("quality_case", "questionnaire", bad["questionnaire"])["body"]["status"] == "open");
    const auto again = anna_.try_to({"fill", vesna, "--answers", answers("more", {{"ref", "no"}})});
    CHECK(again.code == 7);
    CHECK(again.problem() == "form.gate_closed");
  }

  /// Three answers are in, the fourth is half typed when the program is killed.
  void kill_in_mid_fill() {
    {
      auto interview = anna_.at_terminal({"fill", zarya});
      interview->await("> ");
      interview->enter("/section 3");
      for (const auto* answer : {zarya_story, zarya_wins, zarya_why}) interview->enter(answer);
      interview->type("К осени откроем");
      interview->kill();
    }
    third_ = anna_.find("questionnaire", "status", "draft")["id"].get<std::string>();
    const auto given = answers_of(third_);
    CHECK(given.at("k_story") == zarya_story);
    CHECK(given.at("k_wins") == zarya_wins);
    CHECK(given.at("k_why") == zarya_why);
    CHECK_FALSE(given.contains("k_plans"));
  }

  void resume() {
    {
      auto interview = anna_.at_terminal({"fill", zarya});
      // It goes on at the very question where it was killed.
      const auto screen = interview->await("> ");
      CHECK(screen.find("3.4") != std::string::npos);
      interview->enter("Откроем цех к осени");
      interview->type("/stop\n");
      CHECK(interview->wait() == 0);
    }
    auto rest = content_client("Анна Белова", zarya_story);
    rest.erase("k_story");
    const auto done = anna_.run({"fill", zarya, "--answers", answers("rest", rest)});
    INFO(done.dump());
    CHECK(done["questionnaire"] == third_);
    CHECK(done["status"] == "complete");
    CHECK(answers_of(third_).at("k_story") == zarya_story);
    CHECK(answers_of(third_).at("k_plans") == "Откроем цех к осени");
  }

  void edit_one_contact() {
    contact_ = boris_.find("contact", "name", "Мария Иванова")["id"].get<std::string>();
    anna_.run({"record", "edit", contact_, "--set", "phone=+7 495 999-00-00"});
    boris_.run({"record", "edit", contact_, "--set", "post=Технический директор"});
    anna_.run({"record", "edit", contact_, "--set", "email=m.ivanova@romashka.example"});
    boris_.run({"record", "edit", contact_, "--set", "email=maria@romashka.example"});
  }

  void come_back() {
    company_.start_server();
    for (const auto* person : {&anna_, &boris_, &anna_, &lead_}) CHECK(person->sync()["parked_total"] == 0);
    for (const auto* person : {&anna_, &boris_, &lead_}) {
      INFO(person->login());
      CHECK(person->run({"status"})["unsynced"] == 0);
      const auto body = person->run({"record", "get", contact_})["body"];
      CHECK(body["phone"] == "+7 495 999-00-00");
      CHECK(body["post"] == "Технический директор");
    }
  }

  void settle_conflict() {
    const auto open = anna_.run({"conflicts"});
    REQUIRE(open.size() == 1);
    CHECK(open[0]["record"] == contact_);
    CHECK(open[0]["path"] == "email");
    std::set<std::string> values;
    for (const auto& side : open[0]["sides"]) values.insert(side.at("value").get<std::string>());
    CHECK(values == std::set<std::string>{"m.ivanova@romashka.example", "maria@romashka.example"});
    CHECK(boris_.run({"conflicts"}).size() == 1);
    anna_.run({"conflicts", "resolve", open[0]["id"].get<std::string>(), "--value", "maria@romashka.example"});
    for (const auto* person : {&anna_, &boris_, &lead_}) {
      INFO(person->login());
      person->sync();
      CHECK(person->run({"conflicts"}).empty());
      CHECK(person->run({"record", "get", contact_})["body"]["email"] == "maria@romashka.example");
    }
  }

  void read_results() {
    const auto results = lead_.run({"results"});
    const auto& counts = results["overview"]["counts"];
    INFO(counts.dump());
    CHECK(counts["questionnaires"] == 3);
    CHECK(results["overview"]["coverage"]["paused"] == 1);
    const auto stories = lead_.run({"results", "--question", "k_story"}).dump();
    CHECK(lead_.run({"results", "--question", "k_story", "--search", "гараже"}).at("total") == 1);
    const auto book = company_.path("results.xlsx");
    lead_.run({"export", "xlsx", book});
    const auto workbook = workbook_text(book, company_);
    for (const auto* text : {romashka_story, vesna_story, zarya_story}) {
      INFO(text);
      CHECK(stories.find(text) != std::string::npos);
      CHECK(workbook.find(text) != std::string::npos);
    }
    CHECK(workbook.find(zarya_wins) != std::string::npos);
    CHECK(workbook.find("Вечером скорость падает вдвое") != std::string::npos);
  }

  void find_all_quiet() {
    for (const auto* person : {&anna_, &boris_, &lead_}) {
      const auto summary = person->sync();
      INFO(person->login() << " " << summary.dump());
      CHECK(summary["pushed"] == 0);
      CHECK(summary["pulled"] == 0);
      CHECK(summary["bytes_up"].get<int>() + summary["bytes_down"].get<int>() > 0);
    }
    company_.stop_server();
    const auto verified = company_.administer({"verify"});
    INFO(verified.json.dump());
    CHECK(verified.code == 0);
    CHECK(verified.json["sound"] == true);
  }

 private:
  void assign(const std::string& client, const std::string& to, const std::string& role) {
    const auto user = lead_.find("user", "name", to)["id"].get<std::string>();
    lead_.run({"record", "put", "assignment", "--client", client, "--set", "user=" + user, "--set", "role=" + role});
  }
  std::string answers(const std::string& name, const Json& json) { return company_.file(name + ".json", json.dump()); }
  Json answers_of(const std::string& questionnaire) {
    return anna_.run({"record", "get", questionnaire})["body"]["answers"];
  }

  Company company_;
  Person lead_ = company_.hire("olga", "lead", "Ольга Кузнецова");
  Person anna_ = company_.hire("anna", "rep", "Анна Петрова");
  Person boris_ = company_.hire("boris", "rep", "Борис Сидоров");
  std::string third_, contact_;
};

}  // namespace

TEST_CASE("A working day without connectivity ends with everything delivered and merged (R6, R7, R10-R13, R18, R35)") {
  Day day;
  day.import_clients();
  day.assign_clients();
  day.lose_connection();
  day.fill_from_files();
  day.kill_in_mid_fill();
  day.resume();
  day.edit_one_contact();
  day.come_back();
  day.settle_conflict();
  day.read_results();
  day.find_all_quiet();
}
