// Requests over one connection: compressed both ways, sent again where a kept-alive connection had gone stale.
#include <chrono>
#include <thread>

#include "client-core/transport/connection.hpp"
#include "client-core/transport/transport.hpp"
#include "shared/compression/compression.hpp"
#include "shared/protocol/limits.hpp"

namespace anketa::client {
namespace {

/// Shorter bodies do not get smaller by much.
constexpr std::size_t worth_compressing = 600;
constexpr std::size_t max_answer = 2 * protocol::max_request_bytes;

/// Parts of files are mostly compressed already, and the server stores them as they come.
bool is_json(const SendRequest& request) {
  return header(request.headers, "Content-Type").value_or("") == "application/json";
}

class BeastTransport final : public Transport {
 public:
  explicit BeastTransport(const BeastOptions& options)
      : address_(parse_server_address(options.server)),
        context_(address_.tls ? make_tls_context(options.system_cas, options.ca_file) : nullptr),
        connection_({address_, options.connect_timeout_ms, options.io_timeout_ms, max_answer}, context_.get()) {}

  Outcome exchange(const SendRequest& request, const std::function<void()>& meanwhile,
                   const CancelToken& cancel) override {
    try {
      SendRequest packed{request.method, request.path, request.headers, {}};
      Headers extra{{"Accept-Encoding", "zstd, gzip"}};
      const bool compressed = request.body.size() > worth_compressing && is_json(request);
      if (compressed) extra.emplace_back("Content-Encoding", id(Encoding::Zstd));
      packed.body = compressed ? compress(Encoding::Zstd, request.body) : request.body;
      return unpack(send(packed, extra, meanwhile, cancel));
    } catch (const ProblemError& error) {
      return TransportFailed{error.problem()};
    }
  }

  void wait(std::int64_t milliseconds, const CancelToken& cancel) override {
    using namespace std::chrono;
    const auto until = steady_clock::now() + std::chrono::milliseconds(milliseconds);
    while (!cancel.cancelled() && steady_clock::now() < until)
      std::this_thread::sleep_for(
          std::min<steady_clock::duration>(until - steady_clock::now(), std::chrono::milliseconds(50)));
  }

  WireBytes bytes() const override { return connection_.bytes(); }

 private:
  ResponseReceived send(const SendRequest& request, const Headers& extra, const std::function<void()>& meanwhile,
                        const CancelToken& cancel) {
    const bool reused = connection_.reused();
    bool worked = false;
    for (bool first = true;; first = false) {
      try {
        connection_.write(request, extra, cancel);
        if (!std::exchange(worked, true) && meanwhile) meanwhile();
        return connection_.read(cancel);
      } catch (const ProblemError& error) {
        // The server closes idle connections; that shows only when one is used again. Requests are idempotent.
        const bool stale = reused && first && error.problem().code == ProblemCode::ServerUnreachable;
        if (!stale) throw;
      }
    }
  }

  static ResponseReceived unpack(ResponseReceived response) {
    const auto named = header(response.headers, "Content-Encoding");
    const auto encoding = parse_encoding(named.value_or(""));
    if (!encoding) throw ProblemError(ProblemCode::BadAnswer, {}, "Content-Encoding");
    try {
      if (*encoding != Encoding::Identity) response.body = decompress(*encoding, response.body, max_answer);
    } catch (const ProblemError&) {
      // Damaged or absurdly large once unpacked: whoever answered is not our server.
      throw ProblemError(ProblemCode::BadAnswer, {}, "body");
    }
    return response;
  }

  ServerAddress address_;
  SslCtx context_;
  Connection connection_;
};

}  // namespace

std::unique_ptr<Transport> beast_transport(const BeastOptions& options) {
  return std::make_unique<BeastTransport>(options);
}

}  // namespace anketa::client
