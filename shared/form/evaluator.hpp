// Evaluates bound expressions over the state of a form.
//
// Thread safety: one evaluator per thread; it keeps only the count of its work.
#pragma once

#include <cstddef>
#include <string>

#include "shared/form/expression.hpp"
#include "shared/form/form_state.hpp"
#include "shared/form/value.hpp"

namespace anketa::form {

/// Where an expression is evaluated.
struct EvaluationContext {
  /// What `.` means here.
  NodeRef node;
  /// What `.` means outside predicates: current().
  NodeRef own;
  /// 1-based position among the nodes of a predicate, and their number; 0 outside.
  std::size_t position = 0, size = 0;
  /// The choice a filter looks at.
  const Choice* choice = nullptr;
  /// Value that `.` reads instead of the stored one: an answer under validation.
  const Scalar* candidate = nullptr;
};

class Evaluator {
 public:
  explicit Evaluator(const FormState& state) : state_(state) {}

  /// Throws ExpressionError where a value cannot be used as it must be (date('abc')) or the work is beyond bounds.
  Value evaluate(const Expression& expression, const EvaluationContext& context);
  bool truth(const Expression& expression, const EvaluationContext& context);

  // For functions
  const FormState& state() const { return state_; }
  Value node(const Expression& expression, NodeIndex index, const EvaluationContext& context);
  std::string text(const Value& value) const;
  double number(const Value& value) const;
  bool truth(const Value& value) const;
  Scalar scalar(const Value& value) const;
  /// Value of one node: an answer; of a repeat's item or a group empty.
  const Scalar& value_of(const NodeRef& node, const EvaluationContext* context = nullptr) const;
  NodeSet nodes(const Expression& expression, NodeIndex index, const EvaluationContext& context);

 private:
  void count_work();
  Value path_value(const Expression& expression, const ExpressionNode& path, const EvaluationContext& context);
  NodeSet path_nodes(const Expression& expression, const ExpressionNode& path, const EvaluationContext& context);
  NodeSet start_nodes(const ExpressionNode& path, const EvaluationContext& context);
  NodeSet filtered(const Expression& expression, NodeSet nodes, const PathStep& step, const EvaluationContext& context);
  void step_from(const NodeRef& node, const PathStep& step, NodeSet& into);
  void nearest(RowIndex row, const Item& from, NodeSet& into);
  void descend(RowIndex row, const Item& from, NodeSet& into);
  void add_node(RowIndex row, const Item& item, NodeSet& into);
  NodeRef parent(const NodeRef& node) const;
  bool equal(const Value& a, const Value& b) const;
  bool not_equal(const Value& a, const Value& b) const;
  bool compare(NodeKind kind, const Value& a, const Value& b) const;
  Value binary(const Expression& expression, const ExpressionNode& node, const EvaluationContext& context);

  const FormState& state_;
  std::size_t work_ = 0;
};

/// One call of a function, as its body sees it.
class Call {
 public:
  Call(Evaluator& evaluator, const Expression& expression, const ExpressionNode& node, const EvaluationContext& context)
      : evaluator_(evaluator), expression_(expression), node_(node), context_(context) {}

  Evaluator& evaluator() { return evaluator_; }
  const EvaluationContext& context() const { return context_; }
  const ExpressionNode& node() const { return node_; }
  const FormState& state() const { return evaluator_.state(); }
  std::size_t size() const { return node_.children.size(); }
  Value value(std::size_t i) { return evaluator_.node(expression_, node_.children[i], context_); }
  std::string text(std::size_t i) { return evaluator_.text(value(i)); }
  double number(std::size_t i) { return evaluator_.number(value(i)); }
  bool truth(std::size_t i) { return evaluator_.truth(value(i)); }
  NodeSet nodes(std::size_t i) { return evaluator_.nodes(expression_, node_.children[i], context_); }
  /// Texts of all arguments from `first` on, node sets member by member.
  std::vector<std::string> texts_from(std::size_t first);
  /// Numbers likewise.
  std::vector<double> numbers_from(std::size_t first);
  int offset() const { return state().surroundings().now.offset_minutes; }
  [[noreturn]] void fail(std::string_view reason, text::Arguments arguments = {}) const {
    throw ExpressionError(reason, node_.position, std::move(arguments));
  }

 private:
  Evaluator& evaluator_;
  const Expression& expression_;
  const ExpressionNode& node_;
  const EvaluationContext& context_;
};

}  // namespace anketa::form
