// How far a questionnaire is: sections, progress, gaps, validation.
#include "shared/form/fill_state.hpp"

namespace anketa::form {
namespace {

SectionView section_view(const FillState& fill, RowIndex index) {
  const auto& row = fill.form->row(index);
  SectionView view;
  view.name = row.name;
  view.number = row.number;
  view.label = fill.label(row.label, fill.state.root());
  view.hint = fill.label(row.hint, fill.state.root());
  view.access_class = row.access_class;
  view.minutes = row.minutes;
  view.side = row.side;
  view.relevant = fill.state.relevant(index, fill.state.root());
  view.locked = fill.locked(index);
  view.is_gate = row.gate;
  return view;
}

/// Whether the place lacks what has to be there; repeats lack items, questions an answer.
bool lacks(FillState& fill, const Stop& stop) {
  const auto& row = fill.form->row(stop.row);
  if (row.type == RowType::Repeat)
    return fill.state.items(stop.row, *stop.item).size() < static_cast<std::size_t>(row.min_items);
  return row.is_question() && is_empty(fill.state.stored(stop.row, *stop.item)) && fill.required(stop.row, *stop.item);
}

Gap gap(const FillState& fill, const Stop& stop) {
  const auto& row = fill.form->row(stop.row);
  const auto language = text::from_code(fill.context.language);
  Gap gap;
  gap.kind = row.type == RowType::Repeat ? Gap::Kind::ItemsMissing : Gap::Kind::Required;
  gap.path = fill.path_of(stop.row, *stop.item);
  gap.name = row.name;
  gap.number = row.number;
  gap.label = fill.label(row.label, *stop.item);
  gap.section = row.section == no_row ? "" : fill.form->row(row.section).name;
  gap.message = fill.label(row.required_message, *stop.item);
  if (gap.message.empty())
    gap.message = gap.kind == Gap::Kind::Required
                      ? text::get(language, "form.gap.required")
                      : text::get(language, "form.gap.items", {{"count", std::to_string(row.min_items)}});
  return gap;
}

}  // namespace

std::vector<SectionView> FillSession::sections() const {
  return progress().sections;
}

Progress FillSession::progress() const {
  auto& fill = *state_;
  Progress progress;
  progress.minutes_max = fill.form->settings().minutes_max;
  for (const auto section : fill.form->sections()) {
    progress.sections.push_back(section_view(fill, section));
    if (progress.sections.back().relevant) progress.minutes_planned += progress.sections.back().minutes;
  }
  for (const auto& stop : fill.stops()) {
    if (!stop.relevant) continue;
    const auto& row = fill.form->row(stop.row);
    SectionView none;
    auto* section = &none;
    for (std::size_t i = 0; i < progress.sections.size(); ++i)
      if (fill.form->sections()[i] == row.section) section = &progress.sections[i];
    if (row.is_question()) {
      const bool answered = !is_empty(fill.state.stored(stop.row, *stop.item));
      ++progress.total;
      ++section->total;
      progress.answered += answered ? 1 : 0;
      section->answered += answered ? 1 : 0;
    }
    if (lacks(fill, stop)) {
      ++progress.missing;
      ++section->missing;
    }
  }
  return progress;
}

std::vector<Gap> FillSession::missing() const {
  std::vector<Gap> gaps;
  for (const auto& stop : state_->stops())
    if (stop.relevant && lacks(*state_, stop)) gaps.push_back(gap(*state_, stop));
  return gaps;
}

}  // namespace anketa::form
