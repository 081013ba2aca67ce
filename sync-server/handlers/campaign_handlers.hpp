// The campaign: its reports, GET /v1/campaign/{report}, the lead's work on it, and the calendar that a phone subscribes
// to. docs/api.md has the shapes.
#pragma once

#include "sync-server/handlers/services.hpp"
#include "sync-server/records/campaign_desk.hpp"
#include "sync-server/reports/campaign_reports.hpp"

namespace anketa::server {

void add_campaign_routes(http::Router& router, Services& services, reports::CampaignReports& reports,
                         records::CampaignDesk& desk);

}  // namespace anketa::server
