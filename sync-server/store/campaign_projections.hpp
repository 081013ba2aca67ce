// The rows of a campaign's work: individual lists, calls, visits, and meetings of the history (R5, R9, R20).
// Private to sync-server/store.
#pragma once

#include "sync-server/store/projections.hpp"

namespace anketa::server {

/// Statements that bring a store to them; the tables that projection_schema_sql() makes are there already.
std::string_view campaign_projection_sql();

void project_campaign_client(ProjectionSink& sink, const RecordState& record);
void project_call(ProjectionSink& sink, const RecordState& record);
void project_visit(ProjectionSink& sink, const RecordState& record);
void project_interaction(ProjectionSink& sink, const RecordState& record);

}  // namespace anketa::server
