#include "client-core/sync/log_out_engine.hpp"

#include <stdexcept>

#include "shared/protocol/session_messages.hpp"

namespace anketa::client {

// One attempt: who logs out wants to go.
LogOutEngine::LogOutEngine(ClientStore& store, std::string refresh)
    : exchange_(store, {1, false}), refresh_(std::move(refresh)) {}

Instructions LogOutEngine::step(Event event) {
  if (over_) throw std::logic_error("the log-out is over");
  if (std::holds_alternative<Start>(event) && !refresh_.empty())
    return {exchange_.send({"POST", "/v1/logout", {}, canonical(to_json(protocol::RefreshRequest{refresh_}))})};
  over_ = true;
  if (std::holds_alternative<Start>(event)) return {Done{}};
  if (std::holds_alternative<Cancel>(event)) return {Failed{{ProblemCode::Cancelled, {}, {}}}};
  const auto outcome = exchange_.step(std::move(event));
  if (outcome.failed) return {Failed{*outcome.failed}};
  Summary summary;
  summary.rounds = 1;
  return {Done{summary}};
}

}  // namespace anketa::client
