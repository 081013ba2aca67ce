// The reading API: results, lists and single questionnaires. docs/api.md describes the answers.
//
// Every role may ask; what it is shown is decided by reports::Viewer.
#pragma once

#include "sync-server/handlers/services.hpp"

namespace anketa::server {

void add_report_routes(http::Router& router, Services& services);

}  // namespace anketa::server
