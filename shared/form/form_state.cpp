#include "shared/form/form_state.hpp"

#include <algorithm>
#include <cmath>

#include "shared/form/answer_value.hpp"
#include "shared/form/evaluator.hpp"
#include "shared/form/load_problems.hpp"

namespace anketa::form {
namespace {

const Scalar empty_scalar = std::string();

}  // namespace

bool before(const Item& a, const Item& b) {
  return a.pos != b.pos ? a.pos < b.pos : a.id < b.id;
}

FormState::FormState(std::shared_ptr<const Form> form, Surroundings surroundings)
    : form_(std::move(form)), surroundings_(std::move(surroundings)) {
  root_.fields.resize(form_->field_count(no_row));
  root_.repeats.resize(form_->repeats_in(no_row).size());
}

std::vector<std::unique_ptr<Item>>& FormState::items(RowIndex repeat, Item& parent) {
  return parent.repeats[form_->row(repeat).repeat_slot];
}

const std::vector<std::unique_ptr<Item>>& FormState::items(RowIndex repeat, const Item& parent) const {
  return parent.repeats[form_->row(repeat).repeat_slot];
}

const Item* FormState::ancestor(const Item& item, RowIndex scope) const {
  const Item* at = &item;
  while (at != nullptr && at->repeat != scope) at = at->parent;
  return at;
}

bool FormState::relevant(RowIndex row, const Item& item) const {
  const Item* at = &item;
  for (auto guard = form_->row(row).guard; guard != no_row;) {
    const auto& guarding = form_->row(guard);
    at = ancestor(*at, guarding.scope);
    if (!at->fields[guarding.slot].relevant) return false;
    guard = guarding.parent == no_row ? no_row : form_->row(guarding.parent).guard;
  }
  return true;
}

const Scalar& FormState::value(RowIndex row, const Item& item) const {
  return relevant(row, item) ? stored(row, item) : empty_scalar;
}

std::unique_ptr<Item> FormState::make_item(RowIndex repeat, Item* parent) const {
  auto item = std::make_unique<Item>();
  item->repeat = repeat;
  item->parent = parent;
  item->fields.resize(form_->field_count(repeat));
  item->repeats.resize(form_->repeats_in(repeat).size());
  return item;
}

void FormState::load(const Json& answers) {
  load_item(root_, answers);
}

void FormState::load_item(Item& item, const Json& answers) {
  if (!answers.is_object()) return;
  for (const auto& [name, value] : answers.items()) {
    const auto index = form_->find(name);
    if (index == no_row || form_->row(index).scope != item.repeat) continue;
    const auto& row = form_->row(index);
    if (row.type == RowType::Repeat) {
      load_repeat(index, item, value);
    } else if (row.is_stored()) {
      item.fields[row.slot].value = scalar_of_answer(row, value);
    }
  }
}

void FormState::load_repeat(RowIndex repeat, Item& parent, const Json& items) {
  if (!items.is_object()) return;
  auto& list = this->items(repeat, parent);
  for (const auto& [id, answers] : items.items()) {
    auto item = make_item(repeat, &parent);
    item->id = id;
    item->pos = string_or_empty(answers, "pos");
    load_item(*item, answers);
    list.push_back(std::move(item));
  }
  std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return before(*a, *b); });
}

void FormState::recalculate() {
  dirty_.clear();
  // In the order of the graph every entry needs to be looked at once, and nobody has to be told of changes.
  for (std::size_t i = 0; i < form_->computed().size(); ++i)
    each_item(form_->row(form_->computed()[i].row).scope, root_, [&](Item& item) { evaluate(i, item); });
}

void FormState::set(RowIndex row, Item& item, Scalar value) {
  auto& field = item.fields[form_->row(row).slot];
  if (field.value == value) return;
  field.value = std::move(value);
  mark(form_->dependents(row).on_value, item);
  settle();
}

Item& FormState::add_item(RowIndex repeat, Item& parent, std::string id, std::string pos) {
  auto made = make_item(repeat, &parent);
  made->id = std::move(id);
  made->pos = std::move(pos);
  auto& list = items(repeat, parent);
  const auto place =
      std::upper_bound(list.begin(), list.end(), made, [](const auto& a, const auto& b) { return before(*a, *b); });
  auto& item = **list.insert(place, std::move(made));
  mark(form_->dependents(repeat).on_structure, parent);
  for (std::size_t i = 0; i < form_->computed().size(); ++i)
    if (form_->row(form_->computed()[i].row).scope == repeat) dirty_.emplace(i, &item);
  settle();
  return item;
}

void FormState::remove_item(Item& item) {
  const auto repeat = item.repeat;
  auto& parent = *item.parent;
  auto& list = items(repeat, parent);
  list.erase(std::find_if(list.begin(), list.end(), [&](const auto& each) { return each.get() == &item; }));
  mark(form_->dependents(repeat).on_structure, parent);
  settle();
}

