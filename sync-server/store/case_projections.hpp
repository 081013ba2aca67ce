// The rows of the quality loop: cases with all that the register shows, and tasks (R14-R18, R22).
// Private to sync-server/store.
#pragma once

#include "sync-server/store/projections.hpp"

namespace anketa::server {

/// Statements that bring a store to them; the tables that projection_schema_sql() makes are there already.
std::string_view case_projection_sql();

/// p_case.changed_at is an event: when the record's last change reached the server.
void project_case(ProjectionSink& sink, const RecordState& record, Instant now);
void project_task(ProjectionSink& sink, const RecordState& record);

}  // namespace anketa::server
