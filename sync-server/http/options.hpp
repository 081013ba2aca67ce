// Every bound of the HTTP server in one place, each default with its reason.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace anketa::server::http {

struct Limits {
  /// Request line and headers together. A bearer token and a browser's usual headers take about 2 KB.
  std::size_t header_bytes = std::size_t{16} << 10;
  /// Body as it comes over the wire. Compressed JSON shrinks four times or more; this is the uncompressed maximum of a
  /// sync, so a client without compression fits as well.
  std::size_t body_bytes = std::size_t{8} << 20;
  /// Bodies being received, of all connections together. Beyond it: Unavailable.
  std::size_t body_bytes_in_total = std::size_t{128} << 20;
  /// Connections at a time. A thousand reps syncing at once is a company of several thousand.
  int connections = 1024;
  /// From one address: an office behind one router, all syncing in the evening.
  int connections_per_address = 512;

  /// TLS handshake.
  std::chrono::milliseconds handshake_time{10'000};
  /// From the first byte of a request to the end of its headers.
  std::chrono::milliseconds header_time{10'000};
  /// A whole body: 8 MB compressed to 2 over a bad mobile connection.
  std::chrono::milliseconds body_time{120'000};
  /// A handler, until it answers.
  std::chrono::milliseconds handler_time{60'000};
  /// Sending the response.
  std::chrono::milliseconds write_time{120'000};
  /// Between two requests on one connection.
  std::chrono::milliseconds idle_time{75'000};
  /// A WebSocket without a word: half of it later the peer is asked for a sign of life, at the end it is cut.
  std::chrono::milliseconds live_idle_time{60'000};
  /// Opening and closing handshakes of a WebSocket.
  std::chrono::milliseconds live_handshake_time{5'000};
  /// Graceful stop: how long requests in flight may take.
  std::chrono::milliseconds stop_time{10'000};
};

/// Certificate chain and private key, PEM.
struct TlsFiles {
  std::string certificate;
  std::string key;
};

struct ServerOptions {
  /// An address of this machine: "0.0.0.0", "127.0.0.1", "::".
  std::string address = "127.0.0.1";
  /// 0: any free port.
  std::uint16_t port = 0;
  /// Empty certificate: plain HTTP, allowed on a loopback address only.
  TlsFiles tls;
  /// 0: as many as the machine has cores.
  int io_threads = 0;
  /// Threads for handlers, which wait for the disk now and then. 0: twice the cores, at least 4.
  int workers = 0;
  Limits limits;
};

}  // namespace anketa::server::http
