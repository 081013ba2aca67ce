// What the client asks of TLS: version 1.2 or newer, a certificate it trusts.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

namespace anketa::client {

struct SslCtxDeleter {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using SslCtx = std::unique_ptr<SSL_CTX, SslCtxDeleter>;

/// A context that verifies servers against the system's authorities, a PEM file's, or both.
/// Throws ProblemError: FileUnreadable where the file holds no certificate.
SslCtx make_tls_context(bool system_cas, const std::string& ca_file);

/// Why a certificate was refused, as the key of a text, from X509_V_ERR_….
std::string certificate_reason(long verify_result);

}  // namespace anketa::client
