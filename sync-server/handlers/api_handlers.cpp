#include "sync-server/handlers/api_handlers.hpp"

#include "sync-server/api/operation.hpp"
#include "sync-server/handlers/blob_handlers.hpp"
#include "sync-server/handlers/campaign_handlers.hpp"
#include "sync-server/handlers/case_handlers.hpp"
#include "sync-server/handlers/device_handlers.hpp"
#include "sync-server/handlers/export_handlers.hpp"
#include "sync-server/handlers/live_handlers.hpp"
#include "sync-server/handlers/mail_handlers.hpp"
#include "sync-server/handlers/operations_handlers.hpp"
#include "sync-server/handlers/record_handlers.hpp"
#include "sync-server/handlers/results_handlers.hpp"
#include "sync-server/handlers/session_handlers.hpp"
#include "sync-server/handlers/sync_handlers.hpp"
#include "sync-server/handlers/user_handlers.hpp"
#include "sync-server/handlers/watch_handlers.hpp"

namespace anketa::server {

void add_api_routes(http::Router& router, const Api& api) {
  auto& services = api.services;
  add_operations_routes(router, services);
  add_session_routes(router, services);
  add_sync_routes(router, services);
  add_watch_routes(router, services);
  add_blob_routes(router, services, api.blobs);
  add_live_routes(router, services, api.news);
  add_device_routes(router, services, api.quarantine);
  add_results_routes(router, services, api.reports);
  add_campaign_routes(router, services, api.campaign_reports, api.campaigns);
  add_record_routes(router, services, api.records);
  add_case_routes(router, services, api.cases);
  add_mail_routes(router, services, api.mail);
  add_user_routes(router, services);
  add_export_routes(router, services);
  router.add("GET", "/v1/openapi.json",
             [text = api::openapi().dump()](http::Request&) { return http::Response::json_text(text); });
}

}  // namespace anketa::server
