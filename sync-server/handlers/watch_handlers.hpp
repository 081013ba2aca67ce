// What the lead watches over: the devices people work with, and mutations that came in an unusual way.
#pragma once

#include "sync-server/handlers/services.hpp"

namespace anketa::server {

/// GET /v1/devices, GET /v1/marks: for the lead and the administrator.
void add_watch_routes(http::Router& router, Services& services);

}  // namespace anketa::server
