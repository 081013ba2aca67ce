// Functions over selects, repeats and node sets.
#include <algorithm>
#include <array>
#include <cmath>

#include "shared/form/evaluator.hpp"
#include "shared/form/functions.hpp"

namespace anketa::form {
namespace {

/// Words between white space: the chosen names of a select_multiple.
std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> found;
  constexpr std::string_view white = " \t\r\n";
  for (auto at = text.find_first_not_of(white); at != std::string_view::npos;) {
    const auto end = text.find_first_of(white, at);
    found.push_back(text.substr(at, end - at));
    at = text.find_first_not_of(white, end);
  }
  return found;
}

Value selected(Call& call) {
  const auto chosen = call.text(0);
  const auto wanted = call.text(1);
  const auto name = words(wanted);
  if (name.size() != 1) return name.empty() && words(chosen).empty();
  const auto all = words(chosen);
  return std::find(all.begin(), all.end(), name.front()) != all.end();
}

Value selected_at(Call& call) {
  const auto chosen = call.text(0);
  const auto all = words(chosen);
  const double index = call.number(1);
  if (!(index >= 0) || index >= static_cast<double>(all.size())) return std::string();
  return std::string(all[static_cast<std::size_t>(index)]);
}

Value count_selected(Call& call) {
  return static_cast<double>(words(call.text(0)).size());
}

Value count(Call& call) {
  return static_cast<double>(call.nodes(0).size());
}

Value count_non_empty(Call& call) {
  const auto nodes = call.nodes(0);
  return static_cast<double>(std::count_if(
      nodes.begin(), nodes.end(), [&](const NodeRef& node) { return !is_empty(call.evaluator().value_of(node)); }));
}

/// 1-based position of an item among its siblings; 1 outside repeats.
double position_of(const FormState& state, const NodeRef& node) {
  const auto* item = node.item;
  if (item == nullptr || item->parent == nullptr) return 1;
  const auto& siblings = state.items(item->repeat, *item->parent);
  const auto found =
      std::find_if(siblings.begin(), siblings.end(), [&](const auto& each) { return each.get() == item; });
  return static_cast<double>(found - siblings.begin() + 1);
}

Value position(Call& call) {
  if (call.size() == 0) {
    if (call.context().position == 0) call.fail("position_outside_predicate");
    return static_cast<double>(call.context().position);
  }
  const auto nodes = call.nodes(0);
  return nodes.empty() ? std::nan("") : position_of(call.state(), nodes.front());
}

Value last(Call& call) {
  if (call.context().position == 0) call.fail("position_outside_predicate");
  return static_cast<double>(call.context().size);
}

Value indexed_repeat(Call& call) {
  const auto& rows = call.node().rows;
  const Item* item = &call.state().root();
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const double index = call.number(2 * i);
    const auto& items = call.state().items(rows[i], *item);
    const bool there =
        call.state().relevant(rows[i], *item) && index >= 1 && index <= static_cast<double>(items.size());
    if (!there) return std::string();
    item = items[static_cast<std::size_t>(index) - 1].get();
  }
  const auto& value = call.evaluator().value_of({rows.front(), item});
  return std::visit([](const auto& held) { return Value(held); }, value);
}

/// Label of a choice in the reader's language: of a list's choice, or of the repeat's item of that id.
Value choice_name(Call& call) {
  const auto name = call.text(0);
  const auto& form = call.state().form();
  const auto& select = form.row(call.node().rows.front());
  if (select.choice_label != no_row) {
    for (const auto& item : call.state().items(select.choice_repeat, call.state().root()))
      if (item->id == name) return to_text(call.evaluator().value_of({select.choice_label, item.get()}));
    return std::string();
  }
  const auto* list = form.choice_list(select.choice_list);
  const auto* choice = list == nullptr ? nullptr : list->find(name);
  return choice == nullptr ? std::string() : form.text(choice->label, call.state().surroundings().language);
}

constexpr std::array<FunctionInfo, 9> functions{{
    {"selected", 2, 2, FunctionTrait::None, selected},
    {"selected-at", 2, 2, FunctionTrait::None, selected_at},
    {"count-selected", 1, 1, FunctionTrait::None, count_selected},
    {"count", 1, 1, FunctionTrait::NeedsNodes, count},
    {"count-non-empty", 1, 1, FunctionTrait::NeedsNodes, count_non_empty},
    {"position", 0, 1, FunctionTrait::Position, position},
    {"last", 0, 0, FunctionTrait::None, last},
    {"indexed-repeat", 3, 7, FunctionTrait::IndexedRepeat, indexed_repeat},
    {"jr:choice-name", 2, 2, FunctionTrait::ChoiceName, choice_name},
}};

}  // namespace

std::span<const FunctionInfo> node_functions() {
  return functions;
}

}  // namespace anketa::form
