// The team around an account (R37): exactly one owner, never none, and members from any unit.
//
// Thread safety: pure functions.
#pragma once

#include <string_view>

namespace anketa::programme {

enum class Ownership { One, None, Several };

/// "one", "none", "several".
std::string_view id(Ownership ownership);

/// By the number of owners among the account's assignments.
Ownership ownership_of(int owners);

}  // namespace anketa::programme