void FormState::move_item(Item& item, std::string pos) {
  item.pos = std::move(pos);
  auto& list = items(item.repeat, *item.parent);
  std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return before(*a, *b); });
  mark(form_->dependents(item.repeat).on_structure, *item.parent);
  settle();
}

void FormState::set_now(const LocalTime& now) {
  if (surroundings_.now == now) return;
  surroundings_.now = now;
  mark_all(form_->clock_dependents());
  settle();
}

void FormState::set_language(std::string language) {
  if (surroundings_.language == language) return;
  surroundings_.language = std::move(language);
  mark_all(form_->language_dependents());
  settle();
}

void FormState::mark_all(const std::vector<std::size_t>& computed) {
  for (const auto each : computed) mark_below(each, root_);
}

void FormState::mark(const std::vector<Dependent>& dependents, Item& changed) {
  for (const auto& dependent : dependents) {
    Item* common = &root_;
    if (!dependent.wide) {
      // The nearest item around the change that also holds the dependent, or the items that do.
      const auto scope = form_->row(form_->computed()[dependent.computed].row).scope;
      common = &changed;
      while (!form_->is_ancestor_scope(common->repeat, scope)) common = common->parent;
    }
    mark_below(dependent.computed, *common);
  }
}

void FormState::mark_below(std::size_t computed, Item& under) {
  const auto scope = form_->row(form_->computed()[computed].row).scope;
  each_item(scope, under, [&](Item& item) { dirty_.emplace(computed, &item); });
}

template <typename Visit>
void FormState::each_item(RowIndex scope, Item& under, const Visit& visit) {
  if (under.repeat == scope) return visit(under);
  for (const auto repeat : form_->repeats_in(under.repeat)) {
    if (!form_->is_ancestor_scope(repeat, scope)) continue;
    for (const auto& item : items(repeat, under)) each_item(scope, *item, visit);
  }
}

void FormState::settle() {
  while (!dirty_.empty()) {
    const auto [computed, item] = *dirty_.begin();
    dirty_.erase(dirty_.begin());
    if (!evaluate(computed, *item)) continue;
    const auto& entry = form_->computed()[computed];
    const auto& dependents = form_->dependents(entry.row);
    mark(entry.kind == Computed::Kind::Relevance ? dependents.on_relevance : dependents.on_value, *item);
  }
}

bool FormState::evaluate(std::size_t computed, Item& item) {
  ++evaluated_;
  const auto& entry = form_->computed()[computed];
  const auto& row = form_->row(entry.row);
  auto& field = item.fields[row.slot];
  if (entry.kind == Computed::Kind::Relevance) {
    bool relevant = true;
    try {
      relevant = relevance_of(row, entry.row, item);
    } catch (const ExpressionError&) {
      // Better a question too many than one that nobody sees; failures() reports it.
    }
    return std::exchange(field.relevant, relevant) != relevant;
  }
  Scalar value;
  try {
    value = calculation_of(row, entry.row, item);
  } catch (const ExpressionError&) {
    // Counts as empty; failures() reports it.
  }
  if (field.value == value) return false;
  field.value = std::move(value);
  if (row.calculation->uses_once()) once_values_.push_back({entry.row, &item});
  return true;
}

bool FormState::relevance_of(const Row& row, RowIndex index, const Item& item) const {
  const NodeRef node{index, &item};
  return Evaluator(*this).truth(*row.relevant, {node, node, 0, 0, nullptr, nullptr});
}

Scalar FormState::calculation_of(const Row& row, RowIndex index, const Item& item) const {
  const NodeRef node{index, &item};
  Evaluator evaluator(*this);
  auto value = evaluator.scalar(evaluator.evaluate(*row.calculation, {node, node, 0, 0, nullptr, nullptr}));
  // What is no number is no answer, as in ODK.
  if (const auto* number = std::get_if<double>(&value); number != nullptr && std::isnan(*number)) return std::string();
  return value;
}

std::vector<Problem> FormState::failures() {
  std::vector<Problem> problems;
  for (const auto& entry : form_->computed()) {
    const auto& row = form_->row(entry.row);
    const bool relevance = entry.kind == Computed::Kind::Relevance;
    each_item(row.scope, root_, [&](Item& item) {
      try {
        relevance ? static_cast<void>(relevance_of(row, entry.row, item))
                  : static_cast<void>(calculation_of(row, entry.row, item));
      } catch (const ExpressionError& error) {
        problems.push_back(at_cell(error.problem(), "survey", row.sheet_row, relevance ? "relevant" : "calculation"));
      }
    });
  }
  return problems;
}

std::vector<NodeRef> FormState::take_once_values() {
  return std::exchange(once_values_, {});
}

}  // namespace anketa::form
