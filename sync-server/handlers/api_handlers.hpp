// The whole API: every route that sync-server/api describes. The pages in the browser are added apart.
#pragma once

#include "sync-server/blobs/blob_store.hpp"
#include "sync-server/handlers/services.hpp"
#include "sync-server/mail/mail_desk.hpp"
#include "sync-server/records/campaign_desk.hpp"
#include "sync-server/records/case_desk.hpp"
#include "sync-server/records/record_service.hpp"
#include "sync-server/reports/campaign_reports.hpp"
#include "sync-server/reports/report_service.hpp"
#include "sync-server/services/news.hpp"
#include "sync-server/services/quarantine.hpp"

namespace anketa::server {

/// What requests reach. Owned by the application; outlives the router.
struct Api {
  Services& services;
  Quarantine& quarantine;
  reports::ReportService& reports;
  reports::CampaignReports& campaign_reports;
  records::RecordService& records;
  records::CampaignDesk& campaigns;
  records::CaseDesk& cases;
  mail::MailDesk& mail;
  BlobStore& blobs;
  NewsService& news;
};

void add_api_routes(http::Router& router, const Api& api);

}  // namespace anketa::server
