#include "shared/form/evaluator.hpp"

#include <algorithm>
#include <cmath>

#include "shared/form/functions.hpp"
#include "shared/form/limits.hpp"

namespace anketa::form {
namespace {

const Scalar empty_scalar = std::string();

/// Differences below this are rounding noise: 6.1 - 7.8 = -1.7, as in JavaRosa.
constexpr double number_tolerance = 1e-12;

bool numbers_equal(double a, double b) {
  return a == b || std::fabs(a - b) < number_tolerance;
}

bool is_truth_word(const Scalar& scalar) {
  const auto* text = std::get_if<std::string>(&scalar);
  return text != nullptr && (*text == "true" || *text == "false");
}

bool scalars_equal(const Scalar& a, const Scalar& b, int offset) {
  if (std::holds_alternative<bool>(a) || std::holds_alternative<bool>(b)) {
    // A calculated truth is text in ODK, and forms compare it with 'true' and 'false'.
    if (is_truth_word(a) || is_truth_word(b)) return to_text(a) == to_text(b);
    return to_truth(a) == to_truth(b);
  }
  if (std::holds_alternative<double>(a) || std::holds_alternative<double>(b))
    return numbers_equal(to_number(a, offset), to_number(b, offset));
  return std::get<std::string>(a) == std::get<std::string>(b);
}

bool ordered(NodeKind kind, double a, double b) {
  switch (kind) {
    case NodeKind::Less:
      return a < b;
    case NodeKind::LessOrEqual:
      return a <= b;
    case NodeKind::Greater:
      return a > b;
    default:
      return a >= b;
  }
}

/// The order with its sides swapped: a < b is b > a.
NodeKind mirrored(NodeKind kind) {
  switch (kind) {
    case NodeKind::Less:
      return NodeKind::Greater;
    case NodeKind::LessOrEqual:
      return NodeKind::GreaterOrEqual;
    case NodeKind::Greater:
      return NodeKind::Less;
    default:
      return NodeKind::LessOrEqual;
  }
}

Scalar scalar_of(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* number = std::get_if<double>(&value)) return *number;
  return std::get<bool>(value);
}

Value value_of_scalar(const Scalar& scalar) {
  return std::visit([](const auto& held) { return Value(held); }, scalar);
}

}  // namespace

void Evaluator::count_work() {
  if (++work_ > max_evaluation_steps) throw ExpressionError("too_much_work", 0);
}

Value Evaluator::evaluate(const Expression& expression, const EvaluationContext& context) {
  return node(expression, expression.root_index(), context);
}

bool Evaluator::truth(const Expression& expression, const EvaluationContext& context) {
  return truth(evaluate(expression, context));
}

Value Evaluator::node(const Expression& expression, NodeIndex index, const EvaluationContext& context) {
  count_work();
  const auto& node = expression.node(index);
  switch (node.kind) {
    case NodeKind::Number:
      return node.number;
    case NodeKind::Text:
      return node.text;
    case NodeKind::Or:
    case NodeKind::And: {
      const bool decisive = node.kind == NodeKind::Or;
      for (const auto child : node.children)
        if (truth(this->node(expression, child, context)) == decisive) return decisive;
      return !decisive;
    }
    case NodeKind::Negate:
      return -number(this->node(expression, node.children.front(), context));
    case NodeKind::Path:
      return path_value(expression, node, context);
    case NodeKind::Union:
      return nodes(expression, index, context);
    case NodeKind::Call: {
      Call call(*this, expression, node, context);
      auto result = node.function->evaluate(call);
      if (const auto* text = std::get_if<std::string>(&result); text != nullptr && text->size() > max_text_bytes)
        throw ExpressionError("text_too_long", node.position);
      return result;
    }
    case NodeKind::ChoiceColumn: {
      if (context.choice == nullptr) return std::string();
      if (node.text == "name") return context.choice->name;
      if (node.text == "label") return state_.form().text(context.choice->label, state_.surroundings().language);
      const auto column = context.choice->columns.find(node.text);
      return column == context.choice->columns.end() ? std::string() : column->second;
    }
    default:
      return binary(expression, node, context);
  }
}

