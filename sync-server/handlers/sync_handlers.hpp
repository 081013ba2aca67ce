// POST /v1/sync: the device's exchange. docs/protocol.md describes the messages.
#pragma once

#include "sync-server/handlers/services.hpp"

namespace anketa::server {

void add_sync_routes(http::Router& router, Services& services);

}  // namespace anketa::server
