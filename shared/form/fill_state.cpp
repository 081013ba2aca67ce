#include "shared/form/fill_state.hpp"

#include <algorithm>
#include <set>

#include "shared/form/answer_value.hpp"
#include "shared/form/live_values.hpp"
#include "shared/record/record_state.hpp"

namespace anketa::form {

Problem answer_problem(std::string_view reason, std::string path, text::Arguments arguments) {
  arguments["reason"] = "form.answer." + std::string(reason);
  return Problem{ProblemCode::AnswerInvalid, std::move(arguments), std::move(path)};
}

FillState::FillState(std::shared_ptr<const Form> of_form, Json stored, FillContext with, Autosave hook)
    : form(std::move(of_form)),
      context(std::move(with)),
      autosave(std::move(hook)),
      answers(stored.is_object() ? std::move(stored) : Json::object()),
      state(form, {context.language, context.now}) {
  state.load(answers);
  for (std::size_t i = 0; i < form->size(); ++i) {
    const auto& row = form->rows()[i];
    if (row.is_live() && row.scope == no_row) state.root().fields[row.slot].value = live_value(row);
  }
  state.recalculate();
}

Scalar FillState::live_value(const Row& row) const {
  const auto source = live_source(context.status, context.case_confirmed, context.now);
  return scalar_of_answer(row, at_dotted(source, row.prefill));
}

void FillState::refresh_live_values() {
  for (std::size_t i = 0; i < form->size(); ++i) {
    const auto& row = form->rows()[i];
    if (row.is_live() && row.scope == no_row) state.set(static_cast<RowIndex>(i), state.root(), live_value(row));
  }
}

Json FillState::prefilled(const Row& row) const {
  if (row.prefill.compare(0, 5, "form.") == 0 || row.prefill.compare(0, 5, "case.") == 0)
    return at_dotted(live_source(context.status, context.case_confirmed, context.now), row.prefill);
  return at_dotted(context.prefill, row.prefill);
}

std::optional<Place> FillState::find(std::string_view path) {
  Item* item = &state.root();
  while (true) {
    const auto end = path.find('/');
    const auto row = form->find(path.substr(0, end));
    if (row == no_row || form->row(row).scope != item->repeat) return std::nullopt;
    if (end == std::string_view::npos) return Place{row, item, false};
    if (form->row(row).type != RowType::Repeat) return std::nullopt;
    path.remove_prefix(end + 1);
    const auto id_end = path.find('/');
    const auto id = path.substr(0, id_end);
    auto& items = state.items(row, *item);
    const auto found = std::find_if(items.begin(), items.end(), [&](const auto& each) { return each->id == id; });
    if (found == items.end()) return std::nullopt;
    item = found->get();
    if (id_end == std::string_view::npos) return Place{row, item, true};
    path.remove_prefix(id_end + 1);
  }
}

Place FillState::at(std::string_view path) {
  if (auto place = find(path)) return *place;
  throw ProblemError(ProblemCode::NotFound, {}, std::string(path));
}

std::string FillState::item_path(const Item& item) const {
  if (item.parent == nullptr) return {};
  const auto outer = item_path(*item.parent);
  return (outer.empty() ? "" : outer + "/") + form->row(item.repeat).name + "/" + item.id;
}

std::string FillState::path_of(RowIndex row, const Item& item) const {
  const auto outer = item_path(item);
  return (outer.empty() ? "" : outer + "/") + form->row(row).name;
}

EvaluationContext FillState::context_of(RowIndex row, const Item& item) const {
  const NodeRef node{row, &item};
  return {node, node, 0, 0, nullptr, nullptr};
}

bool FillState::truth(const Expression& expression, RowIndex row, const Item& item) const {
  return Evaluator(state).truth(expression, context_of(row, item));
}

bool FillState::required(RowIndex row, const Item& item) const {
  const auto& asked = form->row(row);
  if (asked.always_required) return true;
  if (!asked.required) return false;
  try {
    return truth(*asked.required, row, item);
  } catch (const ExpressionError&) {
    return false;  // a condition that cannot be evaluated demands nothing
  }
}

bool FillState::read_only(const Row& row) const {
  return row.read_only && !prefilled(row).is_null();
}

const Json& FillState::stored(RowIndex row, const Item& item) const {
  return value_at(answers, path_of(row, item));
}

void FillState::commit(const std::vector<Op>& ops) {
  if (ops.empty()) return;
  if (autosave) autosave(ops);
  for (const auto& op : ops) {
    if (op.kind == OpKind::Set) {
      put_value(answers, op.path, op.value);
    } else if (op.kind == OpKind::Remove && op.value.is_null()) {
      put_value(answers, op.path, nullptr);
    } else {
      Json set = value_at(answers, op.path);
      put_element(set, op.value.get<std::string>(), op.kind == OpKind::Add);
      put_value(answers, op.path, std::move(set));
    }
  }
}

void FillState::add_set_ops(const std::string& path, const Json& before, const Json& after,
                            std::vector<Op>& ops) const {
  const auto members = [](const Json& set) {
    std::set<std::string> names;
    if (set.is_array())
      for (const auto& each : set)
        if (each.is_string()) names.insert(each.get<std::string>());
    return names;
  };
  const auto old_names = members(before);
  const auto new_names = members(after);
  for (const auto& name : old_names)
    if (!new_names.contains(name)) ops.push_back({OpKind::Remove, path, name, {}, {}});
  for (const auto& name : new_names)
    if (!old_names.contains(name)) ops.push_back({OpKind::Add, path, name, {}, {}});
}

void FillState::store(RowIndex row, Item& item, const Json& value) {
  const auto path = path_of(row, item);
  const auto& before = value_at(answers, path);
  if (before == value) return;
  std::vector<Op> ops;
  if (form->row(row).type == RowType::SelectMultiple && (before.is_null() || before.is_array())) {
    add_set_ops(path, before, value, ops);
  } else {
    ops.push_back({OpKind::Set, path, value, {}, {}});
  }
  commit(ops);
  state.set(row, item, scalar_of_answer(form->row(row), value));
  store_once_values();
}

void FillState::store_once_values() {
  std::vector<Op> ops;
  for (const auto& node : state.take_once_values()) {
    const auto value = json_of_scalar(state.stored(node.row, *node.item));
    const auto path = path_of(node.row, *node.item);
    if (value != value_at(answers, path)) ops.push_back({OpKind::Set, path, value, {}, {}});
  }
  commit(ops);
}

std::optional<Problem> FillState::check(RowIndex row, Item& item, const std::string& path, const Json& given,
                                        Json& canonical) {
  const auto& asked = form->row(row);
  if (!asked.is_question()) return Problem{ProblemCode::NotFound, {}, path};
  if (read_only(asked)) return Problem{ProblemCode::ReadOnlyField, {}, path};
  if (auto closed = gate_problem(row, path)) return closed;
  auto answer = canonical_answer(*form, asked, given, context.now.offset_minutes);
  if (!answer.problem.empty()) {
    answer.arguments["reason"] = answer.problem;
    return Problem{ProblemCode::AnswerInvalid, std::move(answer.arguments), path};
  }
  canonical = std::move(answer.value);
  return check_rules(row, item, path, canonical);
}

std::optional<Problem> FillState::check_rules(RowIndex row, const Item& item, const std::string& path,
                                              const Json& value) const {
  if (value.is_null()) return std::nullopt;
  const auto& asked = form->row(row);
  if (asked.choice_filter || asked.choice_repeat != no_row) {
    const auto offered = choices(row, item);
    const auto names = value.is_array() ? value : Json::array({value});
    for (const auto& name : names)
      if (std::none_of(offered.begin(), offered.end(), [&](const ChoiceView& c) { return Json(c.name) == name; }))
        return answer_problem("choice_not_offered", path, {{"value", name.is_string() ? name.get<std::string>() : ""}});
  }
  if (!asked.constraint) return std::nullopt;
  const auto candidate = scalar_of_answer(asked, value);
  auto where = context_of(row, item);
  where.candidate = &candidate;
  bool holds = false;
  try {
    holds = Evaluator(state).truth(*asked.constraint, where);
  } catch (const ExpressionError&) {
    holds = false;  // date('…') of a text that is no date: the answer does not fit
  }
  if (holds) return std::nullopt;
  const auto message = label(asked.constraint_message, item);
  return message.empty() ? answer_problem("constraint", path) : answer_problem("message", path, {{"message", message}});
}

std::vector<ChoiceView> FillState::choices(RowIndex row, const Item& item) const {
  const auto& asked = form->row(row);
  std::vector<ChoiceView> offered;
  const auto& value = stored(row, item);
  const auto is_selected = [&](const std::string& name) {
    return value.is_array() ? std::find(value.begin(), value.end(), Json(name)) != value.end() : value == Json(name);
  };
  auto where = context_of(row, item);
  const auto passes = [&] {
    try {
      return !asked.choice_filter || Evaluator(state).truth(*asked.choice_filter, where);
    } catch (const ExpressionError&) {
      return true;  // better a choice too many than an answer nobody can give
    }
  };
  if (asked.choice_repeat != no_row) {
    for (const auto& each : state.items(asked.choice_repeat, state.root())) {
      where.node = {asked.choice_repeat, each.get()};
      if (!state.relevant(asked.choice_repeat, state.root()) || !passes()) continue;
      auto label = to_text(state.value(asked.choice_label, *each));
      offered.push_back({each->id, label.empty() ? item_label(*each) : std::move(label), is_selected(each->id)});
    }
    return offered;
  }
  if (const auto* list = form->choice_list(asked.choice_list)) {
    for (const auto& choice : list->choices) {
      where.choice = &choice;
      if (passes())
        offered.push_back({choice.name, form->text(choice.label, context.language), is_selected(choice.name)});
    }
  }
  return offered;
}

std::vector<Stop> FillState::stops() {
  std::vector<Stop> all;
  collect_stops(0, static_cast<RowIndex>(form->size()), state.root(), all);
  return all;
}

void FillState::collect_stops(RowIndex first, RowIndex last, Item& item, std::vector<Stop>& into) {
  for (auto i = first; i < last;) {
    const auto& row = form->row(i);
    if (row.type == RowType::Repeat) {
      into.push_back({i, &item, state.relevant(i, item)});
      for (const auto& each : state.items(i, item)) collect_stops(i + 1, row.end, *each, into);
      i = row.end;
      continue;
    }
    // Warnings are shown with their question, groups are no places of their own.
    const bool stop = row.is_question() || (row.type == RowType::Note && row.warns.empty());
    if (stop) into.push_back({i, &item, state.relevant(i, item)});
    ++i;
  }
}

void FillState::stand_at(RowIndex row, Item* item) {
  current_row = row;
  current_item = item;
}

}  // namespace anketa::form
