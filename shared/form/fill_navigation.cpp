// Moving through what is relevant, in the order of the form.
#include <algorithm>

#include "shared/form/fill_state.hpp"

namespace anketa::form {
namespace {

/// Index of the place one stands at among the stops; their number at the end of the form.
std::size_t index_of(const std::vector<Stop>& stops, RowIndex row, const Item* item) {
  const auto found =
      std::find_if(stops.begin(), stops.end(), [&](const Stop& stop) { return stop.row == row && stop.item == item; });
  return static_cast<std::size_t>(found - stops.begin());
}

}  // namespace

bool FillSession::next() {
  auto& fill = *state_;
  if (fill.current_row == no_row) return false;
  const auto stops = fill.stops();
  for (auto i = index_of(stops, fill.current_row, fill.current_item) + 1; i < stops.size(); ++i) {
    if (!stops[i].relevant) continue;
    fill.stand_at(stops[i].row, stops[i].item);
    return true;
  }
  fill.stand_at(no_row, nullptr);
  return false;
}

bool FillSession::previous() {
  auto& fill = *state_;
  const auto stops = fill.stops();
  for (auto i = fill.current_row == no_row ? stops.size() : index_of(stops, fill.current_row, fill.current_item); i > 0;
       --i) {
    if (!stops[i - 1].relevant) continue;
    fill.stand_at(stops[i - 1].row, stops[i - 1].item);
    return true;
  }
  return false;
}

void FillSession::go_to_start() {
  state_->stand_at(no_row, nullptr);
  for (const auto& stop : state_->stops()) {
    if (!stop.relevant) continue;
    return state_->stand_at(stop.row, stop.item);
  }
}

std::optional<Problem> FillSession::jump(std::string_view section) {
  auto& fill = *state_;
  const auto row = fill.form->find(section);
  const bool is_section = row != no_row && fill.form->row(row).section == row;
  if (!is_section) return Problem{ProblemCode::NotFound, {}, std::string(section)};
  if (auto closed = fill.gate_problem(row, std::string(section))) return closed;
  for (const auto& stop : fill.stops()) {
    if (!stop.relevant || fill.form->row(stop.row).section != row) continue;
    fill.stand_at(stop.row, stop.item);
    return std::nullopt;
  }
  return Problem{ProblemCode::NotFound, {}, std::string(section)};
}

std::optional<Problem> FillSession::jump_to(std::string_view path) {
  auto& fill = *state_;
  const auto place = fill.find(path);
  if (!place || place->is_item) return Problem{ProblemCode::NotFound, {}, std::string(path)};
  if (auto closed = fill.gate_problem(place->row, std::string(path))) return closed;
  const auto stops = fill.stops();
  const auto index = index_of(stops, place->row, place->item);
  if (index == stops.size() || !stops[index].relevant) return Problem{ProblemCode::NotFound, {}, std::string(path)};
  fill.stand_at(place->row, place->item);
  return std::nullopt;
}

std::string FillSession::current_path() const {
  if (state_->current_row == no_row) return {};
  return state_->path_of(state_->current_row, *state_->current_item);
}

std::optional<QuestionView> FillSession::current() const {
  if (state_->current_row == no_row) return std::nullopt;
  return state_->view(state_->current_row, *state_->current_item);
}

QuestionView FillSession::question(std::string_view path) const {
  const auto place = state_->at(path);
  if (place.is_item) throw ProblemError(ProblemCode::NotFound, {}, std::string(path));
  return state_->view(place.row, *place.item);
}

std::vector<QuestionView> FillSession::section_questions(std::string_view section) const {
  const auto row = state_->form->find(section);
  std::vector<QuestionView> questions;
  for (const auto& stop : state_->stops())
    if (stop.relevant && row != no_row && state_->form->row(stop.row).section == row)
      questions.push_back(state_->view(stop.row, *stop.item));
  return questions;
}

std::vector<ItemView> FillSession::items(std::string_view repeat_path) const {
  const auto place = state_->at(repeat_path);
  if (place.is_item || state_->form->row(place.row).type != RowType::Repeat)
    throw ProblemError(ProblemCode::NotFound, {}, std::string(repeat_path));
  return state_->items(place.row, *place.item);
}

}  // namespace anketa::form
