// From a whole request to the bytes of a response: routing, workers, problems in the reader's language, compression,
// security headers, metrics and the log line. No sockets: a connection calls it, and so can a test.
//
// Thread safety: all calls may come from any thread; `done` is called once, on any thread. A Responder may outlive the
// dispatcher (a store's writer may still hold one): its answer then goes nowhere, for nobody is left to hear it.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sync-server/http/message.hpp"
#include "sync-server/http/metrics.hpp"
#include "sync-server/http/router.hpp"
#include "sync-server/http/worker_pool.hpp"

namespace anketa::server::http {

/// A response ready for the wire.
struct Outgoing {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::string_view static_body;
  std::shared_ptr<const FilePiece> file;
  std::shared_ptr<LiveEndpoint> live;
  bool close = false;

  std::string_view content() const noexcept { return static_body.empty() ? std::string_view(body) : static_body; }
  std::uint64_t length() const noexcept { return file ? file->length() : content().size(); }
};

class Dispatcher {
 public:
  using Done = std::function<void(Outgoing)>;

  /// `secure`: the connections are TLS, so Strict-Transport-Security may be sent.
  Dispatcher(const Router& router, Registry& metrics, int workers, bool secure);
  ~Dispatcher();
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;

  /// Most bytes the body of such a request may have; nothing fits, no body is wanted.
  std::size_t max_body(std::string_view method, std::string_view path) const;
  /// The size of the parts in which such a request's body goes to the handler; 0: it is collected.
  std::size_t part_bytes(std::string_view method, std::string_view path) const;

  /// Runs the handler on a worker. The id of the request is set here.
  void dispatch(Request request, Done done);

  /// The response to a request that never became one: malformed, too large, too slow. Logged and counted.
  Outgoing refuse(const Problem& problem, const Request& so_far);

  /// Lets running handlers finish. Requests dispatched later are answered with Unavailable.
  void stop();

 private:
  using Clock = std::chrono::steady_clock;
  struct Exchange;
  /// The way of a Responder to the dispatcher; it closes when the dispatcher goes.
  struct Door {
    std::shared_mutex mutex;
    Dispatcher* dispatcher = nullptr;
  };

  std::string next_request_id();
  void run(const std::shared_ptr<Exchange>& exchange, Request request);
  void take_answer(const std::shared_ptr<Exchange>& exchange, Response response);
  void answer(Exchange& exchange, Response response);
  Outgoing render(const Exchange& exchange, Response response) const;
  void record(const Exchange& exchange, const Outgoing& outgoing, const std::optional<Problem>& problem);

  const Router& router_;
  Registry& metrics_;
  bool secure_;
  std::string id_prefix_;
  std::atomic<std::uint64_t> next_id_{1};
  Counter& bytes_in_;
  Counter& bytes_out_;
  std::shared_ptr<Door> door_ = std::make_shared<Door>();
  WorkerPool workers_;
};

}  // namespace anketa::server::http
