// Position keys of list items: text between any two keys, so that moving one item changes no other (design: list item).
#pragma once

#include <string>
#include <string_view>

namespace anketa::form {

/// A key that sorts after `low` and before `high`; empty bounds are open. Digits are 0-9 and a-z, none ends in 0, so
/// that there is always room. If low does not sort before high, or
/// foreign keys leave no room, the key sorts after low.
std::string position_between(std::string_view low, std::string_view high);

}  // namespace anketa::form
