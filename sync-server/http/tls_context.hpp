// The TLS settings of the server. Included only by the files that know Asio.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>

#include "sync-server/http/options.hpp"

namespace anketa::server::http {

/// TLS 1.2 or 1.3, forward-secret ciphers, session tickets, ALPN http/1.1.
/// Throws ProblemError(ConfigInvalid) naming the file that is missing, broken, or does not belong to the other.
std::shared_ptr<boost::asio::ssl::context> make_tls_context(const TlsFiles& files);

}  // namespace anketa::server::http
