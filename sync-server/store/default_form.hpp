// The shipped questionnaire as an organisation's first template.
//
// Thread safety: as the store.
#pragma once

#include "sync-server/store/store.hpp"

namespace anketa::server {

/// Puts it there, so that every device has it from its first sync; once, however often it is called.
void put_default_form(Store& store, Environment& environment);

}  // namespace anketa::server
