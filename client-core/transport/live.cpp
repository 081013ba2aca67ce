#include "client-core/transport/live.hpp"

#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <chrono>
#include <thread>

#include "client-core/transport/line.hpp"

namespace anketa::client {
namespace {

namespace beast = boost::beast;
namespace websocket = beast::websocket;
using boost::system::error_code;

/// Signs of life: half of it without a word, and the server is asked; all of it, and the connection is lost.
constexpr std::chrono::seconds idle_time{90};
constexpr std::chrono::milliseconds glance{100};
constexpr std::size_t most_incoming = 4096;

template <typename Stream>
class WebSocket final : public Live {
 public:
  WebSocket(std::unique_ptr<Line> line, Stream& stream) : line_(std::move(line)), socket_(stream) {}

  void handshake(const std::string& token, const CancelToken& cancel) {
    // The WebSocket has bounds of its own.
    line_->lowest().expires_never();
    websocket::stream_base::timeout timeout{};
    timeout.handshake_timeout = std::chrono::milliseconds(line_->options.connect_timeout_ms);
    timeout.idle_timeout = idle_time;
    timeout.keep_alive_pings = true;
    socket_.set_option(timeout);
    socket_.read_message_max(most_incoming);
    socket_.set_option(websocket::stream_base::decorator([&token](websocket::request_type& request) {
      request.set(beast::http::field::authorization, "Bearer " + token);
      request.set(beast::http::field::user_agent, "anketa");
    }));
    std::optional<error_code> done;
    websocket::response_type answer;
    socket_.async_handshake(answer, line_->options.address.authority, "/v1/live",
                            [&](error_code error) { done = error; });
    line_->run(done, cancel);
    if (!*done) return;
    if (*done == websocket::error::upgrade_declined)
      throw ProblemError(ProblemCode::BadAnswer, {{"status", std::to_string(answer.result_int())}});
    unreachable(*done == beast::error::timeout ? "timeout" : "cut", line_->options.address);
  }

  Heard wait(std::int64_t milliseconds, const CancelToken& cancel) override {
    if (!reading_) read();
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
    line_->loop.restart();
    while (!read_ && !cancel.cancelled() && std::chrono::steady_clock::now() < until) line_->loop.run_for(glance);
    if (!read_) return Heard::Nothing;
    return *std::exchange(read_, std::nullopt) ? Heard::Lost : Heard::News;
  }

 private:
  void read() {
    reading_ = true;
    buffer_.clear();
    socket_.async_read(buffer_, [this](error_code error, std::size_t) {
      reading_ = false;
      read_ = error;
    });
  }

  std::unique_ptr<Line> line_;
  websocket::stream<Stream&> socket_;
  beast::flat_buffer buffer_;
  bool reading_ = false;
  std::optional<error_code> read_;
};

template <typename Stream>
std::unique_ptr<Live> shake_hands(std::unique_ptr<Line> line, Stream& stream, const std::string& token,
                                  const CancelToken& cancel) {
  auto live = std::make_unique<WebSocket<Stream>>(std::move(line), stream);
  live->handshake(token, cancel);
  return live;
}

}  // namespace

std::unique_ptr<Live> open_live(const BeastOptions& options, const std::string& access_token,
                                const CancelToken& cancel) {
  const auto address = parse_server_address(options.server);
  const auto context = address.tls ? make_tls_context(options.system_cas, options.ca_file) : nullptr;
  auto line = std::make_unique<Line>(
      ConnectionOptions{address, options.connect_timeout_ms, options.io_timeout_ms, most_incoming}, context.get());
  line->connect(cancel);
  if (auto* tls = line->tls.get()) return shake_hands(std::move(line), *tls, access_token, cancel);
  auto* plain = line->plain.get();
  return shake_hands(std::move(line), *plain, access_token, cancel);
}

}  // namespace anketa::client
