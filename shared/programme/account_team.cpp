#include "shared/programme/account_team.hpp"

namespace anketa::programme {

std::string_view id(Ownership ownership) {
  if (ownership == Ownership::One) return "one";
  return ownership == Ownership::None ? "none" : "several";
}

Ownership ownership_of(int owners) {
  if (owners == 1) return Ownership::One;
  return owners <= 0 ? Ownership::None : Ownership::Several;
}

}  // namespace anketa::programme
