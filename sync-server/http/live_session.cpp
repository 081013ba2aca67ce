#include "sync-server/http/live_session.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>

namespace anketa::server::http {

// What Beast asks of a stream it can end: found by the stream's namespace.

template <typename Handler>
void async_teardown(boost::beast::role_type role, Stream& stream, Handler&& handler) {
  using boost::beast::async_teardown;
  using boost::beast::websocket::async_teardown;
  if (stream.tls() != nullptr)
    async_teardown(role, *stream.tls(), std::forward<Handler>(handler));
  else
    async_teardown(role, stream.socket(), std::forward<Handler>(handler));
}

inline void beast_close_socket(Stream& stream) {
  boost::system::error_code ignored;
  stream.socket().close(ignored);
}

namespace {

namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

/// A token with its wrapping; nothing else comes from a peer.
constexpr std::size_t most_incoming = 4096;

}  // namespace

struct LiveSession::Impl {
  websocket::stream<Stream&> socket;
  Shard& shard;
  Hub& hub;
  std::shared_ptr<LiveEndpoint> endpoint;
  /// Never expires; cancelled when the last write has ended.
  asio::steady_timer written;
  std::optional<std::string> next;
  std::string current;
  bool open = false;
  bool writing = false;
  bool closing = false;

  Impl(Stream& stream, Shard& with_shard, Hub& with_hub, std::shared_ptr<LiveEndpoint> with_endpoint)
      : socket(stream),
        shard(with_shard),
        hub(with_hub),
        endpoint(std::move(with_endpoint)),
        written(with_shard.context(), Clock::time_point::max()) {}
};

/// The way from other threads; outlives the session.
class LiveSession::Line final : public LiveLine {
 public:
  Line(std::weak_ptr<LiveSession> session, std::shared_ptr<Mailbox> mailbox)
      : session_(std::move(session)), mailbox_(std::move(mailbox)) {}

  void send(std::string text) override {
    mailbox_->post([session = session_, text = std::move(text)]() mutable {
      if (const auto live = session.lock()) live->send(std::move(text));
    });
  }
  void close(LiveClose reason) override {
    mailbox_->post([session = session_, reason] {
      if (const auto live = session.lock()) live->close(reason);
    });
  }

 private:
  std::weak_ptr<LiveSession> session_;
  std::shared_ptr<Mailbox> mailbox_;
};

LiveSession::LiveSession(Stream& stream, Shard& shard, Hub& hub, std::shared_ptr<LiveEndpoint> endpoint)
    : impl_(std::make_unique<Impl>(stream, shard, hub, std::move(endpoint))) {}

LiveSession::~LiveSession() = default;

asio::awaitable<void> LiveSession::run(const Upgrade& request) {
  auto& impl = *impl_;
  websocket::stream_base::timeout timeout{};
  timeout.handshake_timeout = impl.hub.limits.live_handshake_time;
  timeout.idle_timeout = impl.hub.limits.live_idle_time;
  timeout.keep_alive_pings = true;
  impl.socket.set_option(timeout);
  impl.socket.read_message_max(most_incoming);
  const auto [error] = co_await impl.socket.async_accept(request, as_result);
  if (error) co_return;
  impl.open = true;
  impl.endpoint->opened(std::make_shared<Line>(weak_from_this(), impl.shard.mailbox()));
  if (impl.hub.stopping) close(LiveClose::GoingAway);
  co_await read();
  impl.open = false;
  impl.endpoint->closed();
  while (impl.writing || impl.closing) co_await impl.written.async_wait(as_result);
}

asio::awaitable<void> LiveSession::read() {
  auto& impl = *impl_;
  beast::flat_buffer buffer(most_incoming + 64);
  for (;;) {
    const auto [error, size] = co_await impl.socket.async_read(buffer, as_result);
    if (error) co_return;
    impl.endpoint->message(beast::buffers_to_string(buffer.data()));
    buffer.clear();
  }
}

void LiveSession::send(std::string text) {
  impl_->next = std::move(text);
  if (!impl_->writing) write_next();
}

void LiveSession::write_next() {
  auto& impl = *impl_;
  if (!impl.open || impl.closing || !impl.next) return;
  impl.current = std::move(*std::exchange(impl.next, std::nullopt));
  impl.writing = true;
  impl.socket.async_write(asio::buffer(impl.current),
                          [self = shared_from_this()](const error_code& error, std::size_t) {
                            self->impl_->writing = false;
                            if (!error) self->write_next();
                            if (!self->impl_->writing) self->impl_->written.cancel();
                          });
}

void LiveSession::close(LiveClose reason) {
  auto& impl = *impl_;
  if (!impl.open || impl.closing) return;
  impl.closing = true;
  const auto code = static_cast<websocket::close_code>(static_cast<std::uint16_t>(reason));
  impl.socket.async_close(websocket::close_reason(code), [self = shared_from_this()](const error_code&) {
    self->impl_->closing = false;
    self->impl_->written.cancel();
  });
}

void LiveSession::stop() {
  close(LiveClose::GoingAway);
}

}  // namespace anketa::server::http
