// Log-ins and rights: who may come in, and as what. Read by lead and administrator, changed by the administrator.
#pragma once

#include "sync-server/handlers/services.hpp"

namespace anketa::server {

void add_user_routes(http::Router& router, Services& services);

}  // namespace anketa::server
