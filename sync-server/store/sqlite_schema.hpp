// The embedded store's tables as numbered migrations.
#pragma once

#include <vector>

#include "shared/sqlite/database.hpp"

namespace anketa::server {

/// In order; a released migration never changes.
const std::vector<sqlite::Migration>& sqlite_migrations();

}  // namespace anketa::server
