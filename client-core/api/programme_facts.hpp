// What the calls of anketa/programme.hpp share. Private to client-core/api.
#pragma once

#include "anketa/client.hpp"
#include "shared/programme/facts.hpp"

namespace anketa::client {

/// The facts that the records of this device tell.
programme::Facts load_facts(const Client& client, int offset_minutes);
programme::Day local_day(Instant at, int offset_minutes);

}  // namespace anketa::client
