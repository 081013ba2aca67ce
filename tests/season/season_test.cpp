// A virtual summer, checked against the figures that season.md works out by hand (R3-R23).
#include "tests/season/season.hpp"

#include <fstream>

using namespace anketa;
using namespace anketa::season;

namespace {

/// Played once for all sections: it takes seconds, and nothing here changes it.
Season& summer() {
  static auto season = [] {
    auto played = std::make_unique<Season>();
    played->play();
    return played;
  }();
  return *season;
}

const Json& expected() {
  static const auto table = Json::parse(std::ifstream(ANKETA_SOURCE_DIR "/tests/season/expected.json"));
  return table;
}

/// Of an answer, what the table names.
Json named(const Json& answer, const Json& table) {
  Json part = Json::object();
  for (const auto& [key, value] : table.items()) part[key] = answer.contains(key) ? answer.at(key) : Json("missing");
  return part;
}

void matches(const Json& answer, const std::string& table) {
  const auto& wanted = expected().at(table);
  CHECK(named(answer, wanted) == wanted);
}

}  // namespace

// One case, so that the summer is played once.
TEST_CASE("A summer of the programme ends in the figures worked out by hand (R3-R23)") {
  SECTION("every edit of the summer has reached the office (R7)") {
    CHECK(summer().unsynced() == 0);
  }

  SECTION("norms of every rep and week, with the holiday, the vacation and what is made up for (R8)") {
    const Json weeks_of = summer().campaign_report("norms").at("weeks");
    const auto& wanted = expected().at("norms");
    REQUIRE(weeks_of.size() == wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      Json done = Json::object(), norm = Json::object();
      for (const auto& rep : weeks_of[i].at("reps")) {
        const auto name = rep.at("rep").at("name").get<std::string>();
        const auto first = name.substr(0, name.find(' '));
        done[first] = rep.at("done");
        norm[first] = rep.at("norm");
      }
      INFO("week " << weeks_of[i].at("week"));
      CHECK(Json{{"done", done}, {"norm", norm}} ==
            Json{{"done", wanted[i].at("done")}, {"norm", wanted[i].at("norm")}});
    }
  }

  SECTION("coverage of the two hundred clients (R3, R20)") {
    const auto coverage = summer().campaign_report("coverage");
    matches(coverage, "coverage");
    Json covered = Json::array();
    for (const auto& week : coverage.at("by_week")) covered.push_back(week.at("covered"));
    CHECK(covered == expected().at("covered_by_week"));
  }

  SECTION("individual lists after the lead's two decisions (R5)") {
    Json listed = Json::object();
    const auto staff_told = summer().campaign_report("campaign");
    for (const auto& one : staff_told.at("staff")) {
      const auto name = one.at("user").at("name").get<std::string>();
      listed[name.substr(0, name.find(' '))] = one.at("listed");
    }
    CHECK(listed == expected().at("listed"));
    Json decided = Json::object();
    const auto suggestions = summer().campaign_report("suggestions", {{"state", "all"}});
    for (const auto& one : suggestions.at("items")) decided[one.at("reason").get<std::string>()] = one.at("status");
    CHECK(decided == expected().at("suggestions"));
  }

  SECTION("the smallest set of clients that gives four fifths of the income (R20)") {
    matches(summer().campaign_report("pareto"), "pareto");
  }

  SECTION("meetings with and without an offer (R20)") {
    matches(summer().campaign_report("meetings"), "meetings");
  }

  SECTION("people for the pass, and the length for the team (R21)") {
    const auto staffing = summer().campaign_report("staffing", {{"key", "0"}, {"top", "0"}});
    matches(staffing.at("people"), "people");
  }

  SECTION("what it cost and what it brought (R20)") {
    matches(summer().campaign_report("seasons").at("items").at(0), "season");
  }

  SECTION("key persons, sales, referrals and recommendation scores in one object (R1, R10, R19, R23)") {
    const auto all = summer().results().consolidated(Season::lead_viewer(), {});
    INFO(all.dump(1));
    for (const auto& [section, wanted] : expected().at("consolidated").items())
      CHECK(named(all.at(section), wanted) == wanted);
  }

  SECTION("the register of problems, what is restored and what came back (R12-R17)") {
    const auto all = summer().results().quality_register(Season::lead_viewer(), {});
    Json statuses = Json::object();
    int reopenings = 0;
    for (const auto& one : all.at("items")) {
      auto& count = statuses[one.at("status").get<std::string>()];
      count = (count.is_null() ? 0 : count.get<int>()) + 1;
      reopenings += one.value("reopenings", 0);
    }
    CHECK(statuses == expected().at("cases"));
    CHECK(reopenings == expected().at("reopenings"));
  }

  SECTION("bottlenecks with what it costs to mend them and when that pays (R22)") {
    Json found = Json::array();
    const auto places = summer().results().bottlenecks(Season::lead_viewer(), {});
    for (const auto& one : places.at("items"))
      found.push_back(named(one, expected().at("bottlenecks").at(found.size())));
    CHECK(found == expected().at("bottlenecks"));
  }

  SECTION("every confirmed repair made its task to agree a new meeting (R18)") {
    CHECK(summer().lead().list("task").size() == expected().at("tasks"));
  }

  SECTION("the brief names what is new since the last meeting, and only that (R19)") {
    const auto news = [&](Rep rep, const Uuid& client) {
      return summer().rep_client(rep).brief(client, 180).new_in_range.size();
    };
    CHECK(news(Rep::Anna, summer().client_at(0, 1)) == 1);
    CHECK(news(Rep::Anna, summer().client_at(18, 1)) == 0);
  }

  SECTION("a rep's own figures without a connection are the lead's (R8, R20)") {
    const auto own = client::programme_report(summer().rep_client(Rep::Boris), "coverage", {}, 180);
    const auto by_rep_told = summer().campaign_report("coverage");
    for (const auto& one : by_rep_told.at("by_rep"))
      if (one.at("rep").at("name") == "Борис Орлов") CHECK(own.at("done") == one.at("done"));
  }
}
