// Small questions about paths that several parts of the merge ask.
#pragma once

#include <string>
#include <string_view>

#include "shared/record/uuid.hpp"

namespace anketa::merge {

/// "a/b" of "a/b/c"; "" of "a".
inline std::string parent_of(std::string_view path) {
  const auto slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? std::string_view() : path.substr(0, slash));
}

/// "c" of "a/b/c".
inline std::string_view last_of(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

/// Whether the cell is the position key of a list item: "contacts/<item id>/pos".
inline bool is_position(std::string_view path) {
  return last_of(path) == "pos" && Uuid::parse(last_of(parent_of(path))).has_value();
}

}  // namespace anketa::merge
