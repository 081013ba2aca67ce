#include "tools/demo/demo.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <set>

#include "tools/demo/people.hpp"
#include "tools/demo/world.hpp"

using namespace anketa;
using namespace anketa::demo;

namespace {

constexpr Instant a_wednesday = 1'750'255'200'000;  // 2025-06-18T14:00:00Z

DemoOptions options() {
  DemoOptions options;
  options.now = a_wednesday;
  options.clients = 120;
  options.questionnaires = 60;
  return options;
}

const Demo& company() {
  static const Demo made = make_demo(options());
  return made;
}

/// The records as they stand at the end, by merging every deed as the server would.
struct Outcome {
  std::map<Uuid, RecordState> records;
  std::vector<std::string> refused;
  std::vector<std::string> conflicted;
};

const Outcome& outcome() {
  static const Outcome result = [] {
    Outcome outcome;
    for (const auto& deed : company().deeds) {
      auto& record = outcome.records[deed.mutation.record];
      const auto plan = merge::plan(record.version == 0 ? nullptr : &record, deed.mutation, {});
      if (plan.parked)
        outcome.refused.push_back(deed.mutation.collection + ": " + plan.parked->what(text::Language::English));
      if (plan.conflicted) outcome.conflicted.push_back(to_json(deed.mutation).dump());
      merge::apply(record, deed.mutation, plan);
    }
    return outcome;
  }();
  return result;
}

std::map<std::string, int> count_by(std::string_view collection, std::string_view field) {
  std::map<std::string, int> counts;
  for (const auto& [id, record] : outcome().records)
    if (record.collection == collection) ++counts[string_or_empty(record.body, field)];
  return counts;
}

}  // namespace

TEST_CASE("the demo is the same every time") {
  const auto again = make_demo(options());
  REQUIRE(again.deeds.size() == company().deeds.size());
  for (std::size_t i = 0; i < again.deeds.size(); ++i)
    REQUIRE(canonical(to_json(again.deeds[i].mutation)) == canonical(to_json(company().deeds[i].mutation)));
}

TEST_CASE("the server would take every deed of the demo without parking and without a conflict") {
  INFO((outcome().refused.empty() ? std::string() : outcome().refused.front()));
  REQUIRE(outcome().refused.empty());
  INFO((outcome().conflicted.empty() ? std::string() : outcome().conflicted.front()));
  REQUIRE(outcome().conflicted.empty());
}

TEST_CASE("every record of the demo is complete and valid by the schema") {
  for (const auto& [id, record] : outcome().records) {
    const auto problem = schema::validate_complete(*schema::collection(record.collection), record.body);
    INFO(record.collection << " " << (problem ? problem->what(text::Language::English) : ""));
    REQUIRE_FALSE(problem);
  }
}

TEST_CASE("the demo has clients, contacts, history and questionnaires in every state") {
  REQUIRE(count_by("client", "key_status").size() == 3);
  std::set<std::string> names;
  for (const auto& [id, record] : outcome().records)
    if (record.collection == "client") names.insert(string_or_empty(record.body, "name"));
  REQUIRE(names.size() == 120);
  const auto questionnaires = count_by("questionnaire", "status");
  int filled = 0;
  for (const auto& [status, count] : questionnaires) filled += count;
  REQUIRE(filled == 60);
  REQUIRE(questionnaires.at("complete") > 30);
  REQUIRE(questionnaires.at("paused") > 0);
  REQUIRE(questionnaires.at("complete_after_pause") > 0);
  REQUIRE(count_by("quality_case", "status").size() >= 3);
  REQUIRE(count_by("referral", "status").size() >= 2);
  REQUIRE(count_by("offer", "status").size() >= 2);
}

TEST_CASE("nothing of the demo happens on a weekend, at night or after the present") {
  const Calendar calendar(options().now, 180);
  for (const auto& deed : company().deeds) {
    REQUIRE(deed.at <= options().now);
    REQUIRE(deed.delivered >= deed.at);
    REQUIRE(deed.delivered <= options().now);
    if (company().colleagues[deed.author].is_server()) continue;
    REQUIRE(calendar.date(calendar.working(calendar.days_to(deed.at), 12)) == calendar.date(deed.at));
  }
}

TEST_CASE("deeds come in the order of delivery, and every record begins with its creation") {
  Instant last = 0;
  std::set<Uuid> known;
  for (const auto& deed : company().deeds) {
    REQUIRE(deed.delivered >= last);
    last = deed.delivered;
    const bool creates = deed.mutation.ops.front().kind == OpKind::Set && deed.mutation.ops.front().path.empty();
    REQUIRE(creates == known.insert(deed.mutation.record).second);
  }
}

TEST_CASE("no phone, address or INN of the demo can belong to anybody") {
  for (const auto& [id, record] : outcome().records) {
    if (record.collection != "client" && record.collection != "contact") continue;
    REQUIRE(string_or_empty(record.body, "phone").starts_with("+7 000 "));
    REQUIRE(string_or_empty(record.body, "email").ends_with(".example"));
    if (record.collection == "client") REQUIRE(string_or_empty(record.body, "inn").starts_with("00"));
  }
}

TEST_CASE("names become Latin letters for addresses") {
  REQUIRE(latin("Ковалёва") == "kovaleva");
  REQUIRE(latin("Торговый дом «Щит»") == "torgovyy-dom-schit");
}
