// Values of the expression language, typed as in XPath 1.0: text, number, truth and node set.
//
// Empty answers are the empty text; as a number that is NaN, so that no comparison with an unanswered question holds.
// Numbers are doubles while an expression runs and never reach a record: answers are stored as integers or as decimal
// text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace anketa::form {

/// Index of a row in a form's preorder; no_row is the form itself, the root of all groups.
using RowIndex = std::int32_t;
inline constexpr RowIndex no_row = -1;

struct Item;

/// One node of the answers: the field of `row` in `item`, or, where the row is a repeat, that item of it.
struct NodeRef {
  RowIndex row = no_row;
  const Item* item = nullptr;

  friend bool operator==(const NodeRef& a, const NodeRef& b) { return a.row == b.row && a.item == b.item; }
};
using NodeSet = std::vector<NodeRef>;

/// What one field holds.
using Scalar = std::variant<std::string, double, bool>;
/// What an expression yields.
using Value = std::variant<std::string, double, bool, NodeSet>;

/// Decimal text of a number: "12", "12.5", "-0.25", "NaN", "Infinity". At most 15 significant digits, never an exponent
/// below 1e21.
std::string number_text(double number);
/// The number of a decimal text with surrounding white space; NaN for anything else, exponents included.
double parse_number(std::string_view text);

std::string to_text(const Scalar& scalar);
/// As in XPath, but a date or date-time in text becomes days since 1970 (on the wall clock at the offset).
double to_number(const Scalar& scalar, int offset_minutes);
bool to_truth(const Scalar& scalar);
bool is_empty(const Scalar& scalar);

/// "string", "number", "boolean" or "nodeset".
std::string_view type_name(const Value& value);

}  // namespace anketa::form
