#include "sync-server/store/projections.hpp"

#include <catch2/catch_test_macros.hpp>
#include <variant>

#include "shared/sqlite/database.hpp"
#include "sync-server/store/campaign_projections.hpp"
#include "sync-server/store/case_projections.hpp"

using namespace anketa;
using namespace anketa::server;

namespace {

class SqliteSink : public ProjectionSink {
 public:
  SqliteSink() : database_(":memory:", {}) {
    database_.execute(std::string(projection_schema_sql()) + std::string(campaign_projection_sql()) +
                      std::string(case_projection_sql()));
  }

  void run(std::string_view sql, std::span<const SqlValue> parameters) override {
    auto statement = database_.statement(sql);
    int index = 0;
    for (const auto& parameter : parameters) {
      ++index;
      if (const auto* id = std::get_if<Uuid>(&parameter)) {
        statement.bind_one(index, std::as_bytes(std::span(id->bytes())));
      } else {
        std::visit(
            [&](const auto& value) {
              if constexpr (!std::is_same_v<std::decay_t<decltype(value)>, Uuid>) statement.bind_one(index, value);
            },
            parameter);
      }
    }
    statement.run();
  }

  std::optional<std::int64_t> number(const std::string& sql) { return database_.query_integer(sql); }
  std::optional<std::string> text(const std::string& sql) { return database_.query_text(sql); }

 private:
  sqlite::Database database_;
};

const auto client_id = Uuid::derived({}, "client");

RecordState record_of(std::string collection, Json body) {
  RecordState record;
  record.id = Uuid::derived({}, collection + " record");
  record.collection = std::move(collection);
  record.scope = client_id;
  record.version = 1;
  record.body = std::move(body);
  return record;
}

}  // namespace

TEST_CASE("A questionnaire counts as delivered from the first time the office holds it as paused or complete (R7)") {
  SqliteSink sink;
  auto record = record_of("questionnaire", {{"client", client_id.text()}, {"status", "draft"}});
  project(sink, record, 1'000);
  CHECK_FALSE(sink.number("SELECT first_delivered_at FROM p_questionnaire"));

  record.body["status"] = "paused";
  project(sink, record, 2'000);
  CHECK(sink.number("SELECT first_delivered_at FROM p_questionnaire") == 2'000);

  record.body["status"] = "complete_after_pause";
  project(sink, record, 3'000);
  CHECK(sink.number("SELECT first_delivered_at FROM p_questionnaire") == 2'000);
  CHECK(sink.text("SELECT status FROM p_questionnaire") == "complete_after_pause");
  CHECK(sink.number("SELECT count(*) FROM p_questionnaire") == 1);
}

TEST_CASE("A questionnaire's row counts the key persons who are new, changed and gone (R10)") {
  SqliteSink sink;
  const Json contacts = {{"a", {{"c_stat", "new"}}},
                         {"b", {{"c_stat", "left"}}},
                         {"c", {{"c_stat", "left"}}},
                         {"d", {{"c_stat", "upd"}}},
                         {"e", {{"c_stat", "same"}}}};
  project(sink, record_of("questionnaire", {{"answers", {{"contacts", contacts}, {"nps", 9}}}}), 1);
  CHECK(sink.number("SELECT contacts_new FROM p_questionnaire") == 1);
  CHECK(sink.number("SELECT contacts_changed FROM p_questionnaire") == 1);
  CHECK(sink.number("SELECT contacts_left FROM p_questionnaire") == 2);
  CHECK(sink.number("SELECT nps FROM p_questionnaire") == 9);
}

TEST_CASE("A field of a wrong type leaves its column empty and does not stop the push") {
  SqliteSink sink;
  project(sink, record_of("questionnaire", {{"rep", 7}, {"answers", {{"nps", "nine"}, {"contacts", "none"}}}}), 1);
  CHECK(sink.number("SELECT count(*) FROM p_questionnaire WHERE rep IS NULL AND nps IS NULL AND contacts_new = 0") ==
        1);
}

TEST_CASE("A case's row follows its status, severity and reopenings (R17)") {
  SqliteSink sink;
  auto record = record_of("quality_case", {{"client", client_id.text()},
                                           {"severity", "stops"},
                                           {"opened_on", "2025-06-10"},
                                           {"complaints", {{"x", {{"p_text", "slow"}}}}}});
  project(sink, record, 1);
  CHECK(sink.text("SELECT status FROM p_case") == "open");
  CHECK(sink.number("SELECT complaints FROM p_case") == 1);
  record.body["status"] = "in_work";
  record.body["reopenings"] = 2;
  project(sink, record, 2);
  CHECK(sink.text("SELECT status || reopenings || severity || opened_on FROM p_case") == "in_work2stops2025-06-10");
}

TEST_CASE("A deleted record's row goes, and one of a collection without a projection has none") {
  SqliteSink sink;
  auto record = record_of("client", {{"name", "ООО «Ромашка»"}, {"city", "Тверь"}});
  project(sink, record, 1);
  CHECK(sink.text("SELECT name FROM p_client WHERE city = 'Тверь'") == "ООО «Ромашка»");
  record.deleted = true;
  project(sink, record, 2);
  CHECK(sink.number("SELECT count(*) FROM p_client") == 0);
  project(sink, record_of("interaction", {{"kind", "call"}}), 3);
}

TEST_CASE("Every projected collection can be written, changed and removed") {
  SqliteSink sink;
  for (const auto* collection :
       {"client", "user", "assignment", "visit", "questionnaire", "quality_case", "referral", "offer", "conflict"}) {
    CAPTURE(collection);
    auto record = record_of(collection, {{"user", client_id.text()}, {"name", "И"}, {"amount_month", 120'000}});
    project(sink, record, 1);
    project(sink, record, 2);
    record.deleted = true;
    project(sink, record, 3);
  }
  CHECK(sink.number("SELECT (SELECT count(*) FROM p_client) + (SELECT count(*) FROM p_user) + (SELECT count(*) FROM "
                    "p_assignment) + (SELECT count(*) FROM p_visit) + (SELECT count(*) FROM p_questionnaire) + (SELECT "
                    "count(*) FROM p_case) + (SELECT count(*) FROM p_referral) + (SELECT count(*) FROM p_offer) + "
                    "(SELECT count(*) FROM p_conflict)") == 0);
}
