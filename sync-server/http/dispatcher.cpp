#include "sync-server/http/dispatcher.hpp"

#include <random>

#include "shared/compression/compression.hpp"
#include "sync-server/system/log.hpp"

namespace anketa::server::http {
namespace {

/// Below this, compression saves less than it costs.
constexpr std::size_t worth_compressing = 512;

/// Label of requests that no route took.
constexpr std::string_view no_route = "none";

/// Scripts, styles and data come from this server alone, nothing inline, and nobody may frame the page.
constexpr std::string_view page_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

bool has_header(const std::vector<std::pair<std::string, std::string>>& headers, std::string_view name) {
  return std::any_of(headers.begin(), headers.end(), [&](const auto& header) { return header.first == name; });
}

bool is_compressible(std::string_view content_type) {
  return content_type.starts_with("text/") || content_type.starts_with("application/json") ||
         content_type.starts_with("application/javascript") || content_type.starts_with("image/svg");
}

/// An address or "localhost": Strict-Transport-Security would bind every other program on the same machine.
bool is_local_host(std::string_view host) {
  return host.starts_with("localhost") || host.starts_with("[") || host.find_first_not_of("0123456789.:") == host.npos;
}

std::string random_prefix() {
  std::random_device device;
  char text[16];
  std::snprintf(text, sizeof text, "%08x", static_cast<unsigned>(device()));
  return text;
}

}  // namespace

struct Dispatcher::Exchange {
  std::string id;
  std::string method;
  std::string route{no_route};
  std::string host;
  std::size_t bytes_in = 0;
  Clock::time_point started = Clock::now();
  text::Language language = text::Language::Russian;
  Encoding encoding = Encoding::Identity;
  Done done;

