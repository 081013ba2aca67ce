// Records one by one, and what the console changes in them (docs/api.md, "Records").
#pragma once

#include "sync-server/handlers/services.hpp"
#include "sync-server/records/record_service.hpp"

namespace anketa::server {

void add_record_routes(http::Router& router, Services& services, records::RecordService& records);

}  // namespace anketa::server
