// What a lead changes after the fact: clients with their owners, a campaign's settings, days off, lists; the programs
// as they are shipped (R3-R5, R8, R37).
#include <catch2/catch_test_macros.hpp>

#include "tests/scenario/company.hpp"

using namespace anketa;
using namespace anketa::scenario;

namespace {

class Programme {
 public:
  Programme() {
    company_.start_server();
    lead_.join();
    anna_.join();
    boris_.join();
  }

  void take_on_clients() {
    lead_.run({"client", "add", "Ромашка", "--owner", "anna", "--set", "segment=A"});
    lead_.run({"client", "add", "Лютик", "--set", "segment=B"});
    CHECK(lead_.try_to({"client", "add", "Ничей", "--owner", "nobody"}).problem() == "record.not_found");
    share();
    CHECK(anna_.run({"clients"}).size() == 1);
    const auto owner = lead_.run({"team", "show", "Лютик"}).at(0).at("body");
    CHECK(owner.at("role") == "owner");
    CHECK(owner.at("user") == user("lead"));
  }

  void settle_campaign() {
    lead_.run({"campaign", "create", "Лето", "--from", "02.06.2025", "--until", "2028-05-10", "--staff", "anna=full"});
    lead_.run({"campaign", "start", "Лето"});
    lead_.run({"campaign", "edit", "Лето", "--until", "17.05.2028", "--staff", "boris", "--norm-part", "6",
               "--key-months", "2", "--paused-do-not-count", "--segment", "A"});
    auto shown = lead_.run({"campaign", "show"});
    CHECK(shown.at("campaign").at("until") == "2028-05-17");
    CHECK(shown.at("campaign").at("from") == "2025-06-02");
    CHECK(shown.at("norms") == Json{{"part", 6}, {"full", 15}});
    CHECK(shown.at("paused_counts") == false);
    CHECK(shown.at("cadence").at("key_months") == 2);
    CHECK(shown.at("clients") == 1);
    REQUIRE(shown.at("staff").size() == 2);
    lead_.run({"campaign", "edit", "--staff", "anna=part", "--any", "segment", "--paused-count"});
    shown = lead_.run({"campaign", "show"});
    CHECK(shown.at("clients") == 2);
    CHECK(shown.at("paused_counts") == true);
    for (const auto& one : shown.at("staff")) CHECK(one.at("share") == "part");
    lead_.run({"campaign", "edit", "--staff-leaves", "boris"});
    CHECK(lead_.run({"campaign", "show"}).at("staff").size() == 1);
    CHECK(lead_.try_to({"campaign", "edit", "--until", "2025-01-01"}).problem() == "record.invalid_value");
    CHECK(lead_.try_to({"campaign", "edit", "--until", "31.06.2027"}).problem() == "record.invalid_value");
    // A pass of more than three years is a mistyped one.
    CHECK(lead_.try_to({"campaign", "edit", "--until", "2035-08-10"}).problem() == "record.invalid_value");
    CHECK(lead_.try_to({"campaign", "edit"}).problem() == "usage.invalid");
    share();
    CHECK(anna_.try_to({"campaign", "edit", "--title", "Моя"}).problem() == "auth.forbidden");
  }

  /// Who is not in the team joins it with the list; what he is given he sees.
  void move_clients() {
    lead_.run({"campaign", "edit", "--staff", "boris"});
    CHECK(lead_.run({"campaign", "split"}).at("listed") == 2);
    lead_.run({"campaign", "move", "Ромашка", "boris"});
    share();
    CHECK(boris_.run({"clients", "--search", "Ромашка"}).size() == 1);
    CHECK(roles("Ромашка") == std::map<std::string, std::string>{{user("anna"), "owner"}, {user("boris"), "member"}});
    lead_.run({"campaign", "move", "Ромашка", "boris", "--owner"});
    share();
    CHECK(roles("Ромашка") == std::map<std::string, std::string>{{user("anna"), "member"}, {user("boris"), "owner"}});
  }

  void note_days() {
    const auto id =
        lead_.run({"absence", "add", "anna", "--from", "07.07.2031", "--until", "13.07.2031", "--kind", "vacation"})
            .at("id")
            .get<std::string>();
    lead_.run({"absence", "edit", id, "--until", "2031-07-20"});
    CHECK(lead_.try_to({"absence", "edit", id, "--until", "2031-07-01"}).problem() == "record.invalid_value");
    CHECK(lead_.run({"absences", "--person", "anna"}).at(0).at("body").at("until") == "2031-07-20");
    CHECK(lead_.run({"absences", "--person", "boris"}).empty());
    lead_.run({"holiday", "add", "12.06.2031", "--title", "День России"});
    lead_.run({"holiday", "add", "2031-06-12", "--working"});
    const auto days = lead_.run({"holidays"});
    REQUIRE(days.size() == 1);
    CHECK(days.at(0).at("body").at("kind") == "working_day");
    CHECK(days.at(0).at("body").at("title") == "День России");
    lead_.run({"holiday", "remove", "12.06.2031"});
    CHECK(lead_.run({"holidays"}).empty());
    CHECK(lead_.try_to({"holiday", "remove", "12.06.2031"}).problem() == "record.not_found");
    lead_.run({"absence", "remove", id});
    CHECK(lead_.run({"absences"}).empty());
    CHECK(anna_.try_to({"holiday", "add", "12.06.2031"}).problem() == "auth.forbidden");
  }

  /// R37: who leaves the company leaves no client behind unseen.
  void close_account() {
    const auto closed = company_.administer({"user", "close", "boris"});
    CHECK(closed.code == 0);
    CHECK(closed.errors.find("1 client still has this person for its owner") != std::string::npos);
    CHECK(lead_.run({"results", "--list", "accounts", "--where", "ownership=none"}).at("total") == 1);
    share();
    lead_.run({"team", "owner", "Ромашка", "anna"});
    lead_.sync();
    CHECK(lead_.run({"results", "--list", "accounts", "--where", "ownership=none"}).at("total") == 0);
  }

 private:
  void share() {
    for (int round = 0; round < 2; ++round)
      for (const auto* person : {&lead_, &anna_, &boris_}) person->try_to({"sync"});
  }
  std::string user(const std::string& login) { return lead_.find("user", "login", login).at("id"); }
  std::map<std::string, std::string> roles(const std::string& client) {
    std::map<std::string, std::string> all;
    for (const auto& one : lead_.run({"team", "show", client}))
      all[one.at("body").at("user")] = one.at("body").at("role");
    return all;
  }

  Company company_;
  Person lead_ = company_.hire("lead", "lead"), anna_ = company_.hire("anna", "rep"),
         boris_ = company_.hire("boris", "rep");
};

}  // namespace

TEST_CASE("A lead changes a campaign, its lists and days off later, and no client is ever without an owner unseen") {
  Programme programme;
  programme.take_on_clients();
  programme.settle_campaign();
  programme.move_clients();
  programme.note_days();
  programme.close_account();
}
