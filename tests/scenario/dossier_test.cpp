// An account's dossier kept by its team on several devices, read before a meeting and in the results; the programs as
// they are shipped.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <fstream>

#include "tests/scenario/company.hpp"

using namespace anketa;
using namespace anketa::scenario;

namespace {

std::string content_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class Account {
 public:
  Account() {
    company_.start_server();
    lead_.join();
    anna_.join();
    boris_.join();
    lead_.run({"record", "put", "client", "--set", "name=Ромашка"});
    lead_.run(
        {"range", "add", "--set", "code=wifi", "--set", "name/ru=Корпоративный Wi-Fi", "--set", "since=2025-01-01"});
    lead_.run({"team", "owner", "Ромашка", "Анна Петрова"});
    lead_.run({"team", "add", "Ромашка", "Борис Сидоров", "--unit", "technical", "--duty", "замеры"});
    share();
  }

  /// R37: the owner changes in one step; the only one cannot be taken away.
  void change_owner() {
    lead_.run({"team", "owner", "Ромашка", "Борис Сидоров", "--keep"});
    const auto team = lead_.run({"team", "show", "Ромашка"});
    REQUIRE(team.size() == 2);
    for (const auto& assignment : team) {
      if (assignment["body"]["role"] != "owner") continue;
      const auto ended = lead_.try_to({"team", "end", assignment["id"].get<std::string>()});
      CHECK(ended.code == 7);
      CHECK(ended.problem() == "record.owner_needed");
    }
    lead_.run({"team", "owner", "Ромашка", "Анна Петрова", "--keep"});
    share();
    CHECK(lead_.run({"results", "--list", "accounts", "--where", "ownership=one"})["total"] == 1);
  }

  /// R30, R31: both write to one text of one part without a connection; both paragraphs stay.
  void keep_dossier() {
    company_.stop_server();
    anna_.run({"dossier", "set", "Ромашка", "our_view", "--set", "now=Отношения ровные.", "--set",
               "avoid=Не звонить до обеда."});
    anna_.run({"dossier", "fact", "Ромашка", "general", "Открыли склад в Твери."});
    anna_.run({"dossier", "revised", "Ромашка", "general", "--date", "2025-01-10"});
    anna_.run({"actor", "add", "Ромашка", "--set", "name=Главный инженер", "--set", "role=influence", "--set",
               "attitude=opposes"});
    anna_.run({"opportunity", "add", "Ромашка", "--set", "what=Связь для склада", "--set", "year1=12000000"});
    boris_.run({"competitor", "add", "Ромашка", "--set", "name=Дом-Связь", "--set", "threat=high"});
    boris_.run({"talk", "add", "Ромашка", "--set", "kind=call", "--set", "about=fault", "--set", "summary=Обрыв",
                "--set", "date=2025-01-11"});
    promise_ =
        boris_
            .run({"promise", "add", "Ромашка", "Прислать расчёт", "--due", "2025-01-20", "--date", "2025-01-11"})["id"]
            .get<std::string>();
    company_.start_server();
    share();
    const auto card = boris_.run({"client", "show", "Ромашка"})["records"];
    CHECK(card["relation_actor"][0]["body"]["name"] == "Главный инженер");
    CHECK(card["dossier_part"].size() == 2);
    CHECK(anna_.run({"client", "show", "Ромашка"})["records"]["competitor"].size() == 1);
    CHECK(anna_.run({"clients", "--search", "Дом-Связь"}).size() == 1);
  }

  /// R31: the brief needs no connection.
  void read_brief() {
    company_.stop_server();
    const auto brief = anna_.run({"brief", "Ромашка"});
    CHECK(brief["avoid"] == "Не звонить до обеда.");
    CHECK(brief["promises"][0]["text"] == "Прислать расчёт");
    const auto& warnings = brief["warnings"];
    for (const auto* warning : {"opponent_among_them", "our_promise_overdue"})
      CHECK(std::find(warnings.begin(), warnings.end(), warning) != warnings.end());
    CHECK(brief["persons"][0]["name"] == "Главный инженер");
    const auto due = anna_.run({"dossier", "due", "Ромашка"});
    CHECK(due.size() == 4);
    anna_.run({"promise", "done", promise_});
    CHECK(anna_.run({"brief", "Ромашка"})["promises"].empty());
    company_.start_server();
    share();
  }

  void mistype() {
    for (const auto* wrong : {"headcont=5", "scheme=x", "overview=x"})
      CHECK(anna_.try_to({"dossier", "set", "Ромашка", "general", "--set", wrong}).problem() == "usage.invalid");
    CHECK(anna_.try_to({"dossier", "set", "Ромашка", "general", "--set", "headcount=много"}).problem() ==
          "record.wrong_type");
    CHECK(anna_.try_to({"sale", "add", "Ромашка", "--set", "servise=wifi"}).problem() == "usage.invalid");
    CHECK(anna_.try_to({"cases", "open", "Ромашка", "  "}).problem() == "record.required_missing");
    CHECK(anna_.try_to({"promise", "add", "Ромашка", "Счёт", "--due", "31.02.2027"}).problem() ==
          "record.invalid_value");
  }

  void read_results() {
    anna_.run(
        {"sale", "add", "Ромашка", "--set", "service=wifi", "--set", "kind=new_line", "--set", "amount_month=500000"});
    const auto referral =
        anna_.run({"referral", "add", "Ромашка", "--set", "company=Сосед", "--set", "introduction=call"})["id"]
            .get<std::string>();
    anna_.run({"referral", "edit", referral, "--set", "status=introduced", "--set", "introduced_on=2025-02-01"});
    const auto told = anna_.run({"referral", "edit", referral, "--set", "status=contacted"}).at("body");
    CHECK(told.at("introduced_on") == "2025-02-01");
    // A step without a day of its own is one of today.
    CHECK(told.at("contacted_on").get<std::string>() > "2025-02-01");
    share();
    const auto results = lead_.run({"results"})["consolidated"];
    CHECK(results["opportunities"]["possible"]["year1"] == 12'000'000);
    CHECK(results["sales"]["open_amount_month"] == 500'000);
    CHECK(results["referrals"]["introduced"] == 1);
    CHECK(lead_.run({"results", "--list", "sales", "--where", "kind=new_line"})["items"][0]["service"] == "wifi");
    CHECK(lead_.try_to({"results", "--list", "horoscope"}).code != 0);
    const auto book = company_.path("results.xlsx");
    const auto written = lead_.run({"export", "xlsx", book});
    CHECK(written["sheets"].size() >= 12);
    // A workbook is a zip file: the names of its parts stand in it as they are.
    CHECK(content_of(book).find("xl/charts/chart1.xml") != std::string::npos);
  }

 private:
  void share() {
    for (auto* person : {&anna_, &boris_, &lead_, &anna_, &boris_}) person->sync();
  }

  Company company_;
  Person lead_ = company_.hire("olga", "lead", "Ольга Кузнецова");
  Person anna_ = company_.hire("anna", "rep", "Анна Петрова");
  Person boris_ = company_.hire("boris", "rep", "Борис Сидоров");
  std::string promise_;
};

}  // namespace

TEST_CASE("An account's team keeps its dossier offline, reads the brief and the results (R23, R30, R31, R35, R37)") {
  Account account;
  account.change_owner();
  account.keep_dossier();
  account.read_brief();
  account.mistype();
  account.read_results();
}
