// The phone app: pages and the WebAssembly core compiled into the program, served at "/app/".
#pragma once

#include "sync-server/http/router.hpp"

namespace anketa::server {

/// Where the app was not built, "/app/" says so.
void add_app_routes(http::Router& router);

}  // namespace anketa::server