Value Evaluator::binary(const Expression& expression, const ExpressionNode& node, const EvaluationContext& context) {
  const auto left = this->node(expression, node.children[0], context);
  const auto right = this->node(expression, node.children[1], context);
  switch (node.kind) {
    case NodeKind::Equal:
      return equal(left, right);
    case NodeKind::NotEqual:
      return not_equal(left, right);
    case NodeKind::Less:
    case NodeKind::LessOrEqual:
    case NodeKind::Greater:
    case NodeKind::GreaterOrEqual:
      return compare(node.kind, left, right);
    case NodeKind::Add:
      return number(left) + number(right);
    case NodeKind::Subtract:
      return number(left) - number(right);
    case NodeKind::Multiply:
      return number(left) * number(right);
    case NodeKind::Divide:
      return number(left) / number(right);
    default:
      return std::fmod(number(left), number(right));
  }
}

Scalar Evaluator::scalar(const Value& value) const {
  if (const auto* set = std::get_if<NodeSet>(&value)) return set->empty() ? empty_scalar : value_of(set->front());
  return scalar_of(value);
}

std::string Evaluator::text(const Value& value) const {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return to_text(scalar(value));
}

double Evaluator::number(const Value& value) const {
  if (const auto* number = std::get_if<double>(&value)) return *number;
  return to_number(scalar(value), state_.surroundings().now.offset_minutes);
}

bool Evaluator::truth(const Value& value) const {
  if (const auto* set = std::get_if<NodeSet>(&value)) {
    // One answer counts as itself, any other set by whether it has members.
    const bool single =
        set->size() == 1 && set->front().row != no_row && !state_.form().row(set->front().row).is_container();
    return single ? to_truth(value_of(set->front())) : !set->empty();
  }
  if (const auto* truth = std::get_if<bool>(&value)) return *truth;
  return to_truth(scalar_of(value));
}

// Comparisons with a node set hold if they hold for one of its members, as in XPath 1.0.
bool Evaluator::equal(const Value& a, const Value& b) const {
  const auto offset = state_.surroundings().now.offset_minutes;
  if (const auto* set = std::get_if<NodeSet>(&a)) {
    if (const auto* truth_value = std::get_if<bool>(&b)) return truth(a) == *truth_value;
    return std::any_of(set->begin(), set->end(),
                       [&](const NodeRef& n) { return equal(value_of_scalar(value_of(n)), b); });
  }
  if (std::holds_alternative<NodeSet>(b)) return equal(b, a);
  return scalars_equal(scalar_of(a), scalar_of(b), offset);
}

bool Evaluator::not_equal(const Value& a, const Value& b) const {
  if (const auto* set = std::get_if<NodeSet>(&a)) {
    if (const auto* truth_value = std::get_if<bool>(&b)) return truth(a) != *truth_value;
    return std::any_of(set->begin(), set->end(),
                       [&](const NodeRef& n) { return not_equal(value_of_scalar(value_of(n)), b); });
  }
  if (std::holds_alternative<NodeSet>(b)) return not_equal(b, a);
  return !equal(a, b);
}

bool Evaluator::compare(NodeKind kind, const Value& a, const Value& b) const {
  if (const auto* set = std::get_if<NodeSet>(&a))
    return std::any_of(set->begin(), set->end(),
                       [&](const NodeRef& n) { return compare(kind, value_of_scalar(value_of(n)), b); });
  if (std::holds_alternative<NodeSet>(b)) return compare(mirrored(kind), b, a);
  return ordered(kind, number(a), number(b));
}

std::vector<std::string> Call::texts_from(std::size_t first) {
  std::vector<std::string> texts;
  for (auto i = first; i < size(); ++i) {
    const auto argument = value(i);
    if (const auto* set = std::get_if<NodeSet>(&argument)) {
      for (const auto& node : *set) texts.push_back(to_text(evaluator_.value_of(node)));
    } else {
      texts.push_back(evaluator_.text(argument));
    }
  }
  return texts;
}

std::vector<double> Call::numbers_from(std::size_t first) {
  std::vector<double> numbers;
  for (auto i = first; i < size(); ++i) {
    const auto argument = value(i);
    if (const auto* set = std::get_if<NodeSet>(&argument)) {
      for (const auto& node : *set) numbers.push_back(to_number(evaluator_.value_of(node), offset()));
    } else {
      numbers.push_back(evaluator_.number(argument));
    }
  }
  return numbers;
}

}  // namespace anketa::form
