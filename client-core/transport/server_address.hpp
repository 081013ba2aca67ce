// The address of a server as a person types it.
#pragma once

#include <string>
#include <string_view>

namespace anketa::client {

struct ServerAddress {
  bool tls = true;
  /// Without the brackets of an IPv6 address.
  std::string host;
  std::string port;
  /// As in the Host header.
  std::string authority;
};

/// "https://host[:port]"; a bare "host[:port]" means https. Plain http is taken for loopback only, since passwords and
/// personal data must not travel in the clear. Throws ProblemError(ConfigInvalid).
ServerAddress parse_server_address(std::string_view text);

}  // namespace anketa::client
