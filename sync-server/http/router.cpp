#include "sync-server/http/router.hpp"

#include <atomic>
#include <stdexcept>

namespace anketa::server::http {
namespace {

std::string_view take_segment(std::string_view& path) {
  if (!path.empty() && path.front() == '/') path.remove_prefix(1);
  const auto segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  return segment;
}

bool is_capture(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{';
}

/// How well a path fits a pattern: nullopt not at all, else the number of literal segments.
std::optional<int> fit(std::string_view pattern, std::string_view path, Parameters& captured) {
  int literals = 0;
  while (!pattern.empty()) {
    const auto expected = take_segment(pattern);
    if (expected.ends_with("...}")) {
      if (!path.empty()) path.remove_prefix(1);
      auto rest = percent_decode(path, false);
      if (!rest) return std::nullopt;
      captured[std::string(expected.substr(1, expected.size() - 5))] = std::move(*rest);
      return literals;
    }
    if (path.empty()) return std::nullopt;
    const auto segment = take_segment(path);
    if (is_capture(expected)) {
      auto value = percent_decode(segment, false);
      if (!value || value->empty()) return std::nullopt;
      captured[std::string(expected.substr(1, expected.size() - 2))] = std::move(*value);
    } else if (expected == segment) {
      ++literals;
    } else {
      return std::nullopt;
    }
  }
  return path.empty() ? std::optional(literals) : std::nullopt;
}

}  // namespace

struct Responder::State {
  Sink sink;
  std::atomic<bool> answered{false};

  explicit State(Sink with) : sink(std::move(with)) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (!answered) sink(Response::failure(Problem{ProblemCode::Internal, {}, {}}));
  }
};

Responder::Responder(Sink sink) : state_(std::make_shared<State>(std::move(sink))) {}

void Responder::operator()(Response response) const {
  if (!state_->answered.exchange(true)) state_->sink(std::move(response));
}

void Router::add(std::string method, std::string pattern, Handler handler, RouteOptions options) {
  for (const auto& route : routes_)
    if (route->method == method && route->pattern == pattern)
      throw std::logic_error("route added twice: " + method + " " + pattern);
  routes_.push_back(std::make_unique<Route>(Route{std::move(method), std::move(pattern), std::move(handler), options}));
}

void Router::each(const std::function<void(const Route&)>& visit) const {
  for (const auto& route : routes_) visit(*route);
}

Router::Match Router::match(std::string_view method, std::string_view path) const {
  Match best;
  int best_literals = -1;
  for (const auto& route : routes_) {
    Parameters captured;
    const auto literals = fit(route->pattern, path, captured);
    if (!literals) continue;
    // HEAD is GET without the body, which the connection leaves out.
    if (route->method != method && !(method == "HEAD" && route->method == "GET")) {
      if (best.allowed.find(route->method) == std::string::npos)
        best.allowed += (best.allowed.empty() ? "" : ", ") + route->method;
    } else if (*literals > best_literals) {
      best_literals = *literals;
      best.route = route.get();
      best.parameters = std::move(captured);
    }
  }
  return best;
}

}  // namespace anketa::server::http
