// What people call the fields of the dossier, in both languages.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "shared/schema/schema.hpp"
#include "shared/text/text.hpp"

using namespace anketa;

namespace {

std::string dotted(std::string path) {
  std::replace(path.begin(), path.end(), '/', '.');
  return path;
}

}  // namespace

TEST_CASE("R30: every field of the dossier, and every value of its choices, has a label in both languages") {
  for (const auto* name : {"client", "contact", "assignment", "interaction", "dossier_part", "relation_actor",
                           "competitor", "opportunity", "range_item", "referral", "offer"}) {
    const auto* collection = schema::collection(name);
    REQUIRE(collection);
    for (const auto& field : collection->fields)
      for (const auto language : {text::Language::Russian, text::Language::English}) {
        CAPTURE(name, field.name, text::code(language));
        CHECK(text::has(language, "dossier.field." + collection->name + "." + dotted(field.name)));
        for (const auto& value : field.values) {
          CAPTURE(value);
          CHECK(text::has(language, "dossier.value." + collection->name + "." + field.name + "." + value));
        }
      }
  }
}

TEST_CASE("R3, R9: every field of a campaign's work, and every value of its choices, has a label in both languages") {
  for (const auto* name :
       {"campaign", "campaign_client", "reassignment", "campaign_cost", "call", "visit", "absence", "holiday"}) {
    const auto* collection = schema::collection(name);
    REQUIRE(collection);
    for (const auto& field : collection->fields)
      for (const auto language : {text::Language::Russian, text::Language::English}) {
        CAPTURE(name, field.name, text::code(language));
        CHECK(text::has(language, "programme.field." + collection->name + "." + dotted(field.name)));
        for (const auto& value : field.values)
          CHECK(text::has(language, "programme.value." + collection->name + "." + field.name + "." + value));
      }
  }
}
