// Any list of the API as a file, as it is filtered.
#pragma once

#include "sync-server/handlers/services.hpp"

namespace anketa::server {

/// A list is read through the router's own route for it, so that a file holds what its reader may see and no more.
void add_export_routes(http::Router& router, Services& services);

}  // namespace anketa::server
