// POST /v1/login, /v1/refresh, /v1/logout and GET /v1/me.
#pragma once

#include "sync-server/handlers/services.hpp"

namespace anketa::server {

void add_session_routes(http::Router& router, Services& services);

}  // namespace anketa::server
