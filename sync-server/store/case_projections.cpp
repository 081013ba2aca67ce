#include "sync-server/store/case_projections.hpp"

#include <array>

#include "sync-server/store/projection_values.hpp"

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

constexpr std::string_view case_sql =
    "INSERT INTO p_case (id, client, questionnaire, status, severity, opened_on, confirmed_on, reopenings, complaints, "
    "company, rep, cause, place, fix_cost, extra_profit_month, accepted_by, promised_on, fixed_on, called_on, "
    "rejected_on, contact, confirmed_by, confirmed_how, works, changed_at) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, "
    "?24, ?25) "
    "ON CONFLICT (id) DO UPDATE SET client = excluded.client, questionnaire = excluded.questionnaire, "
    "status = excluded.status, severity = excluded.severity, opened_on = excluded.opened_on, "
    "confirmed_on = excluded.confirmed_on, reopenings = excluded.reopenings, complaints = excluded.complaints, "
    "company = excluded.company, rep = excluded.rep, cause = excluded.cause, place = excluded.place, "
    "fix_cost = excluded.fix_cost, extra_profit_month = excluded.extra_profit_month, "
    "accepted_by = excluded.accepted_by, promised_on = excluded.promised_on, fixed_on = excluded.fixed_on, "
    "called_on = excluded.called_on, rejected_on = excluded.rejected_on, contact = excluded.contact, "
    "confirmed_by = excluded.confirmed_by, confirmed_how = excluded.confirmed_how, works = excluded.works, "
    "changed_at = excluded.changed_at";

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
  sink.run(case_sql, values);
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
  sink.run(
      "INSERT INTO p_task (id, client, kind, cause, questionnaire, person, made_on, due_on, status, title) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) "
      "ON CONFLICT (id) DO UPDATE SET client = excluded.client, kind = excluded.kind, cause = excluded.cause, "
      "questionnaire = excluded.questionnaire, person = excluded.person, made_on = excluded.made_on, "
      "due_on = excluded.due_on, status = excluded.status, title = excluded.title",
      values);
}

}  // namespace anketa::server
