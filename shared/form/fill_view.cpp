// What is shown of a question, in one language.
#include <algorithm>

#include "shared/form/answer_value.hpp"
#include "shared/form/fill_state.hpp"

namespace anketa::form {

/// The text in the reader's language with every ${name} replaced by its answer.
std::string FillState::label(const Label& texts, const Item& item) const {
  const auto& text = form->text(texts, context.language);
  auto open = text.find("${");
  if (open == std::string::npos) return text;
  std::string out;
  std::size_t at = 0;
  for (; open != std::string::npos; open = text.find("${", at)) {
    const auto close = text.find('}', open);
    if (close == std::string::npos) break;
    out.append(text, at, open - at);
    const auto named = form->find(text.substr(open + 2, close - open - 2));
    if (named != no_row) {
      if (const auto* holder = state.ancestor(item, form->row(named).scope)) {
        // A choice reads by its label, as everywhere on the screen.
        if (state.relevant(named, *holder)) out += value_text(named, *holder);
      }
    }
    at = close + 1;
  }
  return out.append(text, at);
}

std::string FillState::value_text(RowIndex row, const Item& item) const {
  const auto& asked = form->row(row);
  if (asked.type == RowType::Calculate) return to_text(state.stored(row, item));
  const auto& value = stored(row, item);
  if (asked.choice_repeat != no_row && value.is_string()) {
    for (const auto& each : state.items(asked.choice_repeat, state.root()))
      if (each->id == value.get_ref<const std::string&>()) return item_label(*each);
  }
  return answer_text(*form, asked, value, context.language);
}

/// The item's first answered text; without one the first answer of any kind, else its number.
std::string FillState::item_label(const Item& item) const {
  std::string any;
  for (auto i = item.repeat + 1; i < form->row(item.repeat).end; ++i) {
    const auto& row = form->row(i);
    if (row.scope != item.repeat || !row.is_question() || is_empty(state.stored(i, item))) continue;
    if (row.type == RowType::Text) return to_text(state.stored(i, item));
    if (any.empty()) any = value_text(i, item);
  }
  if (!any.empty()) return any;
  const auto& siblings = state.items(item.repeat, *item.parent);
  const auto at = std::find_if(siblings.begin(), siblings.end(), [&](const auto& each) { return each.get() == &item; });
  return text::get(text::from_code(context.language), "form.show.item",
                   {{"count", std::to_string(at - siblings.begin() + 1)}});
}

std::vector<ItemView> FillState::items(RowIndex repeat, const Item& parent) const {
  std::vector<ItemView> views;
  for (const auto& item : state.items(repeat, parent))
    views.push_back({item->id, item_path(*item), item_label(*item), views.size() + 1});
  return views;
}

QuestionView FillState::view(RowIndex index, Item& item) const {
  const auto& row = form->row(index);
  QuestionView view;
  view.path = path_of(index, item);
  view.name = row.name;
  view.type = row.type;
  view.number = row.number;
  view.label = label(row.label, item);
  view.hint = label(row.hint, item);
  if (row.section != no_row) view.section = form->row(row.section).name;
  if (row.parent != no_row && row.parent != row.section && form->row(row.parent).type == RowType::Group)
    view.group_label = label(form->row(row.parent).label, item);
  view.appearance = row.appearance;
  view.parameters = row.parameters;
  view.required = required(index, item);
  view.read_only = read_only(row);
  view.relevant = state.relevant(index, item);
  view.access_class = row.access_class;
  view.writes_to = row.writes_to;
  view.min_items = row.min_items;
  if (row.type == RowType::Repeat) {
    view.items = items(index, item);
    view.answered = !view.items.empty();
  } else if (row.is_question()) {
    view.value = stored(index, item);
    view.answered = !view.value.is_null();
    view.value_text = value_text(index, item);
  }
  if (row.is_select()) view.choices = choices(index, item);
  if (row.type == RowType::Range) view.range = row.range;
  for (std::size_t i = 0; i < form->size(); ++i) {
    const auto& note = form->rows()[i];
    if (note.warns != row.name || note.warns.empty()) continue;
    const auto* holder = state.ancestor(item, note.scope);
    const auto note_index = static_cast<RowIndex>(i);
    if (holder != nullptr && state.relevant(note_index, *holder)) view.warnings.push_back(label(note.label, *holder));
  }
  return view;
}

}  // namespace anketa::form
