// Bounds of the form language: a form or an answer beyond them is refused with a clear problem, never a crash.
#pragma once

#include <cstddef>
#include <cstdint>

namespace anketa::form {

/// A long national survey has some hundred rows; the whole graph of dependencies stays small.
inline constexpr std::size_t max_rows = 2000;
/// Lists of towns or goods fit; larger lists belong in a data file.
inline constexpr std::size_t max_choices = 20000;
/// A condition longer than a printed page is a mistake.
inline constexpr std::size_t max_expression_bytes = 4096;
/// Parser and evaluator recurse some frames per level; this keeps them far below any stack, a browser's included.
inline constexpr int max_expression_height = 48;
/// Groups and repeats inside each other.
inline constexpr int max_group_depth = 16;
/// One text answer, label or intermediate text value.
inline constexpr std::size_t max_text_bytes = 64 * 1024;
/// Items of one repeat.
inline constexpr std::size_t max_repeat_items = 500;
/// Nodes one evaluation may visit: bounds nested predicates over repeats.
inline constexpr std::size_t max_evaluation_steps = 1000000;
/// States of one compiled regular expression, and characters it is matched against: time is their product.
inline constexpr std::size_t max_regex_states = 2000;
inline constexpr std::size_t max_regex_subject = 4096;
/// Integers stay exact when they are evaluated as doubles.
inline constexpr std::int64_t max_integer = 9007199254740991;
/// Digits of a decimal answer.
inline constexpr std::size_t max_decimal_digits = 15;

}  // namespace anketa::form
