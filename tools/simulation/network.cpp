// Messages between devices and the server, and the server's side of an exchange.
#include "client-core/sync/exchange.hpp"
#include "shared/protocol/limits.hpp"
#include "tools/simulation/world.hpp"

namespace anketa::simulation {
namespace {

constexpr Instant timeout = 60'000;
std::string cut(const std::string& text, Rng& rng) {
  return text.substr(0, rng.below(text.size()));
}

client::ResponseReceived answer_of(const Problem& problem) {
  return {http_status(problem.code), {}, problem.to_json(text::Language::English).dump()};
}

/// As the server's connection reads it from the wire.
server::http::Request message_of(const client::SendRequest& asked) {
  server::http::Request message;
  message.method = asked.method;
  message.body = asked.body;
  const auto target = server::http::parse_target(asked.path).value();
  message.path = target.path;
  message.query = target.query;
  for (auto [name, value] : asked.headers) {
    std::transform(name.begin(), name.end(), name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
    message.headers[name] = std::move(value);
  }
  return message;
}

/// As the device's transport reads it.
client::ResponseReceived answer_of(const server::http::Response& response, bool bodiless) {
  auto answer = response.problem ? answer_of(*response.problem)
                                 : client::ResponseReceived{response.status, {}, std::string(response.content())};
  answer.status = response.status;
  answer.headers = response.headers;
  if (response.file) {
    answer.body.resize(static_cast<std::size_t>(response.file->length()));
    response.file->read(0, answer.body);
  }
  if (bodiless) answer.body.clear();
  return answer;
}

}  // namespace

/// Whether a fault of messages strikes this one.
bool World::fate(FaultKind kind) {
  if (!faults_ || !rng_.chance(weight_of(kind).chance)) return false;
  tally_.count(kind);
  return true;
}

void World::send_request(Device& device, const client::SendRequest& request) {
  const auto exchange = device.exchange = ++exchanges_;
  const int index = device.index;
  after(timeout, [this, index, exchange] { fail_transport(index, exchange); });
  auto message = message_of(request);
  auto& body = message.body;
  if (page_limit_ > 0) {
    const auto at = body.find("\"limit\":" + std::to_string(protocol::max_page));
    if (at != std::string::npos)
      body.replace(at, 8 + std::to_string(protocol::max_page).size(), "\"limit\":" + std::to_string(page_limit_));
  }
  if (!body.empty() && fate(FaultKind::RequestCut)) body = cut(body, rng_);
  Instant delay = rng_.between(5, 400);
  if (fate(FaultKind::Delayed)) delay = rng_.between(400, 120'000);
  const auto arrives = [this, asked = Request{index, exchange, std::move(message)}] { arrive(asked); };
  if (fate(FaultKind::RequestRepeated)) after(delay + rng_.between(1, 600'000), arrives);
  if (fate(FaultKind::RequestLost)) return;
  after(delay, arrives);
}

void World::arrive(const Request& request) {
  const auto index = request.device;
  const auto exchange = request.exchange;
  if (!server_.running()) return fail_transport(index, exchange);
  if (fate(FaultKind::Unavailable))
    return send_answer(index, exchange, answer_of(Problem{ProblemCode::Unavailable, {}, {}}));
  // Contents of attachments are one program's affair.
  const bool of_contents =
      request.message.path.starts_with("/v1/uploads") || request.message.path.starts_with("/v1/blobs");
  const bool second = server_.second_running() && !of_contents && rng_.chance(500);
  if (second) tally_.count(FaultKind::OtherServer);
  auto& program = second ? server_.second_program() : server_.program();
  const bool bodiless = request.message.method == "HEAD";
  program.handle(request.message, [this, index, exchange, bodiless](const server::http::Response& response) {
    outcomes_.push_back({index, exchange, answer_of(response, bodiless)});
  });
  // Several requests may share a commit.
  if (!committing_ && rng_.chance(300)) {
    committing_ = true;
    after(rng_.between(1, 2000), [this] { commit_server(); });
  } else if (!committing_) {
    commit_server();
  }
}

void World::log_in_at_once(Device& device) {
  client::Instructions instructions;
  const auto engine = device.log_in(instructions);
  while (const auto* asked = std::get_if<client::SendRequest>(&instructions.front())) {
    client::ResponseReceived answer;
    server_.program().handle(message_of(*asked),
                             [&](const server::http::Response& response) { answer = answer_of(response, false); });
    instructions = device.hand().step(*engine, std::move(answer));
  }
  if (!std::holds_alternative<client::Done>(instructions.back()))
    throw Violation(Invariant::Ends, device.name + " cannot log in");
}

void World::commit_server() {
  committing_ = false;
  if (!server_.running()) return;
  server_.write_queued(server_.second_running() && rng_.chance(500));
  after_server();
}

void World::after_server() {
  if (server_.disk.dead()) return server_died();
  const auto outcomes = std::exchange(outcomes_, {});
  std::map<Uuid, std::set<Scope>> before;
  for (const auto& outcome : outcomes) {
    const auto& device = *devices_[static_cast<std::size_t>(outcome.device)];
    if (device.role == Role::Rep) before[device.user] = watch_.scopes_of(device.user);
  }
  watch_.observe(server_.store(), [this](const Uuid& id, const Digest* hash) {
    return std::any_of(devices_.begin(), devices_.end(),
                       [&](const auto& device) { return device->ledger.ever_had(id, hash); });
  });
  for (const auto& outcome : outcomes) {
    const auto& device = *devices_[static_cast<std::size_t>(outcome.device)];
    check_disclosure(device, outcome.answer.body, before[device.user]);
    if (outcome.answer.status >= 400) {
      const auto problem = client::problem_of(outcome.answer);
      if (problem.code == ProblemCode::Internal)
        throw Violation(Invariant::Ends, "the server failed: " + outcome.answer.body);
      tell("the server refuses: " + problem.what(text::Language::English));
    }
    send_answer(outcome.device, outcome.exchange, outcome.answer);
  }
}

/// No answer names an account its reader does not work with, nor holds a class of fields he may not see.
void World::check_disclosure(const Device& device, const std::string& answer, const std::set<Scope>& before) {
  if (device.role == Role::Service)
    for (const auto* mark : {"~personal", "~relations", "~finance", "~unknown"})
      if (answer.find(mark) != std::string::npos)
        throw Violation(Invariant::NothingDisclosed, device.name + " was sent a value marked " + mark);
  if (device.role != Role::Rep) return;
  auto allowed = watch_.scopes_of(device.user);
  allowed.insert(before.begin(), before.end());
  for (auto at = answer.find("~s"); at != std::string::npos; at = answer.find("~s", at + 1)) {
    const auto scope = Uuid::parse(std::string_view(answer).substr(at + 2, 36));
    if (scope && !(*scope == company_scope) && !allowed.contains(*scope))
      throw Violation(Invariant::NothingDisclosed,
                      device.name + " was sent a value of account " + scope->text() + ", which is not his");
  }
}

void World::send_answer(int index, std::uint64_t exchange, client::ResponseReceived answer) {
  if (fate(FaultKind::AnswerLost)) return;
  if (!answer.body.empty() && fate(FaultKind::AnswerCut)) answer.body = cut(answer.body, rng_);
  Instant delay = rng_.between(5, 400);
  if (fate(FaultKind::Delayed)) delay = rng_.between(400, 120'000);
  after(delay, [this, index, exchange, answer = std::move(answer)] {
    auto& device = *devices_[static_cast<std::size_t>(index)];
    if (!device.engine || device.exchange != exchange) return;
    device.exchange = 0;
    feed(device, answer);
  });
}

void World::fail_transport(int index, std::uint64_t exchange) {
  auto& device = *devices_[static_cast<std::size_t>(index)];
  if (!device.engine || device.exchange != exchange) return;
  device.exchange = 0;
  feed(device, client::TransportFailed{{ProblemCode::ServerUnreachable, {}, {}}});
}

void World::server_died() {
  tell("the server dies in the middle of a write");
  constexpr MemoryDisk::Loss losses[] = {MemoryDisk::Loss::Nothing, MemoryDisk::Loss::Unsynced, MemoryDisk::Loss::Some};
  server_.crash(losses[rng_.below(3)], rng_);
  // Also what the program would have said while it went.
  outcomes_.clear();
  after(rng_.between(1'000, 120'000), [this] { start_server(); });
}

void World::start_second_server() {
  if (!two_servers_ || !server_.running() || server_.second_running()) return;
  try {
    server_.start_second();
  } catch (const ProblemError&) {
    if (server_.disk.dead()) return server_died();
    // It finds no room, and is started again when there is some.
    if (!server_.disk.full()) throw;
    after(3'600'000, [this] { start_second_server(); });
  }
}

void World::start_server() {
  if (server_.running()) return;
  tell("the server starts");
  server_.disk.set_room(-1);
  server_.start();
  start_second_server();
  after_server();
}

}  // namespace anketa::simulation
