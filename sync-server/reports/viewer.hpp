// Who looks at a report, and what of it that person may see (R36).
//
// A representative sees the clients assigned to him and what he himself delivered; the service side sees cases and the
// answers of its own classes; lead, management and administration see everything.
#pragma once

#include <string_view>

#include "shared/record/role.hpp"
#include "shared/record/uuid.hpp"

namespace anketa::server::reports {

struct Viewer {
  Uuid user;
  Role role = Role::Rep;

  bool sees_all_clients() const { return role != Role::Rep; }
  /// Coverage, norms, recommendation scores, key persons: how the programme goes.
  bool sees_programme() const { return role != Role::Service; }
  /// Whether answers of a form's row with that class are shown; a row without a class has that of all answers,
  /// "relations".
  bool sees_answers(std::string_view access_class) const {
    return role != Role::Service || access_class == "service" || access_class == "general";
  }
};

}  // namespace anketa::server::reports
