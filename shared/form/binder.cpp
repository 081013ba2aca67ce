// Resolves the names of an expression against a form and finds what its value depends on.
#include <algorithm>

#include "shared/form/expression.hpp"
#include "shared/form/form.hpp"
#include "shared/form/functions.hpp"

namespace anketa::form {

class Binder {
 public:
  Binder(Expression& expression, const Form& form, const BindingSite& site)
      : expression_(expression), form_(form), site_(site) {}

  void run() {
    const bool filters_items = site_.choice_repeat != no_row;
    bind(expression_.root_, {filters_items ? site_.choice_repeat : site_.row, filters_items});
  }

 private:
  /// The row a relative path starts from.
  struct Context {
    RowIndex row = no_row;
    bool in_predicate = false;
  };

  ExpressionNode& node(NodeIndex index) { return expression_.nodes_[index]; }
  RowIndex parent(RowIndex row) const { return row == no_row ? no_row : form_.row(row).parent; }
  bool is_repeat(RowIndex row) const { return row != no_row && form_.row(row).type == RowType::Repeat; }
  bool is_container(RowIndex row) const { return row == no_row || form_.row(row).is_container(); }
  RowIndex scope(RowIndex row) const { return row == no_row ? no_row : form_.row(row).scope; }
  /// The repeat whose item a node of the row stands in; of a repeat its own.
  RowIndex inner_scope(RowIndex row) const { return is_repeat(row) ? row : scope(row); }

  [[noreturn]] static void fail(std::string_view reason, const ExpressionNode& at, std::string name = {}) {
    const auto variable = "${" + name + "}";
    throw ExpressionError(reason, at.position, {{"name", std::move(name)}, {"variable", variable}});
  }

  RowIndex named(const std::string& name, const ExpressionNode& at) const {
    const auto row = form_.find(name);
    if (row == no_row) fail("unknown_name", at, name);
    return row;
  }

  void depend(RowIndex row, bool wide, bool structure) {
    const Dependency dependency{row, wide, structure};
    auto& all = expression_.dependencies_;
    if (std::find(all.begin(), all.end(), dependency) == all.end()) all.push_back(dependency);
  }

  /// Depends on a row and, where it is reached as a set, on the items of every repeat on the way to it.
  void depend_on_row(RowIndex row, bool wide) {
    depend(row, wide, is_repeat(row));
    for (auto repeat = scope(row); repeat != no_row; repeat = scope(repeat))
      if (wide || !form_.is_ancestor_scope(repeat, scope(site_.row))) depend(repeat, wide, true);
  }

  void bind(NodeIndex index, const Context& context) {
    switch (node(index).kind) {
      case NodeKind::Path:
        return bind_path(index, context);
      case NodeKind::Call:
        return bind_call(index, context);
      default:
        for (const auto child : node(index).children) bind(child, context);
    }
  }

  void bind_path(NodeIndex index, const Context& context) {
    auto& path = node(index);
    if (path.start == PathStart::Name && !context.in_predicate && !site_.choice_list.empty())
      return bind_choice_column(path);
    auto row = start_row(path, context);
    // Whether the path goes down into a repeat, and so means all its items.
    bool wide = context.in_predicate || (path.start == PathStart::Variable && is_repeat(row));
    path.steps.front().row = row;
    bind_predicates(path.steps.front());
    for (std::size_t i = 1; i < path.steps.size(); ++i) {
      auto& step = node(index).steps[i];
      row = step_row(step, row, node(index));
      wide = wide || (step.kind == StepKind::Child && is_repeat(row));
      step.row = row;
      bind_predicates(step);
    }
    const bool reads = row != no_row && (!is_container(row) || is_repeat(row));
    // `..` alone is only a place.
    const bool climbs = path.start == PathStart::Parent && path.steps.size() == 1;
    if (reads && !climbs) depend_on_row(row, wide);
  }

  void bind_choice_column(ExpressionNode& path) {
    const auto* list = form_.choice_list(site_.choice_list);
    const bool known = path.text == "name" || path.text == "label" ||
                       (list != nullptr && std::any_of(list->choices.begin(), list->choices.end(),
                                                       [&](const Choice& c) { return c.columns.contains(path.text); }));
    if (!known || path.steps.size() > 1) fail("unknown_choice_column", path, path.text);
    path.kind = NodeKind::ChoiceColumn;
    if (path.text == "label") expression_.uses_language_ = true;
  }

