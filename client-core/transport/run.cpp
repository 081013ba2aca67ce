// Feeding an engine until it is done.
#include "anketa/client.hpp"
#include "client-core/transport/transport.hpp"

namespace anketa::client {
namespace {

/// What the instructions of one step ask for.
struct Asked {
  std::optional<SendRequest> send;
  std::optional<Wait> wait;
  std::optional<Summary> done;
};

Asked read(Instructions instructions, const ProgressHook& progress) {
  Asked asked;
  for (auto& instruction : instructions) {
    if (auto* send = std::get_if<SendRequest>(&instruction)) asked.send = std::move(*send);
    if (auto* wait = std::get_if<Wait>(&instruction)) asked.wait = std::move(*wait);
    if (const auto* done = std::get_if<Done>(&instruction)) asked.done = done->summary;
    if (auto* failed = std::get_if<Failed>(&instruction)) throw ProblemError(std::move(failed->problem));
    if (const auto* step = std::get_if<Progress>(&instruction); step && progress) progress(*step);
  }
  return asked;
}

Event execute(const Asked& asked, Engine& engine, Transport& transport, const CancelToken& cancel) {
  if (asked.wait) {
    transport.wait(asked.wait->milliseconds, cancel);
    if (!cancel.cancelled()) return TimerFired{};
  } else if (asked.send && !cancel.cancelled()) {
    auto outcome = transport.exchange(
        *asked.send, [&engine] { engine.work_while_waiting(); }, cancel);
    if (auto* response = std::get_if<ResponseReceived>(&outcome)) return std::move(*response);
    if (!cancel.cancelled()) return std::get<TransportFailed>(std::move(outcome));
  }
  return Cancel{};
}

}  // namespace

Summary run(Engine& engine, Transport& transport, const ProgressHook& progress, const CancelToken* cancel) {
  static const CancelToken never;
  Event event = Start{};
  for (;;) {
    const auto asked = read(engine.step(std::move(event)), progress);
    if (asked.done) return *asked.done;
    event = execute(asked, engine, transport, cancel ? *cancel : never);
  }
}

Summary run_sync(Client& client, Transport& transport, const ProgressHook& progress, const CancelToken* cancel) {
  const auto engine = client.sync();
  return run(*engine, transport, progress, cancel);
}

}  // namespace anketa::client
