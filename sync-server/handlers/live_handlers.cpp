#include "sync-server/handlers/live_handlers.hpp"

#include <mutex>

namespace anketa::server {
namespace {

using http::LiveClose;

constexpr std::string_view scheme = "Bearer ";

/// One connection: first it waits for a token, then it listens.
class LiveListener final : public http::LiveEndpoint,
                           public NewsListener,
                           public std::enable_shared_from_this<LiveListener> {
 public:
  LiveListener(Services& services, NewsService& news, std::string token)
      : services_(services), news_(news), token_(std::move(token)) {}

  void opened(std::shared_ptr<http::LiveLine> line) override {
    bool known = false;
    {
      const std::lock_guard lock(mutex_);
      line_ = std::move(line);
      known = !token_.empty();
    }
    if (known) news_.listen(shared_from_this());
  }

  void message(std::string text) override {
    const auto json = Json::parse(text, nullptr, false);
    const auto token = string_or_empty(json, "token");
    if (token.empty()) return close(LiveClose::LogIn);
    {
      const std::lock_guard lock(mutex_);
      // A later token keeps the connection alive; the first one begins it.
      if (!std::exchange(token_, token).empty()) return;
    }
    news_.listen(shared_from_this());
  }

  void closed() override {
    news_.forget(this);
    const std::lock_guard lock(mutex_);
    line_.reset();
  }

  std::optional<Author> author() override {
    try {
      return author_of(services_.auth.authenticate(token()));
    } catch (const ProblemError& error) {
      const bool revoked = error.problem().code == ProblemCode::DeviceRevoked;
      close(revoked ? LiveClose::Forbidden : LiveClose::LogIn);
      return std::nullopt;
    }
  }

  void news(std::uint64_t seq) override {
    if (const auto line = this->line()) line->send(Json{{"seq", seq}}.dump());
  }

  void refused(bool of_this_user) override { close(of_this_user ? LiveClose::TooMany : LiveClose::TryAgainLater); }

 private:
  std::string token() {
    const std::lock_guard lock(mutex_);
    return token_;
  }
  std::shared_ptr<http::LiveLine> line() {
    const std::lock_guard lock(mutex_);
    return line_;
  }
  void close(LiveClose reason) {
    if (const auto line = this->line()) line->close(reason);
  }

  Services& services_;
  NewsService& news_;
  std::mutex mutex_;
  std::string token_;
  std::shared_ptr<http::LiveLine> line_;
};

/// A browser says from which page the connection is made, and sends it whatever page it is; ours is the only one.
void check_origin(const http::Request& request) {
  const auto origin = request.header("origin");
  if (origin.empty()) return;
  const auto host = request.header("host");
  if (origin != "https://" + std::string(host) && origin != "http://" + std::string(host))
    throw ProblemError(ProblemCode::Forbidden, {}, "Origin");
}

http::Response live(Services& services, NewsService& news, const http::Request& request) {
  check_origin(request);
  const auto upgrade = request.header("upgrade");
  if (upgrade != "websocket" && upgrade != "WebSocket") throw ProblemError(ProblemCode::BadRequest, {}, "Upgrade");
  std::string token;
  if (const auto header = request.header("authorization"); header.starts_with(scheme)) {
    token = header.substr(scheme.size());
    // Refused as any other request, before the connection is turned over.
    services.auth.authenticate(token);
  }
  return http::Response::upgrade(std::make_shared<LiveListener>(services, news, std::move(token)));
}

}  // namespace

void add_live_routes(http::Router& router, Services& services, NewsService& news) {
  router.add("GET", "/v1/live", [&services, &news](http::Request& request) { return live(services, news, request); });
}

}  // namespace anketa::server
