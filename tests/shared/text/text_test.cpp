#include "shared/text/text.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "shared/problem/problem.hpp"
#include "shared/text/text_tables.hpp"

using namespace anketa;
using text::Language;

namespace {

/// "{a} of {b}" → {a, b}.
std::set<std::string> placeholders(const std::string& pattern) {
  std::set<std::string> found;
  for (auto open = pattern.find('{'); open != std::string::npos; open = pattern.find('{', open + 1)) {
    const auto close = pattern.find('}', open);
    REQUIRE(close != std::string::npos);
    found.insert(pattern.substr(open + 1, close - open - 1));
  }
  return found;
}

/// The raw node of a key such as "problem.internal.what", as the table file has it.
nlohmann::json raw(Language language, const std::string& key) {
  for (const auto& table : text::embedded_tables()) {
    const auto prefix = std::string(table.name) + ".";
    if (table.language != text::code(language) || key.rfind(prefix, 0) != 0) continue;
    auto pointer = "/" + key.substr(prefix.size());
    for (auto& c : pointer)
      if (c == '.') c = '/';
    const auto json = nlohmann::json::parse(table.json);
    const nlohmann::json::json_pointer at(pointer);
    if (json.contains(at)) return json.at(at);
  }
  return {};
}

std::set<std::string> placeholders(const nlohmann::json& node) {
  if (node.is_string()) return placeholders(node.get<std::string>());
  std::set<std::string> all;
  for (const auto& form : node)
    for (const auto& name : placeholders(form.get<std::string>())) all.insert(name);
  return all;
}

}  // namespace

TEST_CASE("Russian and English tables have the same keys") {
  CHECK(text::keys(Language::Russian) == text::keys(Language::English));
}

TEST_CASE("A text has the same placeholders in both languages") {
  for (const auto& key : text::keys(Language::Russian)) {
    INFO(key);
    CHECK(placeholders(raw(Language::Russian, key)) == placeholders(raw(Language::English, key)));
  }
}

TEST_CASE("No text is empty and every plural has the forms its language needs") {
  for (const auto language : {Language::Russian, Language::English})
    for (const auto& key : text::keys(language)) {
      INFO(text::code(language) << " " << key);
      const auto node = raw(language, key);
      if (node.is_string()) {
        CHECK_FALSE(node.get<std::string>().empty());
        continue;
      }
      REQUIRE(node.is_object());
      CHECK(node.contains("one"));
      CHECK(node.contains("other"));
      if (language == Language::Russian) {
        CHECK(node.contains("few"));
        CHECK(node.contains("many"));
      }
    }
}

TEST_CASE("Every problem says what went wrong and what to do, in both languages") {
  for (int i = 0; i < static_cast<int>(ProblemCode::Count); ++i) {
    const auto code = static_cast<ProblemCode>(i);
    INFO(id(code));
    const auto key = "problem." + std::string(id(code));
    for (const auto language : {Language::Russian, Language::English}) {
      CHECK(text::has(language, key + ".what"));
      CHECK(text::has(language, key + ".do"));
    }
  }
}

TEST_CASE("Every text about a problem belongs to a code of the catalogue") {
  for (const auto& key : text::keys(Language::Russian)) {
    if (key.rfind("problem.", 0) != 0) continue;
    INFO(key);
    const auto code = key.substr(8, key.rfind('.') - 8);
    CHECK(id(problem_code(code)) == code);
  }
}

TEST_CASE("A problem fills its arguments and names the place") {
  const Problem problem{ProblemCode::IllegalTransition, {{"from", "paused"}, {"to", "done"}}, "status"};
  CHECK(problem.what(Language::English) == "“paused” cannot become “done” (status).");
  CHECK(problem.what(Language::Russian).find("«paused»") != std::string::npos);
  const auto json = problem.to_json(Language::Russian);
  CHECK(json.at("code") == "record.illegal_transition");
  CHECK(Problem::from_json(json).arguments == problem.arguments);
  CHECK(Problem::from_json(json).where == "status");
}

TEST_CASE("A code from a newer peer is read as internal, not refused") {
  CHECK(Problem::from_json({{"code", "future.unheard_of"}}).code == ProblemCode::Internal);
  CHECK(Problem::from_json("no object").code == ProblemCode::Internal);
}

TEST_CASE("Russian plural rules") {
  using text::plural_category;
  const auto ru = Language::Russian;
  CHECK(plural_category(ru, "0") == "many");
  CHECK(plural_category(ru, "1") == "one");
  CHECK(plural_category(ru, "2") == "few");
  CHECK(plural_category(ru, "5") == "many");
  CHECK(plural_category(ru, "11") == "many");
  CHECK(plural_category(ru, "12") == "many");
  CHECK(plural_category(ru, "21") == "one");
  CHECK(plural_category(ru, "22") == "few");
  CHECK(plural_category(ru, "111") == "many");
  CHECK(plural_category(ru, "1.5") == "other");
  CHECK(plural_category(ru, "1,5") == "other");
  CHECK(plural_category(ru, "-1") == "one");
}

TEST_CASE("English plural rules") {
  using text::plural_category;
  const auto en = Language::English;
  CHECK(plural_category(en, "0") == "other");
  CHECK(plural_category(en, "1") == "one");
  CHECK(plural_category(en, "2") == "other");
  CHECK(plural_category(en, "21") == "other");
  CHECK(plural_category(en, "1.5") == "other");
}

TEST_CASE("The language of a code or locale is Russian unless it is English") {
  CHECK(text::from_code("en_GB.UTF-8") == Language::English);
  CHECK(text::from_code("ru_RU.UTF-8") == Language::Russian);
  CHECK(text::from_code("C") == Language::Russian);
  CHECK(text::from_code("") == Language::Russian);
}

TEST_CASE("An unknown key is shown as itself") {
  CHECK(text::get(Language::Russian, "no.such.key") == "no.such.key");
}
