// Every example of docs/merge.md, carried out.
#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <sstream>

#include "tests/shared/merge/world.hpp"

using namespace anketa;
using namespace anketa::merge;
using namespace anketa::merge::testing;

namespace {

std::vector<Json> examples() {
  std::ifstream file(ANKETA_SOURCE_DIR "/docs/merge.md");
  REQUIRE(file);
  std::stringstream page;
  page << file.rdbuf();
  const auto text = page.str();
  const std::string begin = "```json example\n";
  std::vector<Json> found;
  for (auto at = text.find(begin); at != std::string::npos; at = text.find(begin, at)) {
    at += begin.size();
    found.push_back(Json::parse(text.substr(at, text.find("```", at) - at)));
  }
  return found;
}

std::vector<Op> ops_of(const Json& list) {
  Mutation any;
  any.ops.resize(1);
  auto json = to_json(any);
  json["ops"] = list;
  return mutation_from_json(json).ops;
}

Json base_body(const std::string& collection) {
  if (collection == "contact") return contact_body();
  return collection == "dossier_part" ? dossier_body() : questionnaire_body();
}

}  // namespace

TEST_CASE("The examples of docs/merge.md come out as the page says") {
  const auto all = examples();
  CHECK(all.size() >= 6);
  for (const auto& example : all) {
    CAPTURE(example["name"].get<std::string>());
    const auto collection = example["collection"].get<std::string>();
    auto body = base_body(collection);
    for (const auto& [key, value] : example["body"].items()) body[key] = value;
    Pair pair(collection, body);
    pair.anna.edit(ops_of(example["anna"]));
    pair.boris.edit(ops_of(example["boris"]));
    pair.anna.sync(pair.office);
    pair.boris.sync(pair.office);
    CHECK(pair.office.parked().empty());
    for (const auto& [key, value] : example["becomes"].items()) CHECK(pair.office.body()[key] == value);
    CHECK(pair.office.conflicts().size() == example["conflicts"].size());
    for (const auto& [path, values] : example["conflicts"].items())
      CHECK(open_values(pair.office.conflict(path)) == values.get<std::vector<Json>>());
  }
}
