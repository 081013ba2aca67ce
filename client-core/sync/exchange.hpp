// One request until it is answered: the bearer token and its renewal, pauses and further attempts.
//
// Sans-IO like the engines that use it. A request may be sent several times; the protocol makes that harmless.
#pragma once

#include <optional>
#include <string>

#include "anketa/sync.hpp"
#include "client-core/store/store.hpp"

namespace anketa::client {

class Exchange {
 public:
  struct Options {
    int attempts = 1;
    /// Send the access token, and renew it once when the server says it has expired.
    bool authorised = true;
  };

  Exchange(ClientStore& store, Options options) : store_(store), options_(options) {}

  /// What came of an event. Exactly one of the four is set.
  struct Outcome {
    std::optional<Instruction> next;
    std::optional<ResponseReceived> answer;
    std::optional<Problem> failed;
    /// The device is registered anew; what is sent next is sent as that device.
    bool registered = false;
  };

  Instruction send(SendRequest request);
  /// Asks the server to register this copy of a device as the device `id`, of the same user.
  Instruction register_as(const Uuid& id);
  /// Takes ResponseReceived, TransportFailed and TimerFired. Throws std::logic_error for one that is not awaited.
  Outcome step(Event event);
  /// A pause before work that is not a further attempt of the request.
  Wait pause(int round, std::optional<Problem> reason);
  bool idle() const { return state_ == State::Idle; }

 private:
  enum class State { Idle, Sent, Refreshing, Registering, Pausing };
  Instruction send_again();
  Instruction refresh();
  Outcome responded(ResponseReceived response);
  Outcome refreshed(const ResponseReceived& response);
  Outcome registered(const ResponseReceived& response);
  Outcome retry_or_fail(Problem problem, std::optional<std::int64_t> asked_ms);

  ClientStore& store_;
  Options options_;
  State state_ = State::Idle;
  SendRequest request_;
  int attempt_ = 0;
  bool renewed_ = false;
};

/// The problem an error answer carries; BadAnswer where its body is none of ours.
Problem problem_of(const ResponseReceived& response);

}  // namespace anketa::client