  Exchange(const Request& request, std::string request_id)
      : id(std::move(request_id)),
        method(request.method),
        host(request.header("host")),
        bytes_in(request.body.size()),
        language(request.language()),
        encoding(negotiate_encoding(request.header("accept-encoding"))) {}
};

Dispatcher::Dispatcher(const Router& router, Registry& metrics, int workers, bool secure)
    : router_(router),
      metrics_(metrics),
      secure_(secure),
      id_prefix_(random_prefix()),
      bytes_in_(metrics.counter("anketa_http_request_body_bytes_total", "Bytes of request bodies, decompressed.")),
      bytes_out_(metrics.counter("anketa_http_response_body_bytes_total", "Bytes of response bodies, as sent.")),
      workers_(workers) {
  door_->dispatcher = this;
  auto& waiting = metrics.gauge("anketa_http_waiting_requests", "Requests that wait for a worker.");
  metrics.on_scrape([door = door_, &waiting] {
    const std::shared_lock lock(door->mutex);
    if (door->dispatcher != nullptr) waiting.set(static_cast<std::int64_t>(door->dispatcher->workers_.waiting()));
  });
}

Dispatcher::~Dispatcher() {
  workers_.stop();
  const std::lock_guard lock(door_->mutex);
  door_->dispatcher = nullptr;
}

std::size_t Dispatcher::max_body(std::string_view method, std::string_view path) const {
  const auto match = router_.match(method, path);
  return match.route == nullptr ? 0 : match.route->options.max_body;
}

std::size_t Dispatcher::part_bytes(std::string_view method, std::string_view path) const {
  const auto match = router_.match(method, path);
  return match.route == nullptr ? 0 : match.route->options.part_bytes;
}

void Dispatcher::dispatch(Request request, Done done) {
  request.request_id = next_request_id();
  auto exchange = std::make_shared<Exchange>(request, request.request_id);
  exchange->done = std::move(done);
  // std::function must be copyable, so the request travels by pointer.
  auto carried = std::make_shared<Request>(std::move(request));
  const bool taken = workers_.post([this, exchange, carried] { run(exchange, std::move(*carried)); });
  if (!taken) answer(*exchange, Response::failure(Problem{ProblemCode::Unavailable, {}, {}}));
}

void Dispatcher::run(const std::shared_ptr<Exchange>& exchange, Request request) {
  const Responder respond([door = door_, exchange](Response response) {
    const std::shared_lock lock(door->mutex);
    if (door->dispatcher != nullptr) door->dispatcher->take_answer(exchange, std::move(response));
  });
  try {
    auto match = router_.match(request.method, request.path);
    if (match.route == nullptr) {
      if (match.allowed.empty()) return respond(Problem{ProblemCode::NotFound, {}, {}});
      return respond(Response::failure(Problem{ProblemCode::MethodNotAllowed, {{"allowed", match.allowed}}, {}})
                         .with_header("Allow", match.allowed));
    }
    exchange->route = match.route->pattern;
    request.parameters = std::move(match.parameters);
    match.route->handler(std::move(request), respond);
  } catch (...) {
    respond(Response::failure(std::current_exception(), exchange->id));
  }
}

void Dispatcher::take_answer(const std::shared_ptr<Exchange>& exchange, Response response) {
  // Compressing a large answer is a worker's business, not that of the store's writer thread, which may be calling.
  if (workers_.is_worker() || response.content().size() < worth_compressing)
    return answer(*exchange, std::move(response));
  auto carried = std::make_shared<Response>(std::move(response));
  if (!workers_.post([this, exchange, carried] { answer(*exchange, std::move(*carried)); }))
    answer(*exchange, std::move(*carried));
}

void Dispatcher::answer(Exchange& exchange, Response response) {
  const auto problem = response.problem;
  auto outgoing = render(exchange, std::move(response));
  record(exchange, outgoing, problem);
  exchange.done(std::move(outgoing));
}

Outgoing Dispatcher::render(const Exchange& exchange, Response response) const {
  if (response.problem) {
    auto body = response.problem->to_json(exchange.language);
    body["request"] = exchange.id;
    response.content_type = "application/json";
    response.body = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    response.headers.emplace_back("Content-Language", text::code(exchange.language));
  }
  Outgoing out;
  out.status = response.status;
  out.close = response.close;
  out.file = std::move(response.file);
  out.live = std::move(response.live);
  out.headers = std::move(response.headers);
  const auto add = [&out](std::string_view name, std::string_view value) { out.headers.emplace_back(name, value); };
  if (!response.content_type.empty()) add("Content-Type", response.content_type);
  const bool compressible = response.content_encoding.empty() && is_compressible(response.content_type);
  if (compressible && !out.file && exchange.encoding != Encoding::Identity &&
      response.content().size() > worth_compressing) {
    out.body = compress(exchange.encoding, response.content());
    add("Content-Encoding", anketa::id(exchange.encoding));
    add("Vary", "Accept-Encoding");
  } else {
    if (!response.content_encoding.empty()) add("Content-Encoding", response.content_encoding);
    out.body = std::move(response.body);
    out.static_body = response.static_body;
  }
  add("X-Request-Id", exchange.id);
  add("X-Content-Type-Options", "nosniff");
  if (response.content_type.starts_with("text/html")) {
    if (!has_header(out.headers, "Content-Security-Policy")) add("Content-Security-Policy", page_policy);
    add("Referrer-Policy", "no-referrer");
    if (secure_ && !is_local_host(exchange.host)) add("Strict-Transport-Security", "max-age=31536000");
  }
  if (!has_header(out.headers, "Cache-Control")) add("Cache-Control", "no-store");
  return out;
}

void Dispatcher::record(const Exchange& exchange, const Outgoing& outgoing, const std::optional<Problem>& problem) {
  const std::chrono::duration<double> elapsed = Clock::now() - exchange.started;
  const auto status = std::to_string(outgoing.status);
  metrics_.counter("anketa_http_requests_total", "Requests answered.", {{"route", exchange.route}, {"status", status}})
      .add();
  metrics_
      .histogram("anketa_http_request_seconds", "Time from the whole request to the response.",
                 {{"route", exchange.route}, {"status", status}})
      .observe(elapsed.count());
  bytes_in_.add(exchange.bytes_in);
  bytes_out_.add(outgoing.length());
  const auto level = outgoing.status >= 500 ? log::Level::Error : log::Level::Info;
  if (!log::enabled(level)) return;
  nlohmann::json line{{"request", exchange.id},
                      {"method", exchange.method.substr(0, 16)},
                      {"route", exchange.route},
                      {"status", outgoing.status},
                      {"in", exchange.bytes_in},
                      {"out", outgoing.length()},
                      {"us", static_cast<std::int64_t>(elapsed.count() * 1e6)}};
  if (problem) line["problem"] = anketa::id(problem->code);
  log::write(level, "http.request", std::move(line));
}

Outgoing Dispatcher::refuse(const Problem& problem, const Request& so_far) {
  const Exchange exchange(so_far, next_request_id());
  auto response = Response::failure(problem);
  response.close = true;
  auto outgoing = render(exchange, std::move(response));
  record(exchange, outgoing, problem);
  return outgoing;
}

std::string Dispatcher::next_request_id() {
  return id_prefix_ + "-" + std::to_string(next_id_.fetch_add(1, std::memory_order_relaxed));
}

void Dispatcher::stop() {
  workers_.stop();
}

}  // namespace anketa::server::http
