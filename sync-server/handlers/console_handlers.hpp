// The lead's console: pages compiled into the program, served at "/".
#pragma once

#include "sync-server/http/router.hpp"

namespace anketa::server {

/// Where the console was not built, "/" says so.
void add_console_routes(http::Router& router);

}  // namespace anketa::server
