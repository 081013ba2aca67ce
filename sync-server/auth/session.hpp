// Who is asking: what the bearer middleware hands to every handler after it has checked the access token.
#pragma once

#include "shared/record/role.hpp"
#include "shared/record/uuid.hpp"

namespace anketa::server {

struct Session {
  Uuid user;
  Uuid device;
  Role role = Role::Rep;
};

}  // namespace anketa::server
