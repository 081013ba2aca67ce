#include "client-core/transport/server_address.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "shared/problem/problem.hpp"

namespace anketa::client {
namespace {

[[noreturn]] void invalid(std::string_view reason, std::string_view address) {
  throw ProblemError(ProblemCode::ConfigInvalid,
                     {{"reason", "client.address." + std::string(reason)}, {"address", std::string(address)}});
}

bool is_loopback(std::string_view host) {
  return host == "localhost" || host == "::1" || host.substr(0, 4) == "127.";
}

}  // namespace

ServerAddress parse_server_address(std::string_view text) {
  const std::string full =
      text.find("://") == std::string_view::npos ? "https://" + std::string(text) : std::string(text);
  const auto parsed = boost::urls::parse_uri(full);
  if (!parsed) invalid("malformed", text);
  const boost::urls::url_view& url = *parsed;
  const bool plain_path = url.encoded_path().empty() || url.encoded_path() == "/";
  if (url.host().empty() || !plain_path || url.has_query() || url.has_fragment() || url.has_userinfo())
    invalid("malformed", text);
  ServerAddress address;
  if (url.scheme() != "https" && url.scheme() != "http") invalid("malformed", text);
  address.tls = url.scheme() == "https";
  address.host = url.host_address();
  if (!address.tls && !is_loopback(address.host)) invalid("plain", text);
  address.port = url.has_port() && !url.port().empty() ? std::string(url.port()) : address.tls ? "443" : "80";
  address.authority = std::string(url.encoded_host_and_port());
  return address;
}

}  // namespace anketa::client
