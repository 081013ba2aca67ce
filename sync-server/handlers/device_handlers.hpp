// Revoking devices (for lead and administrator), and what a revoked device may still do.
//
//   POST /v1/devices/{id}/revoke   → 204
//   POST /v1/devices/{id}/accept   → {"results": […]}: what it handed over is put into effect
//   POST /v1/quarantine            → {"taken": n}, from the revoked device itself
#pragma once

#include "sync-server/handlers/services.hpp"
#include "sync-server/services/quarantine.hpp"

namespace anketa::server {

void add_device_routes(http::Router& router, Services& services, Quarantine& quarantine);

}  // namespace anketa::server
