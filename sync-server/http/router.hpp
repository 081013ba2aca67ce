// Routes by method and path pattern to handlers.
//
// A pattern is a path whose segments may be captures: "/v1/records/{collection}/{id}"; a last segment "{rest...}"
// captures all that follows. Literal segments win over captures, whatever the order of adding.
// A handler runs on a worker thread and owns its request. It answers by calling the Responder, at once or later from
// any thread (after a group commit, say). A handler that throws is answered with the problem it threw. Thread safety:
// add routes first, then share; matching is const.
#pragma once

#include <concepts>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sync-server/http/message.hpp"

namespace anketa::server::http {

/// Answers one request, once. Copies share the one answer; the first call counts and later ones do nothing. When the
/// last copy goes without an answer, the request is answered with Internal: a caller is never left waiting.
/// Thread safety: may be called and destroyed on any thread.
class Responder {
 public:
  using Sink = std::function<void(Response)>;
  explicit Responder(Sink sink);

  void operator()(Response response) const;
  void operator()(Problem problem) const { (*this)(Response::failure(std::move(problem))); }

 private:
  struct State;
  std::shared_ptr<State> state_;
};

using Handler = std::function<void(Request, Responder)>;

struct RouteOptions {
  /// Most bytes of the body after decompression. What needs more (a sync) says so: unauthenticated routes stay small.
  std::size_t max_body = std::size_t{64} << 10;
  /// Not 0: a body is not collected. The handler is called for each part of about that many bytes, in order, and what
  /// it answers to the last one, or a refusal of an earlier one, is the answer. A part that was cut off comes too.
  std::size_t part_bytes = 0;
};

struct Route {
  std::string method;
  std::string pattern;
  Handler handler;
  RouteOptions options;
};

class Router {
 public:
  void add(std::string method, std::string pattern, Handler handler, RouteOptions options = {});

  /// A handler that answers at once with what it returns.
  template <typename Simple>
  requires std::convertible_to<std::invoke_result_t<Simple&, Request&>, Response>
  void add(std::string method, std::string pattern, Simple simple, RouteOptions options = {}) {
    add(std::move(method), std::move(pattern),
        Handler([simple = std::move(simple)](Request request, const Responder& respond) mutable {
          respond(simple(request));
        }),
        options);
  }

  struct Match {
    /// Null where no route fits.
    const Route* route = nullptr;
    Parameters parameters;
    /// Methods that the path does take, where only the method was wrong: "GET, POST".
    std::string allowed;
  };
  Match match(std::string_view method, std::string_view path) const;
  /// Calls visit(route) for each, in the order of adding.
  void each(const std::function<void(const Route&)>& visit) const;

 private:
  std::vector<std::unique_ptr<Route>> routes_;
};

}  // namespace anketa::server::http
