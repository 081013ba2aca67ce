// Sans-IO engines: an event goes in, instructions come out; whoever holds the engine executes them.
//
// Model: an Engine is one piece of network work (a sync, a log-in). Feed Start first and obey every instruction in
// order. At most one SendRequest or Wait is under way at a time; report its end with ResponseReceived, TransportFailed
// or TimerFired. Done or Failed is the last instruction: the engine then takes no more events. Cancel may come at any
// time. Everything durable is in the client's store, so an engine may be dropped at any point and a new one begun.
// An engine never touches a socket, a clock or a thread: Beast, fetch and a simulator execute the same instructions.
// Thread safety: an engine belongs to the thread of the Client that made it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "shared/problem/problem.hpp"
#include "shared/record/json.hpp"
#include "shared/record/uuid.hpp"

namespace anketa::client {

/// Names and values of an HTTP message. Names compare without regard to case.
using Headers = std::vector<std::pair<std::string, std::string>>;

/// The value of a header; none where it is absent.
std::optional<std::string_view> header(const Headers& headers, std::string_view name);

// Events

struct Start {};
/// A whole answer arrived; its body is decompressed already.
struct ResponseReceived {
  int status = 0;
  Headers headers;
  std::string body;
};
/// No answer: connection refused, cut or timed out, or the certificate is not trusted.
struct TransportFailed {
  Problem problem;
};
/// The Wait is over.
struct TimerFired {};
/// The user gave up. The engine ends with Failed(Cancelled); what was committed stays.
struct Cancel {};

using Event = std::variant<Start, ResponseReceived, TransportFailed, TimerFired, Cancel>;

// Instructions

/// Send this to the server the client is logged in at. Compressing the body is the executor's business.
struct SendRequest {
  std::string method;
  /// Path below the server's address: "/v1/sync".
  std::string path;
  Headers headers;
  std::string body;
};
/// Feed TimerFired after that long.
struct Wait {
  std::int64_t milliseconds = 0;
  /// What is being waited for, if something went wrong: to tell the user.
  std::optional<Problem> reason;
};
/// For a progress bar. Counts only grow within one engine.
struct Progress {
  std::uint64_t pushed = 0;
  /// Mutations known to be pushed by this sync.
  std::uint64_t to_push = 0;
  std::uint64_t pulled = 0;
};
/// What a sync did.
struct Summary {
  std::uint64_t pushed = 0;
  std::uint64_t applied = 0;
  std::uint64_t merged = 0;
  std::uint64_t conflicts = 0;
  std::uint64_t parked = 0;
  std::uint64_t waiting = 0;
  /// Records received, and records that left the device's sight.
  std::uint64_t pulled = 0;
  std::uint64_t removed = 0;
  /// Contents of attachments uploaded, and those the server did not take.
  std::uint64_t attachments = 0;
  std::uint64_t attachments_refused = 0;
  /// Requests answered.
  std::uint64_t rounds = 0;
  /// Records that turned out to differ from the server's, and were brought into line.
  std::uint64_t repaired = 0;
};
struct Done {
  Summary summary;
};
struct Failed {
  Problem problem;
};

using Instruction = std::variant<SendRequest, Wait, Progress, Done, Failed>;
using Instructions = std::vector<Instruction>;

class Engine {
 public:
  virtual ~Engine() = default;

  /// Never throws for what a server or a network does: that ends in Failed. An event that does not fit (a response
  /// without a request under way) is a mistake of the caller and throws std::logic_error.
  virtual Instructions step(Event event) = 0;

  /// Local work that can be done while a request is under way: committing the last page, preparing the next batch.
  /// Calling it is optional (the next step() does what is left) and makes a sync quicker. What fails shows in step().
  virtual void work_while_waiting() {}
};

// Their JSON, for the C API, the browser and committed transcripts:
//   {"event":"response","status":200,"headers":{...},"body":"..."}
//   {"do":"send","method":"POST","path":"/v1/sync","headers":{...},"body":"..."}
// A body that is no text (parts of an attachment) is in "bytes" instead, as base64, in both directions.

/// Problems are told in `language`.
Json to_json(const Instruction& instruction, text::Language language = text::Language::Russian);
Json to_json(const Summary& summary);
/// Throws ProblemError (UsageInvalid) where the JSON is no event.
Event event_from_json(const Json& json);

}  // namespace anketa::client
