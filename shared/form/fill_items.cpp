// Items of repeats: adding, removing, moving.
#include <algorithm>

#include "shared/form/answer_value.hpp"
#include "shared/form/fill_state.hpp"
#include "shared/form/limits.hpp"
#include "shared/form/load_problems.hpp"
#include "shared/form/position_key.hpp"

namespace anketa::form {
namespace {

/// The repeat a path names, or throws.
Place repeat_at(FillState& fill, std::string_view path) {
  const auto place = fill.at(path);
  if (place.is_item || fill.form->row(place.row).type != RowType::Repeat)
    throw ProblemError(answer_problem("not_a_repeat", std::string(path)));
  return place;
}

/// The item a path names, or throws.
Item& item_at(FillState& fill, std::string_view path) {
  const auto place = fill.at(path);
  if (!place.is_item) throw ProblemError(answer_problem("not_an_item", std::string(path)));
  return *place.item;
}

void require_open(const FillState& fill, RowIndex row, std::string_view path) {
  if (auto closed = fill.gate_problem(row, std::string(path))) throw ProblemError(*closed);
}

}  // namespace

Item& FillState::add_item(RowIndex repeat, Item& parent, std::string id) {
  const auto& siblings = state.items(repeat, parent);
  const auto outer = path_of(repeat, parent);
  if (siblings.size() >= max_repeat_items)
    throw ProblemError(answer_problem("too_many_items", outer, {{"most", std::to_string(max_repeat_items)}}));
  if (id.empty() && context.new_id) id = context.new_id();
  if (id.empty() || id.find('/') != std::string::npos) throw ProblemError(answer_problem("no_item_id", outer));
  const auto pos = position_between(siblings.empty() ? "" : siblings.back()->pos, "");
  commit({{OpKind::Set, outer + "/" + id + "/pos", pos, {}, {}}});
  auto& item = state.add_item(repeat, parent, std::move(id), pos);
  store_once_values();
  return item;
}

/// What a default that is an expression gives; null where it fails.
Json FillState::default_of(RowIndex row, const Item& item) {
  try {
    Evaluator evaluator(state);
    return json_of_scalar(evaluator.scalar(evaluator.evaluate(*form->row(row).dynamic_default, context_of(row, item))));
  } catch (const ExpressionError& error) {
    unfit.push_back(at_cell(error.problem(), "survey", form->row(row).sheet_row, "default"));
    return nullptr;
  }
}

/// Stores a default or a prefill if it fits its question, or else notes that it does not.
void FillState::fill(RowIndex row, Item& item, const Json& given) {
  auto answer = canonical_answer(*form, form->row(row), given, context.now.offset_minutes);
  if (answer.problem.empty()) {
    if (!answer.value.is_null()) store(row, item, answer.value);
    return;
  }
  answer.arguments["reason"] = answer.problem;
  unfit.push_back({ProblemCode::AnswerInvalid, std::move(answer.arguments), path_of(row, item)});
}

/// Defaults of the rows [first, last) of an item that have no answer yet.
void FillState::fill_defaults(RowIndex first, RowIndex last, Item& item) {
  for (auto i = first; i < last;) {
    const auto& row = form->row(i);
    const bool repeat = row.type == RowType::Repeat;
    if (!repeat && row.is_question() && is_empty(state.stored(i, item))) {
      fill(i, item, row.dynamic_default ? default_of(i, item) : Json(row.plain_default));
    }
    i = repeat ? row.end : i + 1;
  }
}

std::string FillSession::add_item(std::string_view repeat_path) {
  auto& fill = *state_;
  const auto place = repeat_at(fill, repeat_path);
  require_open(fill, place.row, repeat_path);
  auto& item = fill.add_item(place.row, *place.item, "");
  fill.fill_defaults(place.row + 1, fill.form->row(place.row).end, item);
  return fill.item_path(item);
}

void FillSession::remove_item(std::string_view path) {
  auto& fill = *state_;
  auto& item = item_at(fill, path);
  const auto repeat = item.repeat;
  require_open(fill, repeat, path);
  fill.commit({{OpKind::Remove, std::string(path), nullptr, {}, {}}});
  // Whoever stands inside the item goes back to its repeat.
  for (const Item* at = fill.current_item; at != nullptr; at = at->parent)
    if (at == &item) fill.stand_at(repeat, item.parent);
  fill.state.remove_item(item);
  fill.store_once_values();
}

void FillSession::move_item(std::string_view path, std::string_view before_id) {
  auto& fill = *state_;
  auto& item = item_at(fill, path);
  require_open(fill, item.repeat, path);
  const auto& siblings = fill.state.items(item.repeat, *item.parent);
  // Bounds of the gap among the others.
  std::string low;
  std::string high;
  for (const auto& each : siblings) {
    if (each.get() == &item) continue;
    if (!before_id.empty() && each->id == before_id) {
      high = each->pos;
      break;
    }
    low = each->pos;
  }
  if (!before_id.empty() && high.empty()) throw ProblemError(ProblemCode::NotFound, {}, std::string(before_id));
  const auto pos = position_between(low, high);
  fill.commit({{OpKind::Set, std::string(path) + "/pos", pos, {}, {}}});
  fill.state.move_item(item, pos);
  fill.store_once_values();
}

}  // namespace anketa::form
