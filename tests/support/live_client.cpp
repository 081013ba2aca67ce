#include "tests/support/live_client.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <chrono>
#include <thread>

namespace anketa::server::test {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using asio::ip::tcp;

struct LiveClient::Impl {
  asio::io_context io;
  asio::ssl::context tls{asio::ssl::context::tls_client};
  websocket::stream<beast::ssl_stream<tcp::socket>> socket{io, tls};
  beast::flat_buffer buffer;
  std::optional<boost::system::error_code> read;
  bool reading = false;
  int closed = 0;
};

LiveClient::LiveClient(std::uint16_t port, const std::string& ca_file, const std::string& target,
                       const Headers& headers)
    : impl_(std::make_unique<Impl>()) {
  impl_->tls.load_verify_file(ca_file);
  auto& stream = impl_->socket.next_layer();
  stream.set_verify_mode(asio::ssl::verify_peer);
  stream.set_verify_callback(asio::ssl::host_name_verification("localhost"));
  stream.next_layer().connect({asio::ip::address_v4::loopback(), port});
  stream.handshake(asio::ssl::stream_base::client);
  impl_->socket.set_option(websocket::stream_base::decorator([&](websocket::request_type& request) {
    for (const auto& [name, value] : headers) request.set(name, value);
  }));
  websocket::response_type answer;
  boost::system::error_code error;
  impl_->socket.handshake(answer, "localhost:" + std::to_string(port), target, error);
  if (error) throw std::runtime_error(std::to_string(answer.result_int()));
}

LiveClient::~LiveClient() {
  boost::system::error_code ignored;
  impl_->socket.next_layer().next_layer().close(ignored);
  impl_->io.restart();
  impl_->io.run();
}

void LiveClient::send(const std::string& text) {
  impl_->socket.write(asio::buffer(text));
}

std::optional<std::string> LiveClient::receive(int milliseconds) {
  auto& impl = *impl_;
  if (impl.closed != 0) return std::nullopt;
  if (!impl.reading) {
    impl.reading = true;
    impl.read.reset();
    impl.socket.async_read(impl.buffer, [&impl](const boost::system::error_code& error, std::size_t) {
      impl.read = error;
      impl.reading = false;
    });
  }
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
  impl.io.restart();
  while (!impl.read && std::chrono::steady_clock::now() < until) impl.io.run_for(std::chrono::milliseconds(10));
  if (!impl.read) return std::nullopt;
  if (*impl.read) {
    impl.closed = impl.socket.reason().code == 0 ? 1006 : impl.socket.reason().code;
    return std::nullopt;
  }
  auto text = beast::buffers_to_string(impl.buffer.data());
  impl.buffer.clear();
  impl.read.reset();
  return text;
}

int LiveClient::closed() const {
  return impl_->closed;
}

bool LiveClient::cut_when_silent(int milliseconds) {
  std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
  while (receive(1'000)) {
  }
  return impl_->closed != 0;
}

}  // namespace anketa::server::test
