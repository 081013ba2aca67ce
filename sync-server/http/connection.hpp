// Serving one connection. Included only by files that know Asio.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <memory>

#include "sync-server/http/shard.hpp"

namespace anketa::server::http {

/// Serves requests until the peer goes, a bound is passed or the server stops. `tls` null: plain HTTP.
/// Runs on the shard's thread; the socket belongs to the shard's context.
asio::awaitable<void> serve_connection(asio::ip::tcp::socket socket, std::shared_ptr<asio::ssl::context> tls,
                                       Shard& shard, Hub& hub, Admission admission);

}  // namespace anketa::server::http
