// The functions of the expression language, one table: name, arity, what they need, how they evaluate.
//
// A family of functions is one file that gives its rows; functions.cpp joins them. A new function is one row and its
// body.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "shared/form/value.hpp"

namespace anketa::form {

class Call;

/// What is special about a function for parser, binder and dependency graph.
enum class FunctionTrait : std::uint8_t {
  None,
  /// The first argument must be a path: a nodeset.
  NeedsNodes,
  Clock,
  Language,
  Once,
  Position,
  Regex,
  ChoiceName,
  IndexedRepeat,
  /// Without an argument it reads what `.` holds.
  CurrentText,
};

struct FunctionInfo {
  std::string_view name;
  int least = 0;
  /// -1: any number.
  int most = 0;
  FunctionTrait trait = FunctionTrait::None;
  Value (*evaluate)(Call& call) = nullptr;
};

/// Null for a function the language does not have.
const FunctionInfo* find_function(std::string_view name);

std::span<const FunctionInfo> text_functions();
std::span<const FunctionInfo> number_functions();
std::span<const FunctionInfo> date_functions();
std::span<const FunctionInfo> node_functions();
std::span<const FunctionInfo> logic_functions();

}  // namespace anketa::form
