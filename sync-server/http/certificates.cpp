#include "sync-server/http/certificates.hpp"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <unistd.h>

#include <filesystem>

#include "shared/problem/problem.hpp"
#include "sync-server/http/x509.hpp"
#include "sync-server/system/files.hpp"
#include "sync-server/system/log.hpp"

namespace anketa::server::http {
namespace {

constexpr Instant day = Instant{24} * 60 * 60 * 1000;
constexpr Instant renew_before = 30 * day;

void add_once(std::vector<std::string>& names, std::string name) {
  if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
}

void add_addresses(std::vector<std::string>& names) {
  ifaddrs* all = nullptr;
  if (getifaddrs(&all) != 0) return;
  for (const auto* entry = all; entry != nullptr; entry = entry->ifa_next) {
    if (entry->ifa_addr == nullptr || (entry->ifa_flags & IFF_UP) == 0) continue;
    char text[INET6_ADDRSTRLEN] = "";
    const int family = entry->ifa_addr->sa_family;
    if (family == AF_INET)
      inet_ntop(family, &reinterpret_cast<const sockaddr_in*>(entry->ifa_addr)->sin_addr, text, sizeof text);
    if (family == AF_INET6) {
      const auto& address = reinterpret_cast<const sockaddr_in6*>(entry->ifa_addr)->sin6_addr;
      // A link-local address needs a zone to be used; no certificate can carry that.
      if (!IN6_IS_ADDR_LINKLOCAL(&address)) inet_ntop(family, &address, text, sizeof text);
    }
    add_once(names, text);
  }
  freeifaddrs(all);
}

[[noreturn]] void broken(const std::string& file, std::string detail) {
  throw ProblemError(ProblemCode::ConfigInvalid, {{"detail", std::move(detail)}}, file);
}

std::optional<Identity> load(const std::string& certificate_file, const std::string& key_file) {
  // A key without a certificate is what a crash between the two writes leaves.
  if (!std::filesystem::exists(certificate_file)) return std::nullopt;
  if (!std::filesystem::exists(key_file)) broken(key_file, "file missing");
  Identity identity{parse_certificate(read_file(certificate_file)), parse_key(read_file(key_file))};
  if (!identity.certificate) broken(certificate_file, "not a PEM certificate");
  if (!identity.key) broken(key_file, "not a PEM private key");
  if (X509_check_private_key(identity.certificate.get(), identity.key.get()) != 1)
    broken(key_file, "the key does not belong to the certificate");
  return identity;
}

void save(const Identity& identity, const std::string& certificate_file, const std::string& key_file) {
  // The key first: a certificate without its key would be taken for damage.
  write_private_file(key_file, key_pem(identity.key.get()));
  write_private_file(certificate_file, certificate_pem(identity.certificate.get()));
}

bool covers(const Identity& authority, const std::string& name, Instant now) {
  return is_covered(authority, make_server_identity(authority, {name}, now).certificate.get());
}

/// The machine's own names as far as the authority covers them (an address may be newer than it), and all extra ones.
std::vector<std::string> wanted_names(const Identity& authority, const CertificateOptions& options, Instant now) {
  std::vector<std::string> names;
  for (auto& name : machine_names())
    if (covers(authority, name, now)) add_once(names, std::move(name));
  for (const auto& name : options.extra_names) {
    if (!covers(authority, name, now))
      broken("tls.names",
             name + ": not covered by " + options.folder + "/ca.pem; remove ca.pem and ca.key to make a new authority");
    add_once(names, name);
  }
  return names;
}

bool is_good(const Identity& authority, const Identity& server, const std::vector<std::string>& names, Instant now) {
  if (valid_until(server.certificate.get()) - now < renew_before) return false;
  if (!is_covered(authority, server.certificate.get())) return false;
  return std::all_of(names.begin(), names.end(),
                     [&](const auto& name) { return has_name(server.certificate.get(), name); });
}

/// The server's pair is ours to replace, so a broken one is as good as none.
std::optional<Identity> load_server(const TlsFiles& files) {
  try {
    return load(files.certificate, files.key);
  } catch (const ProblemError& error) {
    log::warning("certificate.replaced", {{"cause", error.what()}});
    return std::nullopt;
  }
}

}  // namespace

std::vector<std::string> machine_names() {
  std::vector<std::string> names{"localhost", "127.0.0.1", "::1"};
  char host[256] = "";
  if (gethostname(host, sizeof host - 1) == 0) add_once(names, host);
  add_addresses(names);
  return names;
}

Certificates ensure_certificates(const CertificateOptions& options, Instant now) {
  make_private_folder(options.folder);
  const auto file = [&options](const char* name) { return options.folder + "/" + name; };
  Certificates out{{file("server.pem"), file("server.key")}, file("ca.pem"), 0, false};

  auto authority = load(out.ca_file, file("ca.key"));
  if (!authority) {
    auto names = machine_names();
    for (const auto& name : options.extra_names) add_once(names, name);
    authority = make_authority(names, now);
    save(*authority, out.ca_file, file("ca.key"));
  }
  const auto names = wanted_names(*authority, options, now);
  auto server = load_server(out.files);
  if (!server || !is_good(*authority, *server, names, now)) {
    server = make_server_identity(*authority, names, now);
    save(*server, out.files.certificate, out.files.key);
    out.renewed = true;
  }
  out.valid_until = valid_until(server->certificate.get());
  return out;
}

}  // namespace anketa::server::http
