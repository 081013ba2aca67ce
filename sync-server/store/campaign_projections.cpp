#include "sync-server/store/campaign_projections.hpp"

#include <array>

#include "sync-server/store/projection_values.hpp"
#include "sync-server/store/upsert.hpp"

namespace anketa::server {
namespace {

constexpr std::string_view schema_sql = R"sql(
ALTER TABLE p_client ADD COLUMN income_year bigint;
ALTER TABLE p_client ADD COLUMN by_split bigint;
ALTER TABLE p_visit ADD COLUMN campaign uuid;
ALTER TABLE p_visit ADD COLUMN kind text;
ALTER TABLE p_visit ADD COLUMN informal bigint;
ALTER TABLE p_visit ADD COLUMN offer_made bigint;
CREATE TABLE p_campaign_client (
  id uuid PRIMARY KEY, client uuid NOT NULL, campaign uuid, rep uuid, relation text);
CREATE TABLE p_call (
  id uuid PRIMARY KEY, client uuid NOT NULL, campaign uuid, rep uuid, at bigint, outcome text, call_back_at bigint,
  visit uuid);
CREATE TABLE p_interaction (
  id uuid PRIMARY KEY, client uuid NOT NULL, person uuid, kind text, day text, informal bigint, offer_made bigint);
)sql";

}  // namespace

std::string_view campaign_projection_sql() {
  return schema_sql;
}

void project_campaign_client(ProjectionSink& sink, const RecordState& record) {
  const std::array<SqlValue, 5> values{record.id, record.scope, id_of(record.at("campaign")), id_of(record.at("rep")),
                                       text_of(record.at("relation"))};
  static const auto sql = upsert("p_campaign_client", "id, client, campaign, rep, relation");
  sink.run(sql, values);
}

void project_call(ProjectionSink& sink, const RecordState& record) {
  const std::array<SqlValue, 8> values{record.id,
                                       record.scope,
                                       id_of(record.at("campaign")),
                                       id_of(record.at("rep")),
                                       integer_of(record.at("at")),
                                       text_of(record.at("outcome")),
                                       integer_of(record.at("call_back_at")),
                                       id_of(record.at("visit"))};
  static const auto sql = upsert("p_call", "id, client, campaign, rep, at, outcome, call_back_at, visit");
  sink.run(sql, values);
}

void project_visit(ProjectionSink& sink, const RecordState& record) {
  const std::array<SqlValue, 9> values{record.id,
                                       record.scope,
                                       id_of(record.at("rep")),
                                       integer_of(record.at("at")),
                                       text_or(record.at("status"), "booked"),
                                       id_of(record.at("campaign")),
                                       text_of(record.at("kind")),
                                       flag_of(record.at("informal")),
                                       flag_of(record.at("offer_made"))};
  static const auto sql = upsert("p_visit", "id, client, rep, at, status, campaign, kind, informal, offer_made");
  sink.run(sql, values);
}

void project_interaction(ProjectionSink& sink, const RecordState& record) {
  const std::array<SqlValue, 7> values{record.id,
                                       record.scope,
                                       id_of(record.at("user")),
                                       text_of(record.at("kind")),
                                       text_of(record.at("date")),
                                       flag_of(record.at("informal")),
                                       flag_of(record.at("offer_made"))};
  static const auto sql = upsert("p_interaction", "id, client, person, kind, day, informal, offer_made");
  sink.run(sql, values);
}

}  // namespace anketa::server
