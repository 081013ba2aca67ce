#include "shared/form/fill_session.hpp"

#include "shared/form/answer_value.hpp"
#include "shared/form/fill_state.hpp"

namespace anketa::form {

FillSession::FillSession(std::shared_ptr<const Form> form, Json answers, FillContext context, Autosave autosave)
    : state_(
          std::make_unique<FillState>(std::move(form), std::move(answers), std::move(context), std::move(autosave))) {
  go_to_start();
}
FillSession::FillSession(FillSession&&) noexcept = default;
FillSession& FillSession::operator=(FillSession&&) noexcept = default;
FillSession::~FillSession() = default;

const Form& FillSession::form() const {
  return *state_->form;
}
const Json& FillSession::answers() const {
  return state_->answers;
}
const std::string& FillSession::language() const {
  return state_->context.language;
}
FillStatus FillSession::status() const {
  return state_->context.status;
}
const std::string& FillSession::resume_point() const {
  return state_->context.resume_point;
}
const std::vector<Problem>& FillSession::unfit_prefills() const {
  return state_->unfit;
}
std::size_t FillSession::evaluated() const {
  return state_->state.evaluated();
}

void FillSession::set_language(std::string language) {
  state_->context.language = language;
  state_->state.set_language(std::move(language));
}

void FillSession::set_now(LocalTime now) {
  state_->context.now = now;
  state_->state.set_now(now);
  state_->refresh_live_values();
  state_->store_once_values();
}

std::optional<Problem> FillSession::answer(std::string_view path, const Json& value) {
  const auto place = state_->find(path);
  if (!place || place->is_item) return Problem{ProblemCode::NotFound, {}, std::string(path)};
  Json canonical;
  if (auto problem = state_->check(place->row, *place->item, std::string(path), value, canonical)) return problem;
  state_->store(place->row, *place->item, canonical);
  return std::nullopt;
}

std::optional<Problem> FillSession::check(std::string_view path, const Json& value) const {
  const auto place = state_->find(path);
  if (!place || place->is_item) return Problem{ProblemCode::NotFound, {}, std::string(path)};
  Json canonical;
  return state_->check(place->row, *place->item, std::string(path), value, canonical);
}

bool FillSession::is_relevant(std::string_view path) const {
  const auto place = state_->find(path);
  if (!place) return false;
  return state_->state.relevant(place->row, place->is_item ? *place->item->parent : *place->item);
}

}  // namespace anketa::form
