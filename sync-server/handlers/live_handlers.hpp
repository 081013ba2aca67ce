// GET /v1/live: a WebSocket that tells when there is something to sync (docs/protocol.md, "Live").
#pragma once

#include "sync-server/handlers/services.hpp"
#include "sync-server/services/news.hpp"

namespace anketa::server {

/// Services and news outlive the router.
void add_live_routes(http::Router& router, Services& services, NewsService& news);

}  // namespace anketa::server
