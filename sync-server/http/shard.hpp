// One IO thread of the server: an event loop and the connections that live on it. Included only by files that know
// Asio.
//
// Invariant: everything of a shard but its mailbox is touched on the shard's own thread only, so nothing here locks.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <set>

#include "sync-server/http/dispatcher.hpp"
#include "sync-server/http/options.hpp"

namespace anketa::server::http {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

/// What a shard asks of its connections.
class LiveConnection {
 public:
  virtual ~LiveConnection() = default;
  /// Acts on a deadline that has passed.
  virtual void on_tick(Clock::time_point now) = 0;
  /// Ends it now if it is between requests; otherwise it ends after the response in progress.
  virtual void begin_stop() = 0;
  /// Cuts it.
  virtual void abort() = 0;
};

/// The way for other threads to reach a shard; it outlives the shard, so a late answer finds a closed door, not a ruin.
class Mailbox {
 public:
  explicit Mailbox(asio::io_context& context) : context_(&context) {}
  template <typename Task>
  void post(Task task) {
    const std::lock_guard lock(mutex_);
    if (context_ != nullptr) asio::post(*context_, std::move(task));
  }
  void close() {
    const std::lock_guard lock(mutex_);
    context_ = nullptr;
  }

 private:
  std::mutex mutex_;
  asio::io_context* context_;
};

class Shard {
 public:
  Shard() : mailbox_(std::make_shared<Mailbox>(context_)), ticker_(context_) {}
  ~Shard() { mailbox_->close(); }
  Shard(const Shard&) = delete;
  Shard& operator=(const Shard&) = delete;

  asio::io_context& context() noexcept { return context_; }
  const std::shared_ptr<Mailbox>& mailbox() const noexcept { return mailbox_; }
  void enter(LiveConnection& connection) { connections_.insert(&connection); }
  void leave(LiveConnection& connection) { connections_.erase(&connection); }

  void tick_every(std::chrono::milliseconds interval) {
    ticker_.expires_after(interval);
    ticker_.async_wait([this, interval](const boost::system::error_code& error) {
      if (error) return;
      const auto now = Clock::now();
      for (auto* connection : connections_) connection->on_tick(now);
      tick_every(interval);
    });
  }
  void begin_stop() {
    for (auto* connection : connections_) connection->begin_stop();
  }
  void abort() {
    for (auto* connection : connections_) connection->abort();
  }

 private:
  // Before the context: destroying it destroys suspended connections, and those leave the set.
  std::set<LiveConnection*> connections_;
  asio::io_context context_{1};
  std::shared_ptr<Mailbox> mailbox_;
  asio::steady_timer ticker_;
};

/// What all connections of a server share. Thread-safe.
struct Hub {
  Hub(const Limits& with_limits, Dispatcher& with_dispatcher, Registry& metrics);

  const Limits& limits;
  Dispatcher& dispatcher;
  Gauge& connections;
  Counter& refused;
  Counter& handshakes_failed;
  std::atomic<bool> stopping{false};
  std::atomic<std::int64_t> body_bytes{0};

  std::mutex mutex;
  std::map<std::string, int> by_address;
};

/// A place among the connections, given back when it is destroyed.
class Admission {
 public:
  enum class Verdict { Welcome, ServerFull, AddressFull };
  Admission(Hub& hub, const asio::ip::address& address);
  Admission(Admission&& other) noexcept;
  Admission& operator=(Admission&&) = delete;
  ~Admission();

  Verdict verdict() const noexcept { return verdict_; }
  const std::string& peer() const noexcept { return peer_; }

 private:
  Hub* hub_;
  std::string peer_;
  std::string key_;
  Verdict verdict_ = Verdict::Welcome;
};

/// Bytes of a body counted against the server's total, given back when it is destroyed.
class BodyBudget {
 public:
  explicit BodyBudget(Hub& hub) : hub_(hub) {}
  BodyBudget(const BodyBudget&) = delete;
  BodyBudget& operator=(const BodyBudget&) = delete;
  ~BodyBudget() { hub_.body_bytes -= taken_; }
  /// Counts up to a body of that size; false where the server's total would be passed.
  bool grow_to(std::size_t size) {
    const auto more = static_cast<std::int64_t>(size) - taken_;
    if (more <= 0) return true;
    taken_ += more;
    return (hub_.body_bytes += more) <= static_cast<std::int64_t>(hub_.limits.body_bytes_in_total);
  }

 private:
  Hub& hub_;
  std::int64_t taken_ = 0;
};

}  // namespace anketa::server::http
