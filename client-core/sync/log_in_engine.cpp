#include "client-core/sync/log_in_engine.hpp"

#include <stdexcept>

#include "client-core/store/key_table.hpp"
#include "client-core/store/sql.hpp"
#include "shared/protocol/session_messages.hpp"

namespace anketa::client {

// One attempt: a person stands by and tries again himself; a password must not be tried behind his back.
LogInEngine::LogInEngine(ClientStore& store, LogInDetails details)
    : store_(store), details_(std::move(details)), exchange_(store, {1, false}) {}

Instructions LogInEngine::step(Event event) {
  if (over_) throw std::logic_error("the log-in is over");
  if (std::holds_alternative<Start>(event)) return {request()};
  over_ = true;
  try {
    if (std::holds_alternative<Cancel>(event)) return {Failed{{ProblemCode::Cancelled, {}, {}}}};
    const auto outcome = exchange_.step(std::move(event));
    if (outcome.failed) return {Failed{*outcome.failed}};
    take_session(*outcome.answer);
    Summary summary;
    summary.rounds = 1;
    return {Done{summary}};
  } catch (const ProblemError& error) {
    return {Failed{error.problem()}};
  }
}

Instruction LogInEngine::request() {
  const auto device = guarded([&] { return store_.device().get(); });
  protocol::LogInRequest request{details_.login, details_.password, device.fork_id.value_or(device.id),
                                 details_.device_name};
  request.program = protocol::program_version();
  if (auto keys = guarded([&] { return KeyTable(store_.database()).own(); })) request.keys = std::move(keys->shown);
  return exchange_.send({"POST", "/v1/login", {}, canonical(to_json(request))});
}

void LogInEngine::take_session(const ResponseReceived& response) {
  Json json;
  try {
    json = parse_json(response.body);
  } catch (const ProblemError&) {
    throw ProblemError(ProblemCode::BadAnswer, {}, "session");
  }
  const auto session = protocol::session_from_json(json);
  guarded([&] {
    Atomic atomic(store_.database());
    const auto before = store_.device().account();
    const bool other = before && !(before->user == session.user);
    if (other && (store_.records().count() > 0 || store_.outbox().any_pending()))
      throw ProblemError(ProblemCode::OtherUser);
    store_.device().set_account(
        {session.user, session.login, session.name, session.role, details_.server, session.access, session.refresh});
    store_.device().become_fork(store_.random_token());
    if (session.keys) KeyTable(store_.database()).set_server(*session.keys);
    atomic.commit();
  });
}

}  // namespace anketa::client
