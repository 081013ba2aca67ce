#include "sync-server/http/server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <thread>

#include "sync-server/http/connection.hpp"
#include "sync-server/http/tls_context.hpp"
#include "sync-server/system/log.hpp"

namespace anketa::server::http {
namespace {

using asio::ip::tcp;
using boost::system::error_code;
using WorkGuard = asio::executor_work_guard<asio::io_context::executor_type>;

/// Connections the system may hold until we take them: a storm of clients arrives at once.
constexpr int backlog = 4096;
/// After a failed accept (no file descriptor left, say), so as not to spin.
constexpr std::chrono::milliseconds accept_pause{100};
/// How long stop() waits for connections it has cut.
constexpr std::chrono::milliseconds cut_time{1'000};

int cores() {
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

[[noreturn]] void bad_config(std::string detail, std::string where) {
  throw ProblemError(ProblemCode::ConfigInvalid, {{"detail", std::move(detail)}}, std::move(where));
}

ServerOptions completed(ServerOptions options) {
  if (options.io_threads == 0) options.io_threads = cores();
  if (options.workers == 0) options.workers = std::max(4, 2 * cores());
  return options;
}

tcp::endpoint endpoint_of(const ServerOptions& options) {
  error_code error;
  const auto address = asio::ip::make_address(options.address, error);
  if (error) bad_config(error.message(), "listen");
  if (options.tls.certificate.empty() && !address.is_loopback())
    bad_config("plain HTTP is for loopback addresses only", "listen");
  return {address, options.port};
}

/// Fine enough for the shortest bound, coarse enough to cost nothing.
std::chrono::milliseconds tick(const Limits& limits) {
  const auto shortest = std::min({limits.handshake_time, limits.header_time, limits.body_time, limits.handler_time,
                                  limits.write_time, limits.idle_time});
  return std::clamp(shortest / 4, std::chrono::milliseconds(10), std::chrono::milliseconds(1'000));
}

}  // namespace

class Server::Impl {
 public:
  Impl(ServerOptions options, const Router& router, Registry& metrics)
      : options_(completed(std::move(options))),
        dispatcher_(router, metrics, options_.workers, !options_.tls.certificate.empty()),
        hub_(options_.limits, dispatcher_, metrics) {
    const auto endpoint = endpoint_of(options_);
    if (!options_.tls.certificate.empty()) tls_ = make_tls_context(options_.tls);
    for (int i = 0; i < options_.io_threads; ++i) shards_.push_back(std::make_unique<Shard>());
    acceptor_ = std::make_unique<tcp::acceptor>(shards_.front()->context());
    listen(endpoint);
  }

  ~Impl() { stop(); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void start() {
    for (auto& shard : shards_) {
      guards_.emplace_back(shard->context().get_executor());
      shard->tick_every(tick(options_.limits));
      threads_.emplace_back([&context = shard->context()] { context.run(); });
    }
    asio::co_spawn(shards_.front()->context(), accept(), asio::detached);
  }

  void stop() {
    if (stopped_.exchange(true)) return;
    hub_.stopping = true;
    shards_.front()->mailbox()->post([this] { close_acceptor(); });
    for (auto& shard : shards_) shard->mailbox()->post([&shard = *shard] { shard.begin_stop(); });
    if (!threads_.empty() && !wait_for_connections(options_.limits.stop_time)) {
      log::warning("server.cut", {{"connections", hub_.connections.value()}});
      for (auto& shard : shards_) shard->mailbox()->post([&shard = *shard] { shard.abort(); });
    }
    dispatcher_.stop();
    if (!threads_.empty()) wait_for_connections(cut_time);
    guards_.clear();
    for (auto& shard : shards_) shard->context().stop();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
    if (acceptor_) close_acceptor();
    for (auto& shard : shards_) shard->mailbox()->close();
  }

  std::uint16_t port() const { return port_; }

  void replace_certificate(const TlsFiles& files) {
    auto fresh = make_tls_context(files);
    const std::lock_guard lock(tls_mutex_);
    tls_ = std::move(fresh);
  }

 private:
  void listen(const tcp::endpoint& endpoint) {
    error_code error;
    const auto check = [&] {
      if (error == asio::error::address_in_use)
        throw ProblemError(ProblemCode::PortInUse,
                           {{"port", std::to_string(endpoint.port())}, {"address", options_.address}});
      if (error) bad_config(error.message(), options_.address + ":" + std::to_string(endpoint.port()));
    };
    acceptor_->open(endpoint.protocol(), error);
    check();
    acceptor_->set_option(tcp::acceptor::reuse_address(true), error);
    check();
    acceptor_->bind(endpoint, error);
    check();
    acceptor_->listen(backlog, error);
    check();
    port_ = acceptor_->local_endpoint().port();
  }

  /// Deals connections to the shards in turn.
  asio::awaitable<void> accept() {
    asio::steady_timer pause(shards_.front()->context());
    for (std::size_t turn = 0; !hub_.stopping; ++turn) {
      auto& shard = *shards_[turn % shards_.size()];
      auto [error, socket] = co_await acceptor_->async_accept(shard.context(), asio::as_tuple(asio::use_awaitable));
      if (hub_.stopping || error == asio::error::operation_aborted) co_return;
      if (error) {
        log::error("http.accept_failed", {{"cause", error.message()}});
        pause.expires_after(accept_pause);
        co_await pause.async_wait(asio::as_tuple(asio::use_awaitable));
        continue;
      }
      deal(std::move(socket), shard);
    }
  }

  void deal(tcp::socket socket, Shard& shard) {
    error_code error;
    const auto peer = socket.remote_endpoint(error);
    if (error) return;
    // Far over the limit not even a refusal is worth a handshake.
    if (hub_.connections.value() > 2 * options_.limits.connections) return;
    asio::co_spawn(shard.context(),
                   serve_connection(std::move(socket), tls(), shard, hub_, Admission(hub_, peer.address())),
                   asio::detached);
  }

  std::shared_ptr<asio::ssl::context> tls() {
    const std::lock_guard lock(tls_mutex_);
    return tls_;
  }

  void close_acceptor() {
    error_code ignored;
    acceptor_->close(ignored);
  }

  bool wait_for_connections(std::chrono::milliseconds time) const {
    const auto until = Clock::now() + time;
    while (hub_.connections.value() != 0 && Clock::now() < until)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return hub_.connections.value() == 0;
  }

  const ServerOptions options_;
  Dispatcher dispatcher_;
  Hub hub_;
  std::mutex tls_mutex_;
  std::shared_ptr<asio::ssl::context> tls_;
  std::vector<std::unique_ptr<Shard>> shards_;
  std::unique_ptr<tcp::acceptor> acceptor_;
  std::uint16_t port_ = 0;
  std::vector<WorkGuard> guards_;
  std::vector<std::thread> threads_;
  std::atomic<bool> stopped_{false};
};

Server::Server(ServerOptions options, const Router& router, Registry& metrics)
    : impl_(std::make_unique<Impl>(std::move(options), router, metrics)) {}
Server::~Server() = default;

void Server::start() {
  impl_->start();
}
void Server::stop() {
  impl_->stop();
}
std::uint16_t Server::port() const {
  return impl_->port();
}
void Server::replace_certificate(const TlsFiles& files) {
  impl_->replace_certificate(files);
}

}  // namespace anketa::server::http
