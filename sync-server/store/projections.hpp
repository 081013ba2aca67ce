// Projections: typed tables derived from records, for reports and exports.
//
// Model: one narrow row per record, written in the transaction that changes the record, so that a report never shows
// what the records do not say. The SQL is common to SQLite and PostgreSQL: parameters are ?1, ?2 …, ids are of type
// uuid (16 bytes in SQLite, where the declared type is only a name), instants are milliseconds UTC. Answers are not
// exploded into rows: reports read them from the records themselves.
// Invariant: all columns but p_questionnaire.first_delivered_at and p_case.changed_at follow from the record alone. The
// first of these is an event
// (R7: the first time the office holds the questionnaire as paused or complete) and stands once it is set; weeks follow
// from it in the organisation's time zone, which is the reports' matter.
// Thread safety: pure functions over their arguments.
#pragma once

#include <span>
#include <string_view>

#include "shared/record/environment.hpp"
#include "shared/record/record_state.hpp"
#include "sync-server/store/store.hpp"

namespace anketa::server {

/// Statements that make the tables, for a store's first migration.
std::string_view projection_schema_sql();

/// Where projections are written: the store's transaction.
class ProjectionSink {
 public:
  virtual ~ProjectionSink() = default;
  /// Runs a statement without result. The text is one of a few constants: prepare it once.
  virtual void run(std::string_view sql, std::span<const SqlValue> parameters) = 0;
};

/// Brings the projection of a record up to date; a deleted record's row goes. Costs at most one statement. Records of
/// collections without a projection are passed over. `now` is when the change reached the server.
void project(ProjectionSink& sink, const RecordState& record, Instant now);

}  // namespace anketa::server