  RowIndex start_row(ExpressionNode& path, const Context& context) {
    switch (path.start) {
      case PathStart::Variable: {
        const auto row = named(path.text, path);
        path.of_predicate = context.in_predicate && !form_.is_ancestor_scope(scope(row), scope(site_.row)) &&
                            form_.is_ancestor_scope(scope(row), inner_scope(context.row));
        return row;
      }
      case PathStart::Self:
      case PathStart::Current: {
        const auto row = path.start == PathStart::Self ? context.row : site_.row;
        if (row == no_row) fail("no_current", path);
        return row;
      }
      case PathStart::Parent:
        if (context.row == no_row) fail("no_current", path);
        return parent(context.row);
      case PathStart::Root:
        return no_row;
      case PathStart::Name:
        break;
    }
    if (!context.in_predicate || !is_container(context.row)) {
      fail(form_.find(path.text) == no_row ? "unknown_name" : "bare_name", path, path.text);
    }
    const auto row = form_.child(context.row, path.text);
    if (row == no_row) fail("unknown_name", path, path.text);
    return row;
  }

  RowIndex step_row(const PathStep& step, RowIndex from, const ExpressionNode& path) const {
    if (step.kind == StepKind::Self) return from;
    if (step.kind == StepKind::Parent) {
      if (from == no_row) fail("path_above_form", path);
      return parent(from);
    }
    const auto row = is_container(from) ? form_.child(from, step.name) : no_row;
    if (row == no_row) fail("unknown_step", path, step.name);
    return row;
  }

  void bind_predicates(const PathStep& step) {
    const auto row = step.row;
    const auto predicates = step.predicates;
    for (const auto predicate : predicates) bind(predicate, {row, true});
  }

  void bind_call(NodeIndex index, const Context& context) {
    auto& call = node(index);
    switch (call.function->trait) {
      case FunctionTrait::IndexedRepeat:
        return bind_indexed_repeat(index, context);
      case FunctionTrait::ChoiceName:
        bind(call.children.front(), context);
        return bind_choice_name(node(index));
      default:
        break;
    }
    const auto children = call.children;
    for (const auto child : children) bind(child, context);
    if (call.function->trait == FunctionTrait::Position && !children.empty()) depend_on_position(children.front());
    if (call.function->trait == FunctionTrait::CurrentText && children.empty()) {
      if (context.row == no_row) fail("no_current", call);
      depend_on_row(context.row, context.in_predicate);
    }
  }

  void depend_on_position(NodeIndex path) {
    const auto& steps = node(path).steps;
    if (steps.empty()) return;
    auto row = steps.back().row;
    while (row != no_row && !is_repeat(row)) row = parent(row);
    if (row != no_row) depend(row, false, true);
  }

  /// indexed-repeat(${name}, ${repeat}, index, ${inner repeat}, index …)
  void bind_indexed_repeat(NodeIndex index, const Context& context) {
    const auto children = node(index).children;
    if (children.size() % 2 == 0)
      throw ExpressionError(
          "argument_count", node(index).position,
          {{"function", "indexed-repeat"}, {"expected", "3, 5, 7"}, {"found", std::to_string(children.size())}});
    std::vector<RowIndex> rows{variable(children[0])};
    RowIndex outer = no_row;
    for (std::size_t i = 1; i < children.size(); i += 2) {
      const auto repeat = variable(children[i]);
      if (!is_repeat(repeat) || scope(repeat) != outer)
        fail("not_that_repeat", node(children[i]), node(children[i]).text);
      rows.push_back(repeat);
      outer = repeat;
      bind(children[i + 1], context);
    }
    if (scope(rows.front()) != outer) fail("not_in_repeat", node(children[0]), node(children[0]).text);
    node(index).rows = rows;
    depend_on_row(rows.front(), true);
  }

  /// The row of an argument that must be a plain ${name}.
  RowIndex variable(NodeIndex index) {
    const auto& argument = node(index);
    const bool plain = argument.kind == NodeKind::Path && argument.start == PathStart::Variable &&
                       argument.steps.size() == 1 && argument.steps.front().predicates.empty();
    if (!plain) fail("needs_variable", argument);
    return named(argument.text, argument);
  }

  /// jr:choice-name(value, '${question}'): the second argument names the question in quotes.
  void bind_choice_name(ExpressionNode& call) {
    const auto& argument = node(call.children[1]);
    auto name = argument.text;
    if (argument.kind == NodeKind::Text && name.size() > 3 && name.substr(0, 2) == "${" && name.back() == '}')
      name = name.substr(2, name.size() - 3);
    const bool names =
        argument.kind == NodeKind::Text || (argument.kind == NodeKind::Path && argument.start == PathStart::Variable);
    if (!names) fail("needs_variable", argument);
    const auto row = named(name, argument);
    const auto& select = form_.row(row);
    if (!select.is_select()) fail("not_a_select", argument, name);
    call.rows = {row};
    if (select.choice_label != no_row) depend_on_row(select.choice_label, true);
  }

  Expression& expression_;
  const Form& form_;
  const BindingSite& site_;
};

void bind_expression(Expression& expression, const Form& form, const BindingSite& site) {
  Binder(expression, form, site).run();
}

}  // namespace anketa::form
