#include "client-core/transport/tls_context.hpp"

#include <openssl/err.h>
#include <openssl/x509_vfy.h>

#include "shared/problem/problem.hpp"

namespace anketa::client {

SslCtx make_tls_context(bool system_cas, const std::string& ca_file) {
  SslCtx context(SSL_CTX_new(TLS_client_method()));
  if (!context || SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) != 1)
    throw ProblemError(ProblemCode::Internal, {}, "TLS");
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  if (system_cas && SSL_CTX_set_default_verify_paths(context.get()) != 1)
    throw ProblemError(ProblemCode::Internal, {}, "TLS");
  if (!ca_file.empty() && SSL_CTX_load_verify_locations(context.get(), ca_file.c_str(), nullptr) != 1) {
    ERR_clear_error();
    throw ProblemError(ProblemCode::FileUnreadable, {{"reason", "client.certificate.file"}}, ca_file);
  }
  return context;
}

std::string certificate_reason(long verify_result) {
  switch (verify_result) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return "client.certificate.expired";
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return "client.certificate.not_yet_valid";
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return "client.certificate.other_host";
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return "client.certificate.unknown_authority";
    default:
      return "client.certificate.other";
  }
}

}  // namespace anketa::client
