// The statement that writes a projection's row. Private to sync-server/store.
#pragma once

#include <string>
#include <string_view>

namespace anketa::server {

/// Puts a row in by its id, or all its other columns in the place of what stands there. `columns`: their names, "id"
/// first, separated by ", "; the parameters ?1, ?2 … are their values in that order.
std::string upsert(std::string_view table, std::string_view columns);

}  // namespace anketa::server
