// The Date header.
#pragma once

#include <string>

namespace anketa::server::http {

/// "Tue, 10 Jun 2025 09:30:00 GMT". Made once a second and thread; valid until the thread's next call.
const std::string& http_date();

}  // namespace anketa::server::http
