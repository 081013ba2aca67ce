// Who is asking: what the bearer middleware hands to every handler after it has checked the access token.
#pragma once

#include "shared/record/role.hpp"
#include "shared/record/uuid.hpp"

namespace anketa::server {

struct Session {
  Uuid user;
  Uuid device;
  /// As the account stands now, not as it stood when the token was issued.
  Role role = Role::Rep;
  /// The token family the log-in opened.
  Uuid family;
};

}  // namespace anketa::server
