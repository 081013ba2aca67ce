#include "sync-server/store/case_projections.hpp"

#include <array>

#include "sync-server/store/projection_values.hpp"
#include "sync-server/store/upsert.hpp"

namespace anketa::server {
namespace {

constexpr std::string_view schema_sql = R"sql(
ALTER TABLE p_case ADD COLUMN company text;
ALTER TABLE p_case ADD COLUMN rep uuid;
ALTER TABLE p_case ADD COLUMN cause text;
ALTER TABLE p_case ADD COLUMN place text;
ALTER TABLE p_case ADD COLUMN fix_cost bigint;
ALTER TABLE p_case ADD COLUMN extra_profit_month bigint;
ALTER TABLE p_case ADD COLUMN accepted_by uuid;
ALTER TABLE p_case ADD COLUMN promised_on text;
ALTER TABLE p_case ADD COLUMN fixed_on text;
ALTER TABLE p_case ADD COLUMN called_on text;
ALTER TABLE p_case ADD COLUMN rejected_on text;
ALTER TABLE p_case ADD COLUMN contact text;
ALTER TABLE p_case ADD COLUMN confirmed_by text;
ALTER TABLE p_case ADD COLUMN confirmed_how text;
ALTER TABLE p_case ADD COLUMN works bigint NOT NULL DEFAULT 0;
ALTER TABLE p_case ADD COLUMN changed_at bigint NOT NULL DEFAULT 0;
CREATE TABLE p_task (
  id uuid PRIMARY KEY, client uuid, kind text, cause uuid, questionnaire uuid, person uuid, made_on text, due_on text,
  status text NOT NULL, title text);
)sql";

std::int64_t size_of(const Json& value) {
  return static_cast<std::int64_t>(value.is_object() ? value.size() : 0);
}

}  // namespace

std::string_view case_projection_sql() {
  return schema_sql;
}

void project_case(ProjectionSink& sink, const RecordState& record, Instant now) {
  const std::array<SqlValue, 25> values{record.id,
                                        id_of(record.at("client")),
                                        id_of(record.at("questionnaire")),
                                        text_or(record.at("status"), "open"),
                                        text_of(record.at("severity")),
                                        text_of(record.at("opened_on")),
                                        text_of(record.at("confirmed_on")),
                                        integer_or_zero(record.at("reopenings")),
                                        size_of(record.at("complaints")),
                                        text_of(record.at("company")),
                                        id_of(record.at("rep")),
                                        text_of(record.at("cause")),
                                        text_of(record.at("place")),
                                        integer_of(record.at("fix_cost")),
                                        integer_of(record.at("extra_profit_month")),
                                        id_of(record.at("accepted_by")),
                                        text_of(record.at("promised_on")),
                                        text_of(record.at("fixed_on")),
                                        text_of(record.at("called_on")),
                                        text_of(record.at("rejected_on")),
                                        text_of(record.at("confirming_contact")),
                                        text_of(record.at("confirmed_by")),
                                        text_of(record.at("confirmed_how")),
                                        size_of(record.at("works")),
                                        now};
  static const auto sql =
      upsert("p_case",
             "id, client, questionnaire, status, severity, opened_on, confirmed_on, reopenings, complaints, company, "
             "rep, cause, place, fix_cost, extra_profit_month, accepted_by, promised_on, fixed_on, called_on, "
             "rejected_on, contact, confirmed_by, confirmed_how, works, changed_at");
  sink.run(sql, values);
}

void project_task(ProjectionSink& sink, const RecordState& record) {
  const std::array<SqlValue, 10> values{record.id,
                                        id_of(record.at("client")),
                                        text_of(record.at("kind")),
                                        id_of(record.at("cause")),
                                        id_of(record.at("questionnaire")),
                                        id_of(record.at("user")),
                                        text_of(record.at("made_on")),
                                        text_of(record.at("due_on")),
                                        text_or(record.at("status"), "open"),
                                        text_of(record.at("title"))};
  static const auto sql =
      upsert("p_task", "id, client, kind, cause, questionnaire, person, made_on, due_on, status, title");
  sink.run(sql, values);
}

}  // namespace anketa::server
