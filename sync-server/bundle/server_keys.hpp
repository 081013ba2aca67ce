// The server's own keys of sync by file: a file of the data folder, beside the database and never in it.
#pragma once

#include <string>

#include "shared/bundle/keys.hpp"

namespace anketa::server {

/// Reads "bundle.key"; makes it where there is none. Throws ProblemError: FileUnreadable (also for a file of another
/// shape), FileUnwritable, DiskFull.
bundle::KeySet server_keys(const std::string& folder, Environment& environment);

}  // namespace anketa::server
