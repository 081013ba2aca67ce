#include "sync-server/store/projections.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "shared/programme/pareto.hpp"
#include "sync-server/store/campaign_projections.hpp"
#include "sync-server/store/case_projections.hpp"
#include "sync-server/store/projection_values.hpp"
#include "sync-server/store/upsert.hpp"

namespace anketa::server {
namespace {

// Indexes are few on purpose: a push writes these rows by the thousand, and a scan of narrow rows is quick.
constexpr std::string_view schema_sql = R"sql(
CREATE TABLE p_client (
  id uuid PRIMARY KEY, name text NOT NULL, inn text, segment text, industry text, region text, city text,
  key_status text);
CREATE TABLE p_user (
  id uuid PRIMARY KEY, name text NOT NULL, role text NOT NULL, share text, active bigint NOT NULL);
CREATE TABLE p_assignment (
  id uuid PRIMARY KEY, client uuid NOT NULL, person uuid NOT NULL, role text NOT NULL);
CREATE TABLE p_visit (
  id uuid PRIMARY KEY, client uuid NOT NULL, rep uuid, at bigint, status text NOT NULL);
CREATE TABLE p_questionnaire (
  id uuid PRIMARY KEY, client uuid, rep uuid, form text, form_version text, status text NOT NULL, met_on text,
  started_at bigint, finished_at bigint, first_delivered_at bigint, resume_point text, nps bigint,
  contacts_new bigint NOT NULL, contacts_changed bigint NOT NULL, contacts_left bigint NOT NULL);
CREATE TABLE p_case (
  id uuid PRIMARY KEY, client uuid, questionnaire uuid, status text NOT NULL, severity text, opened_on text,
  confirmed_on text, reopenings bigint NOT NULL, complaints bigint NOT NULL);
CREATE TABLE p_referral (
  id uuid PRIMARY KEY, client uuid, questionnaire uuid, company text, status text NOT NULL);
CREATE TABLE p_offer (
  id uuid PRIMARY KEY, client uuid, questionnaire uuid, service text, step text, status text NOT NULL, due_on text,
  amount_month bigint);
CREATE TABLE p_conflict (
  id uuid PRIMARY KEY, scope uuid NOT NULL, record uuid, state text NOT NULL);
)sql";

bool has_sign(const RecordState& client, std::string_view sign) {
  const auto& signs = client.at("key_signs");
  return signs.is_array() && std::find(signs.begin(), signs.end(), sign) != signs.end();
}

void project_client(ProjectionSink& sink, const RecordState& record) {
  const std::array<SqlValue, 10> values{record.id,
                                        text_or(record.at("name"), ""),
                                        text_of(record.at("inn")),
                                        text_of(record.at("segment")),
                                        text_of(record.at("industry")),
                                        text_of(record.at("region")),
                                        text_of(record.at("city")),
                                        text_of(record.at("key_status")),
                                        integer_of(record.at("income_year")),
                                        std::int64_t{has_sign(record, programme::income_sign) ? 1 : 0}};
  static const auto sql =
      upsert("p_client", "id, name, inn, segment, industry, region, city, key_status, income_year, by_split");
  sink.run(sql, values);
}

void project_user(ProjectionSink& sink, const RecordState& record) {
  const auto& active = record.at("active");
  const std::array<SqlValue, 5> values{record.id, text_or(record.at("name"), ""), text_or(record.at("role"), ""),
                                       text_of(record.at("share")),
                                       SqlValue(std::int64_t{active.is_boolean() && !active.get<bool>() ? 0 : 1})};
  static const auto sql = upsert("p_user", "id, name, role, share, active");
  sink.run(sql, values);
}

void project_assignment(ProjectionSink& sink, const RecordState& record) {
  const std::array<SqlValue, 4> values{record.id, record.scope, id_of(record.at("user")),
                                       text_or(record.at("role"), "member")};
  if (std::holds_alternative<std::nullptr_t>(values[2])) return;
  static const auto sql = upsert("p_assignment", "id, client, person, role");
  sink.run(sql, values);
}

/// How the verification of key persons came out (R10).
struct ContactChanges {
  std::int64_t added = 0, changed = 0, left = 0;
};

ContactChanges contact_changes(const Json& contacts) {
  ContactChanges changes;
  if (!contacts.is_object()) return changes;
  for (const auto& contact : contacts) {
    const auto status = string_or_empty(contact, "c_stat");
    if (status == "new") ++changes.added;
    if (status == "upd") ++changes.changed;
    if (status == "left") ++changes.left;
  }
  return changes;
}

void project_questionnaire(ProjectionSink& sink, const RecordState& record, Instant now) {
  const auto status = text_or(record.at("status"), "draft");
  const bool delivered = std::get<std::string>(status) != "draft";
  const auto contacts = contact_changes(record.at("answers/contacts"));
  const std::array<SqlValue, 15> values{record.id,
                                        id_of(record.at("client")),
                                        id_of(record.at("rep")),
                                        text_of(record.at("form/id")),
                                        text_of(record.at("form/version")),
                                        status,
                                        text_of(record.at("date")),
                                        integer_of(record.at("started_at")),
                                        integer_of(record.at("finished_at")),
                                        delivered ? SqlValue(now) : SqlValue(nullptr),
                                        text_of(record.at("resume_point")),
                                        integer_of(record.at("answers/nps")),
                                        contacts.added,
                                        contacts.changed,
                                        contacts.left};
  sink.run(
      "INSERT INTO p_questionnaire (id, client, rep, form, form_version, status, met_on, started_at, finished_at, "
      "first_delivered_at, resume_point, nps, contacts_new, contacts_changed, contacts_left) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) "
      "ON CONFLICT (id) DO UPDATE SET client = excluded.client, rep = excluded.rep, form = excluded.form, "
      "form_version = excluded.form_version, status = excluded.status, met_on = excluded.met_on, "
      "started_at = excluded.started_at, finished_at = excluded.finished_at, "
      "first_delivered_at = COALESCE(p_questionnaire.first_delivered_at, excluded.first_delivered_at), "
      "resume_point = excluded.resume_point, nps = excluded.nps, contacts_new = excluded.contacts_new, "
      "contacts_changed = excluded.contacts_changed, contacts_left = excluded.contacts_left",
      values);
}

void project_referral(ProjectionSink& sink, const RecordState& record) {
  const std::array<SqlValue, 5> values{record.id, id_of(record.at("client")), id_of(record.at("questionnaire")),
                                       text_of(record.at("company")), text_or(record.at("status"), "named")};
  static const auto sql = upsert("p_referral", "id, client, questionnaire, company, status");
  sink.run(sql, values);
}

void project_offer(ProjectionSink& sink, const RecordState& record) {
  const std::array<SqlValue, 8> values{record.id,
                                       id_of(record.at("client")),
                                       id_of(record.at("questionnaire")),
                                       text_of(record.at("service")),
                                       text_of(record.at("step")),
                                       text_or(record.at("status"), "planned"),
                                       text_of(record.at("due_on")),
                                       integer_of(record.at("amount_month"))};
  static const auto sql = upsert("p_offer", "id, client, questionnaire, service, step, status, due_on, amount_month");
  sink.run(sql, values);
}

void project_conflict(ProjectionSink& sink, const RecordState& record) {
  const std::array<SqlValue, 4> values{record.id, record.scope, id_of(record.at("record")),
                                       text_or(record.at("state"), "open")};
  static const auto sql = upsert("p_conflict", "id, scope, record, state");
  sink.run(sql, values);
}

/// A collection's way into its table.
struct Projection {
  std::string_view collection;
  std::string_view remove;
  void (*write)(ProjectionSink&, const RecordState&, Instant);
};

template <void (*write)(ProjectionSink&, const RecordState&)>
void ignoring_time(ProjectionSink& sink, const RecordState& record, Instant /*now*/) {
  write(sink, record);
}

constexpr std::array<Projection, 13> projections{{
    {"questionnaire", "DELETE FROM p_questionnaire WHERE id = ?1", project_questionnaire},
    {"quality_case", "DELETE FROM p_case WHERE id = ?1", project_case},
    {"task", "DELETE FROM p_task WHERE id = ?1", ignoring_time<project_task>},
    {"referral", "DELETE FROM p_referral WHERE id = ?1", ignoring_time<project_referral>},
    {"offer", "DELETE FROM p_offer WHERE id = ?1", ignoring_time<project_offer>},
    {"visit", "DELETE FROM p_visit WHERE id = ?1", ignoring_time<project_visit>},
    {"call", "DELETE FROM p_call WHERE id = ?1", ignoring_time<project_call>},
    {"interaction", "DELETE FROM p_interaction WHERE id = ?1", ignoring_time<project_interaction>},
    {"campaign_client", "DELETE FROM p_campaign_client WHERE id = ?1", ignoring_time<project_campaign_client>},
    {"client", "DELETE FROM p_client WHERE id = ?1", ignoring_time<project_client>},
    {"assignment", "DELETE FROM p_assignment WHERE id = ?1", ignoring_time<project_assignment>},
    {"user", "DELETE FROM p_user WHERE id = ?1", ignoring_time<project_user>},
    {"conflict", "DELETE FROM p_conflict WHERE id = ?1", ignoring_time<project_conflict>},
}};

}  // namespace

std::string_view projection_schema_sql() {
  return schema_sql;
}

void project(ProjectionSink& sink, const RecordState& record, Instant now) {
  for (const auto& projection : projections) {
    if (projection.collection != record.collection) continue;
    if (record.deleted) {
      const std::array<SqlValue, 1> id{record.id};
      sink.run(projection.remove, id);
    } else {
      projection.write(sink, record, now);
    }
    return;
  }
}

}  // namespace anketa::server
