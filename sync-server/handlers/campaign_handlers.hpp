// The campaign's reports, GET /v1/campaign/{report}, and the calendar that a phone subscribes to. docs/api.md has the
// shapes.
#pragma once

#include "sync-server/handlers/services.hpp"
#include "sync-server/reports/campaign_reports.hpp"

namespace anketa::server {

void add_campaign_routes(http::Router& router, Services& services, reports::CampaignReports& reports);

}  // namespace anketa::server
