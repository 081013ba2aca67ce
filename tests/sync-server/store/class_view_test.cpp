// What of a record and of a conflict the holders of a class set see (R36).
#include <catch2/catch_test_macros.hpp>

#include "shared/merge/merge.hpp"
#include "sync-server/store/class_view.hpp"

using namespace anketa;
using namespace anketa::server;

namespace {

RecordState conflict_about(const std::string& collection, const std::string& path, const Json& value) {
  merge::Conflict conflict;
  conflict.record = Uuid::derived(company_scope, "record");
  conflict.collection = collection;
  conflict.path = path;
  conflict.sides = {{value, Uuid::derived(conflict.record, "one"), {}, 0, false},
                    {Json(), Uuid::derived(conflict.record, "other"), {}, 0, false}};
  RecordState record;
  record.collection = "conflict";
  record.scope = Uuid::derived(company_scope, "client");
  record.body = merge::to_json(conflict);
  return record;
}

}  // namespace

TEST_CASE("a conflict about a whole record tells of it what its reader sees of the record (R36)") {
  auto service = mask_of(std::vector{schema::FieldClass::Service});
  const auto seen = [&](const std::string& collection, const std::string& path, const Json& value) -> Json {
    const auto part = visible_part(conflict_about(collection, path, value), service);
    return part ? merge::conflict_from_json(part->body).sides.front().value : Json("nothing");
  };
  CHECK(seen("contact", "", {{"name", "Пётр"}, {"state", "left"}}) == Json{{"state", "left"}});
  CHECK(seen("contact", "phone", "1") == "nothing");
  CHECK(seen("client", "contract/number", "1") == "1");
  CHECK(seen("client", "", {{"contract", {{"number", "1"}}}, {"income_year", 5}}) ==
        Json{{"contract", {{"number", "1"}}}});
  const Json step{{"from", "open"}, {"to", "in_work"}, {"facts", {{"opened_on", "2025-06-10"}}}};
  CHECK(seen("quality_case", "status", step) == step);
  const Json telling{{"from", "named"}, {"to", "lost"}, {"facts", {{"person", "Пётр"}}}};
  CHECK(seen("referral", "status", telling) == Json{{"from", "named"}, {"to", "lost"}, {"facts", Json::object()}});
  // The service side is shown no more than that there are cases (R14).
  service = service_side;
  CHECK(seen("contact", "", {{"name", "Пётр"}, {"state", "left"}}) == "nothing");
  CHECK(seen("client", "contract/number", "1") == "nothing");
  CHECK(seen("quality_case", "status", step) == step);
  CHECK(seen("quality_case", "extra_profit_month", 5) == "nothing");
}
