// The reading API: GET /v1/results/…, /v1/questionnaires, /v1/cases, /v1/clients. docs/api.md has the shapes.
#pragma once

#include "sync-server/handlers/services.hpp"
#include "sync-server/reports/report_service.hpp"

namespace anketa::server {

void add_results_routes(http::Router& router, Services& services, reports::ReportService& reports);

}  // namespace anketa::server
