#include "client-core/sync/read_engine.hpp"

#include <stdexcept>

namespace anketa::client {

ReadEngine::ReadEngine(ClientStore& store, std::string method, std::string path, int attempts,
                       std::function<void(std::string)> take)
    : exchange_(store, {attempts, true}), method_(std::move(method)), path_(std::move(path)), take_(std::move(take)) {}

Instructions ReadEngine::step(Event event) {
  if (over_) throw std::logic_error("the reading is over");
  if (std::holds_alternative<Start>(event)) return {exchange_.send({method_, path_, {}, {}})};
  if (std::holds_alternative<Cancel>(event)) {
    over_ = true;
    return {Failed{{ProblemCode::Cancelled, {}, {}}}};
  }
  try {
    auto outcome = exchange_.step(std::move(event));
    if (outcome.next) return {std::move(*outcome.next)};
    over_ = true;
    if (outcome.failed) return {Failed{std::move(*outcome.failed)}};
    take_(std::move(outcome.answer->body));
  } catch (const ProblemError& error) {
    over_ = true;
    return {Failed{error.problem()}};
  }
  Summary summary;
  summary.rounds = 1;
  return {Done{summary}};
}

}  // namespace anketa::client
