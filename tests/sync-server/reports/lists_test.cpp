#include "sync-server/reports/lists.hpp"

#include <catch2/catch_test_macros.hpp>

#include "sync-server/reports/text_match.hpp"
#include "tests/sync-server/reports/small_programme.hpp"

namespace anketa::server::reports::test {
namespace {

std::vector<std::string> client_names(const Json& list) {
  std::vector<std::string> names;
  for (const auto& item : list["items"])
    names.push_back(item.contains("client") ? item["client"]["name"].get<std::string>()
                                            : item["name"].get<std::string>());
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("Searching takes no notice of case, of ё and of the endings of words") {
  CHECK(TextMatch("берез")("ООО «БЕРЁЗА»"));
  CHECK(TextMatch("надёжность связи")("О надежности нашей связи"));
  CHECK_FALSE(TextMatch("берез")("Вектор"));
  CHECK(TextMatch("")("что угодно"));
}

TEST_CASE("Clients are listed with owner, coverage and last meeting, found by part of the name") {
  SmallProgramme programme;
  programme.questionnaire("Берёза", "anna", "complete", "2025-06-01");
  programme.questionnaire("Берёза", "anna", "paused", "2025-03-01");
  const auto list = client_list(programme.tables, programme.calendar, as(Role::Lead), {{"search", "БЕРЕЗ"}}, noon);
  REQUIRE(client_names(list) == Names{"Берёза"});
  CHECK(list["items"][0]["owner"]["name"] == "anna");
  CHECK(list["items"][0]["coverage"] == "done");
  CHECK(list["items"][0]["last_met_on"] == "2025-06-01");
  CHECK(list["next_offset"].is_null());
}

TEST_CASE("A list comes page by page, nothing twice and nothing missing") {
  SmallProgramme programme;
  Names all;
  Query query{{"limit", "2"}, {"offset", "0"}};
  while (true) {
    const auto list = client_list(programme.tables, programme.calendar, as(Role::Lead), query, noon);
    CHECK(list["total"] == 5);
    for (auto& name : client_names(list)) all.push_back(std::move(name));
    if (list["next_offset"].is_null()) break;
    query["offset"] = std::to_string(list["next_offset"].get<int>());
  }
  CHECK(all == Names{"Альфа", "Берёза", "Вектор", "Гамма", "Дельта"});
}

TEST_CASE("Clients can be listed by coverage: those nobody has touched yet") {
  SmallProgramme programme;
  programme.questionnaire("Альфа", "anna", "complete", "2025-06-01");
  programme.questionnaire("Вектор", "boris", "draft", "2025-06-01", std::nullopt);
  const auto list =
      client_list(programme.tables, programme.calendar, as(Role::Lead), {{"coverage", "untouched"}}, noon);
  CHECK(client_names(list) == Names{"Берёза", "Гамма", "Дельта"});
}

TEST_CASE("Questionnaires are listed with the latest meeting first, by status and by date") {
  SmallProgramme programme;
  programme.questionnaire("Альфа", "anna", "complete", "2025-06-01");
  programme.questionnaire("Берёза", "anna", "paused", "2025-06-10");
  programme.questionnaire("Вектор", "boris", "complete", "2025-05-01");
  const auto list = [&](const Query& query, const Viewer& viewer = as(Role::Lead)) {
    return client_names(questionnaire_list(programme.tables, programme.calendar, viewer, query, noon));
  };
  CHECK(list({}) == Names{"Берёза", "Альфа", "Вектор"});
  CHECK(list({{"status", "complete"}}) == Names{"Альфа", "Вектор"});
  CHECK(list({{"since", "2025-06-01"}, {"until", "2025-06-09"}}) == Names{"Альфа"});
  CHECK(list({}, as(Role::Rep, "boris")) == Names{"Вектор"});
  CHECK(list({}, as(Role::Service, "service")).empty());
}

TEST_CASE("A case's age runs until the client's confirmation") {
  SmallProgramme programme;
  programme.add_case("Альфа", "open", "2025-06-01");
  programme.add_case("Берёза", "confirmed", "2025-05-01").confirmed_on = day("2025-05-11");
  const auto all = case_list(programme.tables, programme.calendar, as(Role::Lead), {}, noon);
  REQUIRE(client_names(all) == Names{"Берёза", "Альфа"});
  CHECK(all["items"][0]["age_days"] == 10);
  CHECK(all["items"][1]["age_days"] == 10);
  const auto open = case_list(programme.tables, programme.calendar, as(Role::Lead), {{"status", "open"}}, noon);
  CHECK(client_names(open) == Names{"Альфа"});
}

}  // namespace anketa::server::reports::test
