// One quality case and the steps that are taken with it (R13-R18).
#pragma once

#include "sync-server/handlers/services.hpp"
#include "sync-server/records/case_desk.hpp"

namespace anketa::server {

void add_case_routes(http::Router& router, Services& services, records::CaseDesk& cases);

}  // namespace anketa::server
