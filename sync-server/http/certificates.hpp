// The server's own certificates: a local authority made on first start, and a server certificate signed by it.
//
// Model: a folder holds ca.pem, ca.key, server.pem, server.key (P-256, files for the owner only). The authority lives
// ten years and may sign names of this machine and private networks only, so that trusting it on a phone does not let
// whoever steals its key pose as other sites. The server certificate lives 397 days, the most that browsers take.
// Devices trust ca.pem; the server certificate is renewed under it without anybody noticing.
// Thread safety: one call at a time per folder.
#pragma once

#include <string>
#include <vector>

#include "shared/record/environment.hpp"
#include "sync-server/http/options.hpp"

namespace anketa::server::http {

struct CertificateOptions {
  std::string folder;
  /// Names or addresses beside localhost, the host's name and the machine's own addresses.
  std::vector<std::string> extra_names;
};

struct Certificates {
  TlsFiles files;
  std::string ca_file;
  /// End of the server certificate's validity.
  Instant valid_until = 0;
  /// The server certificate was made by this call.
  bool renewed = false;
};

/// Makes what is missing, and renews the server certificate when it has less than 30 days left or lacks a wanted name.
/// Throws ProblemError: FileUnwritable, FileUnreadable, or ConfigInvalid where an existing file is broken or the
/// authority does not cover one of `extra_names`.
Certificates ensure_certificates(const CertificateOptions& options, Instant now);

/// Names a certificate for this machine should carry: localhost, host name, addresses, then the extra ones.
std::vector<std::string> machine_names();

}  // namespace anketa::server::http
