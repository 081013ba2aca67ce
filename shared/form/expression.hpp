// The expression language of forms, as ODK documents it: XPath 1.0 with ODK's functions, ${name} for a question, paths
// into repeats, `.` and `..`. docs/forms.md lists operators and functions.
//
// Model: parse() makes a syntax tree out of a text and knows every function and how many arguments it takes; bind()
// resolves its names against a form and finds on which rows it depends. Both report by ExpressionError. A bound
// expression is evaluated by Evaluator (evaluator.hpp). Trees are arenas of nodes addressed by index; their height is
// bounded, so hostile text can neither exhaust the stack nor the memory.
// Thread safety: a bound expression never changes and may be shared.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "shared/form/value.hpp"
#include "shared/problem/problem.hpp"

namespace anketa::form {

class Form;
class Regex;
struct FunctionInfo;

enum class NodeKind : std::uint8_t {
  Number,
  Text,
  Or,
  And,
  Equal,
  NotEqual,
  Less,
  LessOrEqual,
  Greater,
  GreaterOrEqual,
  Add,
  Subtract,
  Multiply,
  Divide,
  Modulo,
  Negate,
  Union,
  Call,
  Path,
  /// A bare name in a choice filter: a column of the choice that is being looked at.
  ChoiceColumn,
};

using NodeIndex = std::uint32_t;

enum class PathStart : std::uint8_t { Variable, Self, Parent, Root, Name, Current };
enum class StepKind : std::uint8_t { Child, Parent, Self };

/// One step of a path after its start: /name, /.. or /., with predicates.
struct PathStep {
  StepKind kind = StepKind::Self;
  std::string name;
  /// The row the step leads to, once bound.
  RowIndex row = no_row;
  std::vector<NodeIndex> predicates;
};

struct ExpressionNode {
  NodeKind kind = NodeKind::Text;
  PathStart start = PathStart::Self;
  /// A ${name} inside a predicate that means the node under the predicate, not the row that owns the expression.
  bool of_predicate = false;
  int height = 1;
  std::size_t position = 0;
  double number = 0;
  /// Text literal, ${name}, bare name or choice column.
  std::string text;
  const FunctionInfo* function = nullptr;
  std::vector<NodeIndex> children;
  /// steps[0] carries the predicates of the start itself; its kind is Self.
  std::vector<PathStep> steps;
  /// Rows that arguments name without being evaluated: indexed-repeat's, jr:choice-name's.
  std::vector<RowIndex> rows;
  std::shared_ptr<const Regex> regex;
};

/// What an expression's value depends on.
struct Dependency {
  RowIndex row = no_row;
  /// The row is read as a set over all its instances, not only the one nearest to the reader.
  bool wide = false;
  /// Only the number and order of a repeat's items matter.
  bool structure = false;

  friend bool operator==(const Dependency& a, const Dependency& b) {
    return a.row == b.row && a.wide == b.wide && a.structure == b.structure;
  }
};

class Expression {
 public:
  const std::string& source() const noexcept { return source_; }
  const ExpressionNode& node(NodeIndex index) const { return nodes_[index]; }
  const ExpressionNode& root() const { return nodes_[root_]; }
  NodeIndex root_index() const noexcept { return root_; }
  const std::vector<Dependency>& dependencies() const noexcept { return dependencies_; }
  /// Whether today() or now() occur.
  bool uses_clock() const noexcept { return uses_clock_; }
  /// Whether a label in the reader's language occurs: jr:choice-name(), format-date() with names.
  bool uses_language() const noexcept { return uses_language_; }
  /// Whether once() occurs: the value must then be kept with the answers.
  bool uses_once() const noexcept { return uses_once_; }

 private:
  friend class Parser;
  friend class Binder;

  std::string source_;
  std::vector<ExpressionNode> nodes_;
  NodeIndex root_ = 0;
  std::vector<Dependency> dependencies_;
  bool uses_clock_ = false;
  bool uses_language_ = false;
  bool uses_once_ = false;
};

/// What is wrong with an expression: ProblemCode::ExpressionInvalid with the arguments "reason" (key of a text),
/// "expression", "position" (1-based, in characters) and what the reason needs.
class ExpressionError : public ProblemError {
 public:
  ExpressionError(std::string_view reason, std::size_t position, text::Arguments arguments = {});
};

/// Reads an expression. Throws ExpressionError on broken syntax, an unknown function or a wrong number of arguments.
Expression parse_expression(std::string_view text);

/// Where an expression stands: it decides what `.`, `..` and bare names mean.
struct BindingSite {
  /// The row that owns the expression; no_row for one that belongs to the whole form.
  RowIndex row = no_row;
  /// In a choice filter bare names are columns of this list; empty elsewhere.
  std::string choice_list;
  /// In the filter of choices from a repeat, the repeat: bare names and ${names} of it mean the item looked at.
  RowIndex choice_repeat = no_row;
};

/// Resolves names and collects dependencies. Throws ExpressionError on an unknown name or an impossible path.
void bind_expression(Expression& expression, const Form& form, const BindingSite& site);

}  // namespace anketa::form
