// Any list as a file, filtered as it is shown: /v1/export/{list}?format=xlsx|csv|json.
#pragma once

#include "sync-server/handlers/services.hpp"
#include "sync-server/reports/report_service.hpp"

namespace anketa::server {

void add_export_routes(http::Router& router, Services& services, reports::ReportService& reports);

}  // namespace anketa::server
