#include "sync-server/reports/overview.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/problem/problem.hpp"
#include "tests/sync-server/reports/small_programme.hpp"

namespace anketa::server::reports::test {
namespace {

const Json& rep_of(const Json& overview, const std::string& name) {
  for (const auto& rep : overview["norm"]["reps"])
    if (rep["name"] == name) return rep;
  throw std::runtime_error("no such rep: " + name);
}

}  // namespace

TEST_CASE("Every client stands once in the coverage, at the furthest point it reached (R20)") {
  SmallProgramme programme;
  programme.questionnaire("Альфа", "anna", "paused", "2025-05-20");
  programme.questionnaire("Альфа", "anna", "complete", "2025-06-02");
  programme.questionnaire("Берёза", "anna", "resumed", "2025-06-02");
  programme.questionnaire("Вектор", "boris", "draft", "2025-06-10", std::nullopt);
  programme.tables.visits.push_back({named("Гамма"), named("boris"), noon + one_day, "booked"});
  programme.tables.visits.push_back({named("Дельта"), named("boris"), noon, "cancelled"});
  programme.tables.calls.push_back({named("Дельта"), noon});
  CHECK(programme.overview(as(Role::Lead))["coverage"] ==
        Json{{"total", 5}, {"done", 1}, {"paused", 1}, {"booked", 2}, {"called", 1}, {"untouched", 0}});
}

TEST_CASE("A questionnaire of more than a year ago covers nobody, unless an earlier start is asked for (R20)") {
  SmallProgramme programme;
  programme.questionnaire("Альфа", "anna", "complete", "2024-06-10", noon - 366 * one_day);
  CHECK(programme.overview(as(Role::Lead))["coverage"]["done"] == 0);
  CHECK(programme.overview(as(Role::Lead), {{"since", "2024-06-01"}})["coverage"]["done"] == 1);
}

TEST_CASE("The norm counts questionnaires by the week they first reached the office, paused ones too (R8)") {
  SmallProgramme programme;
  programme.questionnaire("Альфа", "anna", "complete", "2025-06-05", noon - 2 * one_day);
  programme.questionnaire("Берёза", "anna", "paused", "2025-06-10");
  programme.questionnaire("Вектор", "boris", "complete", "2025-06-05", noon - 3 * one_day);
  programme.questionnaire("Гамма", "boris", "draft", "2025-06-10", std::nullopt);
  const auto overview = programme.overview(as(Role::Lead));
  CHECK(overview["week"] == Json{{"id", "2025-W24"}, {"monday", "2025-06-09"}});
  const auto& anna = rep_of(overview, "anna");
  CHECK(anna["done"] == 2);
  CHECK(anna["norm"] == 5);
  CHECK(anna["pace"] == "on_pace");
  CHECK(anna["clients"] == 2);
  CHECK(anna["covered"] == 2);
  const auto& boris = rep_of(overview, "boris");
  CHECK(boris["done"] == 0);
  CHECK(boris["norm"] == 15);
  CHECK(boris["due"] == 6);
  CHECK(boris["pace"] == "behind");
  CHECK(overview["norm"]["done"] == 2);
  CHECK(overview["norm"]["norm"] == 20);
}

TEST_CASE("A week begins on Monday at midnight in the organisation's zone, not in UTC") {
  SmallProgramme programme;
  const Instant midnight = 1'749'416'400'000;  // Monday 2025-06-09T00:00+03:00, still Sunday in UTC
  programme.questionnaire("Альфа", "anna", "complete", "2025-06-08", midnight);
  programme.questionnaire("Берёза", "anna", "complete", "2025-06-08", midnight - 1);
  const auto overview = programme.overview(as(Role::Lead));
  CHECK(rep_of(overview, "anna")["done"] == 1);
  CHECK(overview["trend"].back() == Json{{"week", "2025-W24"}, {"monday", "2025-06-09"}, {"delivered", 1}});
  CHECK(overview["trend"][10]["delivered"] == 1);
  CHECK(overview["trend"].size() == 12);
}

TEST_CASE("Cases are open until confirmed, aged from the day they were opened, the oldest first (R17)") {
  SmallProgramme programme;
  programme.add_case("Альфа", "in_work", "2025-06-04").severity = "stops";
  programme.add_case("Берёза", "rejected", "2025-05-01").reopenings = 2;
  programme.add_case("Вектор", "confirmed", "2025-04-01");
  const auto cases = programme.overview(as(Role::Lead))["cases"];
  CHECK(cases["count"] == 2);
  CHECK(cases["confirmed"] == 1);
  CHECK(cases["reopened"] == 1);
  CHECK(cases["by_status"]["in_work"] == 1);
  CHECK(cases["by_status"]["open"] == 0);
  CHECK(cases["by_age"][0] == Json{{"group", "to_7"}, {"count", 1}});
  CHECK(cases["by_age"][3] == Json{{"group", "older"}, {"count", 1}});
  CHECK(cases["oldest"][0]["client"]["name"] == "Берёза");
  CHECK(cases["oldest"][0]["age_days"] == 41);
  CHECK(cases["oldest"][1]["severity"] == "stops");
}

TEST_CASE("Paused questionnaires wait from the day of the meeting, resumed ones too (R13, R18)") {
  SmallProgramme programme;
  programme.questionnaire("Альфа", "anna", "paused", "2025-06-01").resume_point = "s6";
  programme.questionnaire("Берёза", "anna", "resumed", "2025-05-31");
  programme.questionnaire("Вектор", "boris", "complete_after_pause", "2025-05-01");
  const auto paused = programme.overview(as(Role::Lead))["paused"];
  CHECK(paused["count"] == 2);
  CHECK(paused["oldest"][0]["age_days"] == 11);
  CHECK(paused["oldest"][1]["resume_point"] == "s6");
}

TEST_CASE("NPS and key-person changes come from delivered questionnaires only (R7, R10)") {
  SmallProgramme programme;
  auto& delivered = programme.questionnaire("Альфа", "anna", "complete", "2025-06-01");
  delivered.nps = 10;
  delivered.contacts_new = 2;
  delivered.contacts_left = 1;
  auto& draft = programme.questionnaire("Берёза", "anna", "draft", "2025-06-01", std::nullopt);
  draft.nps = 0;
  draft.contacts_new = 9;
  const auto overview = programme.overview(as(Role::Lead));
  CHECK(overview["nps"] == Json{{"score", 100}, {"answers", 1}, {"promoters", 1}, {"passives", 0}, {"detractors", 0}});
  CHECK(overview["key_persons"] == Json{{"new", 2}, {"changed", 0}, {"left", 1}});
  CHECK(overview["counts"]["questionnaires"] == 1);
  CHECK(overview["counts"]["drafts"] == 1);
}

TEST_CASE("An empty programme gives zeros and nulls, not errors") {
  SmallProgramme programme;
  programme.tables = {};
  const auto overview = programme.overview(as(Role::Lead));
  CHECK(overview["coverage"]["total"] == 0);
  CHECK(overview["nps"]["score"].is_null());
  CHECK(overview["norm"]["reps"].empty());
  CHECK(overview["paused"]["oldest"].empty());
}

TEST_CASE("A representative sees his own clients and his own norm (R36)") {
  SmallProgramme programme;
  programme.questionnaire("Альфа", "anna", "paused", "2025-06-01");
  programme.questionnaire("Вектор", "boris", "paused", "2025-06-01");
  programme.add_case("Вектор", "open", "2025-06-01");
  const auto overview = programme.overview(as(Role::Rep, "anna"));
  CHECK(overview["coverage"]["total"] == 2);
  CHECK(overview["norm"]["reps"].size() == 1);
  CHECK(overview["paused"]["count"] == 1);
  CHECK(overview["cases"]["count"] == 0);
  CHECK(overview["counts"]["open_conflicts"].is_null());
}

TEST_CASE("The service side sees cases and problem questionnaires, not how the programme goes (R14, R36)") {
  SmallProgramme programme;
  const auto problem = programme.questionnaire("Альфа", "anna", "paused", "2025-06-01").id;
  programme.questionnaire("Вектор", "boris", "paused", "2025-06-01");
  programme.add_case("Альфа", "open", "2025-06-01").questionnaire = problem;
  programme.tables.with_case.insert(problem);
  programme.tables.clients_with_case.insert(named("Альфа"));
  const auto overview = programme.overview(as(Role::Service, "service"));
  for (const auto* part : {"coverage", "norm", "trend", "nps", "key_persons", "counts"}) {
    CAPTURE(part);
    CHECK(overview[part].is_null());
  }
  CHECK(overview["cases"]["count"] == 1);
  CHECK(overview["paused"]["count"] == 1);
}

TEST_CASE("A filter by segment or representative leaves out everybody else") {
  SmallProgramme programme;
  programme.client("Альфа").segment = "Банк";
  programme.questionnaire("Альфа", "anna", "complete", "2025-06-01");
  programme.questionnaire("Вектор", "boris", "complete", "2025-06-01");
  CHECK(programme.overview(as(Role::Lead), {{"segment", "Банк"}})["coverage"]["total"] == 1);
  const auto boris = programme.overview(as(Role::Lead), {{"rep", named("boris").text()}});
  CHECK(boris["coverage"]["total"] == 2);
  CHECK(boris["coverage"]["done"] == 1);
  CHECK(boris["norm"]["reps"].size() == 1);
}

TEST_CASE("A filter that makes no sense is refused with the parameter named") {
  for (const auto& [name, value] : Query{{"rep", "Anna"}, {"since", "10.06.2025"}, {"until", "2025-02-30"}}) {
    CAPTURE(name);
    try {
      filter_from({{name, value}});
      FAIL("taken");
    } catch (const ProblemError& error) {
      CHECK(error.problem().code == ProblemCode::InvalidValue);
      CHECK(error.problem().where == name);
    }
  }
  CHECK_THROWS_AS(page_from({{"limit", "0"}}), ProblemError);
  CHECK_THROWS_AS(page_from({{"limit", "501"}}), ProblemError);
  CHECK_THROWS_AS(page_from({{"offset", "-1"}}), ProblemError);
  CHECK_THROWS_AS(OrgCalendar("Mars/Olympus"), ProblemError);
}

}  // namespace anketa::server::reports::test
