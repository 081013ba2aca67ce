#include "client-core/sync/exchange.hpp"

#include <charconv>
#include <stdexcept>

#include "client-core/store/sql.hpp"
#include "client-core/sync/sync_tuning.hpp"
#include "shared/protocol/session_messages.hpp"

namespace anketa::client {
namespace {

/// Answers after which the same request may well succeed.
bool passes(int status) {
  return status == 408 || status == 429 || status >= 500;
}

/// Milliseconds of a Retry-After in seconds.
std::optional<std::int64_t> asked_pause(const ResponseReceived& response) {
  const auto value = header(response.headers, "Retry-After");
  if (!value) return std::nullopt;
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), seconds);
  if (error != std::errc() || end != value->data() + value->size() || seconds < 0) return std::nullopt;
  return std::min<std::int64_t>(seconds, 86'400) * 1000;
}

SendRequest refresh_by(const std::optional<AccountRow>& account, std::optional<Uuid> as_device) {
  const protocol::RefreshRequest request{account ? account->refresh : std::string(), as_device,
                                         std::string(protocol::program_version())};
  return {"POST", "/v1/refresh", {{"Content-Type", "application/json"}}, canonical(to_json(request))};
}

}  // namespace

Problem problem_of(const ResponseReceived& response) {
  const auto json = Json::parse(response.body, nullptr, false);
  if (json.is_object() && json.contains("code")) return Problem::from_json(json);
  return {ProblemCode::BadAnswer, {{"status", std::to_string(response.status)}}, {}};
}

Instruction Exchange::send(SendRequest request) {
  if (state_ != State::Idle) throw std::logic_error("a request is under way");
  request_ = std::move(request);
  attempt_ = 1;
  renewed_ = false;
  return send_again();
}

Instruction Exchange::send_again() {
  state_ = State::Sent;
  auto request = request_;
  if (!header(request.headers, "Content-Type")) request.headers.emplace_back("Content-Type", "application/json");
  if (options_.authorised) {
    const auto account = guarded([&] { return store_.device().account(); });
    request.headers.emplace_back("Authorization", "Bearer " + (account ? account->access : std::string()));
  }
  return request;
}

Instruction Exchange::refresh() {
  state_ = State::Refreshing;
  renewed_ = true;
  const auto account = guarded([&] { return store_.device().account(); });
  return refresh_by(account, std::nullopt);
}

Instruction Exchange::register_as(const Uuid& id) {
  state_ = State::Registering;
  const auto account = guarded([&] { return store_.device().account(); });
  return refresh_by(account, id);
}

Exchange::Outcome Exchange::step(Event event) {
  if (std::holds_alternative<TimerFired>(event)) {
    if (state_ != State::Pausing) throw std::logic_error("no pause is under way");
    return {send_again(), {}, {}};
  }
  if (state_ != State::Sent && state_ != State::Refreshing && state_ != State::Registering)
    throw std::logic_error("no request is under way");
  if (auto* failed = std::get_if<TransportFailed>(&event)) {
    // The old refresh token still holds: it may be tried again.
    if (state_ == State::Refreshing) renewed_ = false;
    const bool hopeless = failed->problem.code == ProblemCode::CertificateUntrusted;
    if (!hopeless) return retry_or_fail(std::move(failed->problem), std::nullopt);
    state_ = State::Idle;
    return {{}, {}, std::move(failed->problem)};
  }
  auto& response = std::get<ResponseReceived>(event);
  if (state_ == State::Registering) return registered(response);
  return state_ == State::Refreshing ? refreshed(response) : responded(std::move(response));
}

Exchange::Outcome Exchange::registered(const ResponseReceived& response) {
  if (response.status >= 200 && response.status < 300) {
    state_ = State::Idle;
    try {
      const auto session = protocol::session_from_json(parse_json(response.body));
      guarded([&] {
        Atomic atomic(store_.database());
        store_.device().set_tokens(session.access, session.refresh);
        store_.device().become_fork(store_.random_token());
        atomic.commit();
      });
      return {{}, {}, {}, true};
    } catch (const ProblemError& error) {
      return {{}, {}, error.problem()};
    }
  }
  // The request that was refused goes out again after the pause, is refused, and the device registers then.
  if (passes(response.status)) return retry_or_fail(problem_of(response), asked_pause(response));
  state_ = State::Idle;
  auto problem = problem_of(response);
  // With an older refresh token than the other copy's the person has to log in; he does so as the new device.
  if (problem.code != ProblemCode::DeviceRevoked) problem = {ProblemCode::NotLoggedIn, {}, {}};
  return {{}, {}, std::move(problem)};
}

Exchange::Outcome Exchange::responded(ResponseReceived response) {
  if (response.status >= 200 && response.status < 300) {
    state_ = State::Idle;
    return {{}, std::move(response), {}};
  }
  if (response.status == 401 && options_.authorised && !renewed_) return {refresh(), {}, {}};
  auto problem = problem_of(response);
  if (passes(response.status)) return retry_or_fail(std::move(problem), asked_pause(response));
  state_ = State::Idle;
  return {{}, {}, std::move(problem)};
}

Exchange::Outcome Exchange::refreshed(const ResponseReceived& response) {
  if (response.status >= 200 && response.status < 300) {
    try {
      const auto session = protocol::session_from_json(parse_json(response.body));
      // Durable before it is used: the server takes the old one until then, and not afterwards.
      guarded([&] { store_.device().set_tokens(session.access, session.refresh); });
      return {send_again(), {}, {}};
    } catch (const ProblemError& error) {
      state_ = State::Idle;
      return {{}, {}, error.problem()};
    }
  }
  if (passes(response.status)) {
    renewed_ = false;
    return retry_or_fail(problem_of(response), asked_pause(response));
  }
  state_ = State::Idle;
  auto problem = problem_of(response);
  // A device that was revoked is told so; everything else means: log in again.
  if (problem.code != ProblemCode::DeviceRevoked) problem = {ProblemCode::NotLoggedIn, {}, {}};
  return {{}, {}, std::move(problem)};
}

Exchange::Outcome Exchange::retry_or_fail(Problem problem, std::optional<std::int64_t> asked_ms) {
  const bool too_long = asked_ms && *asked_ms > tuning::longest_asked_pause_ms;
  if (attempt_ >= options_.attempts || too_long) {
    state_ = State::Idle;
    return {{}, {}, std::move(problem)};
  }
  auto wait = pause(attempt_, std::move(problem));
  if (asked_ms) wait.milliseconds = std::max(wait.milliseconds, *asked_ms);
  ++attempt_;
  state_ = State::Pausing;
  return {std::move(wait), {}, {}};
}

Wait Exchange::pause(int round, std::optional<Problem> reason) {
  std::int64_t whole = tuning::first_pause_ms;
  for (int i = 1; i < round && whole < tuning::longest_pause_ms; ++i) whole *= 2;
  whole = std::min(whole, tuning::longest_pause_ms);
  std::array<std::byte, 2> random{};
  store_.environment().random(random);
  const auto fraction = std::to_integer<std::int64_t>(random[0]) * 256 + std::to_integer<std::int64_t>(random[1]);
  return {whole - whole / 2 * fraction / 65'536, std::move(reason)};
}

}  // namespace anketa::client
