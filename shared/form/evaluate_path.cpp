// Paths: from ${name}, `.`, `..` and steps to the nodes they mean.
#include <algorithm>

#include "shared/form/evaluator.hpp"

namespace anketa::form {
namespace {

const Scalar empty_scalar = std::string();

/// The repeat whose items hold a node of the row: of a repeat its own.
RowIndex inner_scope(const Form& form, RowIndex row) {
  if (row == no_row) return no_row;
  return form.row(row).type == RowType::Repeat ? row : form.row(row).scope;
}

}  // namespace

const Scalar& Evaluator::value_of(const NodeRef& node, const EvaluationContext* context) const {
  if (context != nullptr && context->candidate != nullptr && node == context->own) return *context->candidate;
  if (node.row == no_row || state_.form().row(node.row).is_container()) return empty_scalar;
  return state_.value(node.row, *node.item);
}

Value Evaluator::path_value(const Expression& expression, const ExpressionNode& path,
                            const EvaluationContext& context) {
  // The common case, one answer near by, without building a set.
  const bool plain = path.steps.size() == 1 && path.steps.front().predicates.empty();
  const auto row = path.steps.front().row;
  if (plain && row != no_row && !state_.form().row(row).is_container()) {
    const auto scope = state_.form().row(row).scope;
    const auto& from = path.start == PathStart::Current || (path.start == PathStart::Variable && !path.of_predicate)
                           ? context.own
                           : context.node;
    if (from.item != nullptr) {
      if (const auto* item = state_.ancestor(*from.item, scope))
        return std::visit([](const auto& held) { return Value(held); }, value_of({row, item}, &context));
    }
  }
  return path_nodes(expression, path, context);
}

NodeSet Evaluator::nodes(const Expression& expression, NodeIndex index, const EvaluationContext& context) {
  const auto& node = expression.node(index);
  if (node.kind == NodeKind::Path) return path_nodes(expression, node, context);
  if (node.kind == NodeKind::Union) {
    auto left = nodes(expression, node.children[0], context);
    for (const auto& other : nodes(expression, node.children[1], context))
      if (std::find(left.begin(), left.end(), other) == left.end()) left.push_back(other);
    return left;
  }
  auto value = this->node(expression, index, context);
  if (auto* set = std::get_if<NodeSet>(&value)) return std::move(*set);
  throw ExpressionError("needs_nodes", node.position, {{"function", node.text}});
}

NodeSet Evaluator::path_nodes(const Expression& expression, const ExpressionNode& path,
                              const EvaluationContext& context) {
  auto found = filtered(expression, start_nodes(path, context), path.steps.front(), context);
  for (std::size_t i = 1; i < path.steps.size(); ++i) {
    NodeSet next;
    for (const auto& node : found) step_from(node, path.steps[i], next);
    found = filtered(expression, std::move(next), path.steps[i], context);
  }
  return found;
}

NodeSet Evaluator::start_nodes(const ExpressionNode& path, const EvaluationContext& context) {
  NodeSet found;
  const auto row = path.steps.front().row;
  switch (path.start) {
    case PathStart::Self:
      return {context.node};
    case PathStart::Current:
      return {context.own};
    case PathStart::Parent:
      return {parent(context.node)};
    case PathStart::Root:
      return {{no_row, &state_.root()}};
    case PathStart::Name:
      step_from(context.node, {StepKind::Child, path.text, row, {}}, found);
      return found;
    case PathStart::Variable:
      break;
  }
  const auto* from = path.of_predicate ? context.node.item : context.own.item;
  nearest(row, from == nullptr ? state_.root() : *from, found);
  return found;
}

NodeRef Evaluator::parent(const NodeRef& node) const {
  if (node.row == no_row) return node;
  const auto row = state_.form().row(node.row).parent;
  return {row, state_.ancestor(*node.item, inner_scope(state_.form(), row))};
}

NodeSet Evaluator::filtered(const Expression& expression, NodeSet nodes, const PathStep& step,
                            const EvaluationContext& context) {
  for (const auto predicate : step.predicates) {
    NodeSet kept;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      auto inside = context;
      inside.node = nodes[i];
      inside.position = i + 1;
      inside.size = nodes.size();
      inside.candidate = nullptr;
      const auto value = node(expression, predicate, inside);
      // A number selects by position: ${contacts}[2].
      const auto* number = std::get_if<double>(&value);
      if (number != nullptr ? *number == static_cast<double>(i + 1) : truth(value)) kept.push_back(nodes[i]);
    }
    nodes = std::move(kept);
  }
  return nodes;
}

void Evaluator::step_from(const NodeRef& node, const PathStep& step, NodeSet& into) {
  if (step.kind == StepKind::Self) {
    into.push_back(node);
  } else if (step.kind == StepKind::Parent) {
    const auto above = parent(node);
    if (std::find(into.begin(), into.end(), above) == into.end()) into.push_back(above);
  } else if (node.item != nullptr) {
    add_node(step.row, *node.item, into);
  }
}

/// Adds the row's field in `item`, or all items of the repeat there. Irrelevant nodes are in no set.
void Evaluator::add_node(RowIndex row, const Item& item, NodeSet& into) {
  count_work();
  if (!state_.relevant(row, item)) return;
  if (state_.form().row(row).type != RowType::Repeat) {
    into.push_back({row, &item});
    return;
  }
  for (const auto& each : state_.items(row, item)) {
    count_work();
    into.push_back({row, each.get()});
  }
}

/// The row's field in the item or around it; of a row in another repeat, all its fields below the nearest common item.
void Evaluator::nearest(RowIndex row, const Item& from, NodeSet& into) {
  const auto& form = state_.form();
  // A repeat named inside its own items means all of them.
  auto scope = form.row(row).scope;
  const Item* common = state_.ancestor(from, scope);
  while (common == nullptr && scope != no_row) {
    scope = form.row(scope).scope;
    common = state_.ancestor(from, scope);
  }
  if (common != nullptr) descend(row, *common, into);
}

void Evaluator::descend(RowIndex row, const Item& from, NodeSet& into) {
  const auto& form = state_.form();
  if (form.row(row).scope == from.repeat) return add_node(row, from, into);
  // The repeat directly inside `from` that leads to the row.
  auto repeat = form.row(row).scope;
  while (form.row(repeat).scope != from.repeat) repeat = form.row(repeat).scope;
  if (!state_.relevant(repeat, from)) return;
  for (const auto& item : state_.items(repeat, from)) {
    count_work();
    descend(row, *item, into);
  }
}

}  // namespace anketa::form
