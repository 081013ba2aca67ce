// One message to one mail server, by SMTP with STARTTLS or TLS and a log-in (libcurl).
//
// Model: an attempt is blocking and runs on the mail thread. The end of the message goes out only after `before_end`
// has returned, so that the caller can note durably that from now on the outcome may be unknown. The server's
// certificate is always verified, against the system's authorities or a file of one's own.
// Thread safety: attempts from different threads do not touch each other.
#pragma once

#include <atomic>
#include <functional>
#include <string>

namespace anketa::server::mail {

enum class Security {
  StartTls,  ///< plain at first, then TLS or nothing
  Tls,       ///< TLS from the first byte
  None       ///< for a relay on this very machine
};

struct SmtpServer {
  std::string host;
  int port = 587;
  Security security = Security::StartTls;
  /// Empty: no log-in.
  std::string user;
  std::string password;
  /// Certificates to trust (PEM); empty: the system's.
  std::string ca_file;
  /// How we introduce ourselves; empty: by the domain of the sender.
  std::string hello;
};

struct Envelope {
  std::string from, to;
  /// RFC 5322, lines ended by CR LF.
  std::string content;
};

enum class Taken {
  Yes,      ///< the server answered for it
  No,       ///< it was not taken, and may be tried again
  Refused,  ///< it was not taken, and never will be: the recipient does not exist, the message is not wanted
  Unknown   ///< the line broke after the end of the message was sent
};

struct SmtpOutcome {
  Taken taken = Taken::No;
  /// The mail server's last answer, or what was wrong with the line; never the password.
  std::string detail;
};

/// `stop` set to true ends the attempt soon.
SmtpOutcome send_mail(const SmtpServer& server, const Envelope& envelope, const std::function<void()>& before_end,
                      const std::atomic<bool>& stop);

}  // namespace anketa::server::mail
