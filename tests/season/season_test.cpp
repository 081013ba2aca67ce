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

std::string first_name(const Json& person) {
  const auto name = person.at("name").get<std::string>();
  return name.substr(0, name.find(' '));
}

/// Rows by what they are of, with the members that the table's rows name.
template <typename Name>
Json by_name(const Json& rows, const std::string& table, const Name& name) {
  const auto& wanted = expected().at(table);
  Json all = Json::object();
  for (const auto& row : rows) {
    const std::string key = name(row);
    if (wanted.contains(key)) all[key] = wanted.at(key).is_object() ? named(row, wanted.at(key)) : row.at("score");
  }
  return all;
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
        const auto first = first_name(rep.at("rep"));
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
    CHECK(by_name(coverage.at("by_rep"), "coverage_by_rep",
                  [](const Json& row) { return first_name(row.at("rep")); }) == expected().at("coverage_by_rep"));
    CHECK(by_name(coverage.at("by_segment"), "coverage_by_segment", [](const Json& row) {
            return row.at("segment").get<std::string>();
          }) == expected().at("coverage_by_segment"));
  }

  SECTION("whom to call is who refused and who was not called yet (R9)") {
    const auto calls = summer().campaign_report("calls");
    Json seen{{"total", calls.at("total")}, {"refused", 0}, {"not_called", 0}};
    for (const auto& one : calls.at("items")) {
      auto& count = seen[one.at("last").is_null() ? "not_called" : one.at("last").at("outcome").get<std::string>()];
      count = count.get<int>() + 1;
    }
    CHECK(seen == expected().at("to_call"));
  }

  SECTION("who is to be met, and by when (R20)") {
    CHECK(summer().campaign_report("cadence").at("counts") == expected().at("cadence"));
  }

  SECTION("individual lists after the lead's two decisions (R5)") {
    Json listed = Json::object();
    const auto staff_told = summer().campaign_report("campaign");
    for (const auto& one : staff_told.at("staff")) listed[first_name(one.at("user"))] = one.at("listed");
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
    matches(staffing.at("length"), "length");
  }

  SECTION("what it cost and what it brought (R20)") {
    matches(summer().campaign_report("seasons").at("items").at(0), "season");
  }

  SECTION("key persons, sales, referrals and recommendation scores in one object (R1, R10, R19, R23)") {
    const auto all = summer().results().consolidated(Season::lead_viewer(), {});
    INFO(all.dump(1));
    for (const auto& [section, wanted] : expected().at("consolidated").items())
      CHECK(named(all.at(section), wanted) == wanted);
    for (const auto& [kind, wanted] : expected().at("sales_by_kind").items())
      CHECK(named(all.at("sales").at("by_kind").at(kind), wanted) == wanted);
    CHECK(by_name(all.at("referrals").at("by_introduction"), "introductions", [](const Json& row) {
            return row.at("introduction").get<std::string>();
          }) == expected().at("introductions"));
    CHECK(by_name(all.at("nps").at("by_rep"), "nps_by_rep",
                  [](const Json& row) { return first_name(row.at("rep")); }) == expected().at("nps_by_rep"));
    CHECK(by_name(all.at("nps").at("by_segment"), "nps_by_segment", [](const Json& row) {
            return row.at("segment").get<std::string>();
          }) == expected().at("nps_by_segment"));
    Json untold = Json::object();
    for (const auto& item : all.at("new_in_range")) untold[item.at("code").get<std::string>()] = item.at("clients");
    CHECK(untold == expected().at("new_in_range"));
  }

  SECTION("every figure has its list behind it, down to one questionnaire (R1)") {
    const auto listed = [&](const char* list, const server::reports::Query& query) {
      return summer().results().records(Season::lead_viewer(), list, query).at("total");
    };
    CHECK(listed("key_persons", {{"outcome", "left"}}) == expected().at("consolidated").at("key_persons").at("left"));
    CHECK(listed("sales", {{"status", "won"}}) == expected().at("consolidated").at("sales").at("won"));
    CHECK(listed("nps", {{"group", "detractor"}}) == expected().at("consolidated").at("nps").at("detractors"));
    CHECK(listed("new_in_range", {}) == expected().at("new_in_range").at("wifi"));
    const auto one =
        summer().results().records(Season::lead_viewer(), "nps", {{"group", "detractor"}}).at("items").at(0);
    const auto answers =
        summer().results().questionnaire(Season::lead_viewer(), one.at("questionnaire").get<std::string>());
    CHECK(answers.at("nps") == 5);
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
    Json overdue = Json::object();
    const auto late = summer().results().quality_register(Season::lead_viewer(), {{"status", "overdue"}});
    for (const auto& one : late.at("items")) overdue[one.at("due_on").get<std::string>()] = one.at("overdue_days");
    CHECK(overdue == expected().at("overdue"));
  }

  SECTION("the daily report and the weekly agenda tell what was done and whose quality is restored (R16)") {
    const auto& friday = summer().first_friday();
    CHECK(Json{{"restored", friday.restored.size()},
               {"works", friday.works.size()},
               {"refused", friday.refused.size()},
               {"reported_fixed", friday.reported_fixed},
               {"opened", friday.opened.size()},
               {"to_call", friday.to_call.size()},
               {"overdue", friday.overdue.size()},
               {"open", friday.open}} == expected().at("first_friday"));
    const auto week = summer().last_week();
    CHECK(Json{{"opened", week.opened},
               {"restored", week.restored},
               {"refused", week.refused},
               {"open", week.open},
               {"overdue", week.overdue.size()},
               {"due_soon", week.due_soon.size()},
               {"bottlenecks", week.bottlenecks.size()}} == expected().at("last_week"));
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
