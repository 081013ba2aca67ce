// Making, reading and checking X.509 certificates. Included only by certificates.cpp.
#pragma once

#include <string>
#include <vector>

#include "shared/record/environment.hpp"
#include "sync-server/http/openssl_handles.hpp"

namespace anketa::server::http {

struct Identity {
  CertificateHandle certificate;
  KeyHandle key;
};

/// An authority for these names and for private networks.
Identity make_authority(const std::vector<std::string>& names, Instant now);
Identity make_server_identity(const Identity& authority, const std::vector<std::string>& names, Instant now);

/// Whether the authority signed it and may do so for all its names.
bool is_covered(const Identity& authority, X509* certificate);
bool has_name(X509* certificate, const std::string& name);
Instant valid_until(const X509* certificate);

std::string certificate_pem(X509* certificate);
std::string key_pem(EVP_PKEY* key);
/// Null where the text is not a certificate or key.
CertificateHandle parse_certificate(const std::string& pem);
KeyHandle parse_key(const std::string& pem);

}  // namespace anketa::server::http
