// What operators need: GET /healthz, /readyz, /metrics, and the certificate that devices are to trust, /v1/ca.pem.
#pragma once

#include "sync-server/handlers/services.hpp"

namespace anketa::server {

void add_operations_routes(http::Router& router, Services& services);

}  // namespace anketa::server
