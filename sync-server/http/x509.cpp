#include "sync-server/http/x509.hpp"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <stdexcept>

namespace anketa::server::http {
namespace {

constexpr long day_seconds = 24 * 60 * 60;
constexpr long authority_days = 3650;
/// The most that browsers accept.
constexpr long server_days = 397;
/// Devices whose clock is a little behind must not reject a fresh certificate.
constexpr long backdate_seconds = 60 * 60;

using StackHandle = std::unique_ptr<STACK_OF(X509), decltype([](STACK_OF(X509) * stack) { sk_X509_free(stack); })>;
using StoreHandle = std::unique_ptr<X509_STORE, Releaser<X509_STORE, X509_STORE_free>>;
using VerifyHandle = std::unique_ptr<X509_STORE_CTX, Releaser<X509_STORE_CTX, X509_STORE_CTX_free>>;

/// Suffixes and ranges that no public site has; see docs/security.md.
constexpr const char* private_names =
    "permitted;DNS:localhost,permitted;DNS:local,permitted;DNS:lan,permitted;DNS:internal,permitted;DNS:home.arpa,"
    "permitted;IP:127.0.0.0/255.0.0.0,permitted;IP:10.0.0.0/255.0.0.0,permitted;IP:172.16.0.0/255.240.0.0,"
    "permitted;IP:192.168.0.0/255.255.0.0,permitted;IP:169.254.0.0/255.255.0.0,"
    "permitted;IP:::1/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,permitted;IP:fc00::/fe00::,permitted;IP:fe80::/ffc0::";

void check(bool success, const char* what) {
  if (success) return;
  char reason[256] = "";
  ERR_error_string_n(ERR_get_error(), reason, sizeof reason);
  throw std::runtime_error(std::string(what) + ": " + reason);
}

bool is_address(const std::string& name) {
  const std::unique_ptr<ASN1_OCTET_STRING, Releaser<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free>> address(
      a2i_IPADDRESS(name.c_str()));
  ERR_clear_error();
  return address != nullptr;
}

std::string alternative_names(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names)
    out += (out.empty() ? "" : ",") + std::string(is_address(name) ? "IP:" : "DNS:") + name;
  return out;
}

std::string name_constraints(const std::vector<std::string>& names) {
  std::string out = std::string("critical,") + private_names;
  for (const auto& name : names) {
    if (!is_address(name)) {
      out += ",permitted;DNS:" + name;
    } else if (name.find(':') == std::string::npos) {
      out += ",permitted;IP:" + name + "/255.255.255.255";
    } else {
      out += ",permitted;IP:" + name + "/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";
    }
  }
  return out;
}

void add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const ExtensionHandle extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
  check(extension != nullptr, "certificate extension");
  check(X509_add_ext(certificate, extension.get(), -1) == 1, "certificate extension");
}

void set_serial(X509* certificate) {
  unsigned char bytes[16];
  check(RAND_bytes(bytes, sizeof bytes) == 1, "random serial number");
  bytes[0] &= 0x7f;
  const std::unique_ptr<BIGNUM, Releaser<BIGNUM, BN_free>> number(BN_bin2bn(bytes, sizeof bytes, nullptr));
  check(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr, "serial number");
}

/// Everything but the extensions and the signature.
Identity blank(const char* common_name, Instant now, long days) {
  Identity made{CertificateHandle(X509_new()), KeyHandle(EVP_EC_gen("P-256"))};
  check(made.certificate && made.key, "new key");
  auto* certificate = made.certificate.get();
  check(X509_set_version(certificate, X509_VERSION_3) == 1, "certificate version");
  set_serial(certificate);
  auto start = static_cast<time_t>(now / 1000) - backdate_seconds;
  X509_time_adj_ex(X509_getm_notBefore(certificate), 0, 0, &start);
  X509_time_adj_ex(X509_getm_notAfter(certificate), static_cast<int>(days), -1, &start);
  auto* name = X509_get_subject_name(certificate);
  for (const auto& [field, value] : {std::pair("O", "Anketa"), std::pair("CN", common_name)})
    X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(value), -1, -1, 0);
  check(X509_set_pubkey(certificate, made.key.get()) == 1, "public key");
  return made;
}

template <typename Write>
std::string pem(Write write) {
  const BioHandle bio(BIO_new(BIO_s_mem()));
  check(write(bio.get()) == 1, "PEM");
  char* data = nullptr;
  const auto size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

}  // namespace

Identity make_authority(const std::vector<std::string>& names, Instant now) {
  auto made = blank("Anketa local authority", now, authority_days);
  auto* certificate = made.certificate.get();
  check(X509_set_issuer_name(certificate, X509_get_subject_name(certificate)) == 1, "issuer");
  add_extension(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  add_extension(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
  add_extension(certificate, certificate, NID_subject_key_identifier, "hash");
  add_extension(certificate, certificate, NID_name_constraints, name_constraints(names));
  check(X509_sign(certificate, made.key.get(), EVP_sha256()) > 0, "signature");
  return made;
}

Identity make_server_identity(const Identity& authority, const std::vector<std::string>& names, Instant now) {
  auto made = blank("Anketa server", now, server_days);
  auto* certificate = made.certificate.get();
  auto* issuer = authority.certificate.get();
  check(X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) == 1, "issuer");
  add_extension(certificate, issuer, NID_basic_constraints, "critical,CA:FALSE");
  add_extension(certificate, issuer, NID_key_usage, "critical,digitalSignature");
  add_extension(certificate, issuer, NID_ext_key_usage, "serverAuth");
  add_extension(certificate, issuer, NID_subject_key_identifier, "hash");
  add_extension(certificate, issuer, NID_authority_key_identifier, "keyid");
  add_extension(certificate, issuer, NID_subject_alt_name, alternative_names(names));
  check(X509_sign(certificate, authority.key.get(), EVP_sha256()) > 0, "signature");
  return made;
}

bool is_covered(const Identity& authority, X509* certificate) {
  const StoreHandle store(X509_STORE_new());
  const VerifyHandle verify(X509_STORE_CTX_new());
  check(store && verify, "verification");
  X509_STORE_add_cert(store.get(), authority.certificate.get());
  // Validity is the caller's business and follows the caller's clock.
  X509_STORE_set_flags(store.get(), X509_V_FLAG_NO_CHECK_TIME);
  check(X509_STORE_CTX_init(verify.get(), store.get(), certificate, nullptr) == 1, "verification");
  const bool covered = X509_verify_cert(verify.get()) == 1;
  ERR_clear_error();
  return covered;
}

bool has_name(X509* certificate, const std::string& name) {
  if (is_address(name)) return X509_check_ip_asc(certificate, name.c_str(), 0) == 1;
  return X509_check_host(certificate, name.data(), name.size(), X509_CHECK_FLAG_NEVER_CHECK_SUBJECT, nullptr) == 1;
}

Instant valid_until(const X509* certificate) {
  int days = 0, seconds = 0;
  const std::unique_ptr<ASN1_TIME, Releaser<ASN1_TIME, ASN1_TIME_free>> origin(ASN1_TIME_set(nullptr, 0));
  check(ASN1_TIME_diff(&days, &seconds, origin.get(), X509_get0_notAfter(certificate)) == 1, "validity");
  return (static_cast<Instant>(days) * day_seconds + seconds) * 1000;
}

std::string certificate_pem(X509* certificate) {
  return pem([certificate](BIO* bio) { return PEM_write_bio_X509(bio, certificate); });
}

std::string key_pem(EVP_PKEY* key) {
  return pem([key](BIO* bio) { return PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr); });
}

CertificateHandle parse_certificate(const std::string& pem) {
  const BioHandle bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  CertificateHandle certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
  ERR_clear_error();
  return certificate;
}

KeyHandle parse_key(const std::string& pem) {
  const BioHandle bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  // A key under a passphrase is not ours; an empty one keeps OpenSSL from asking on the terminal.
  KeyHandle key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, const_cast<char*>("")));
  ERR_clear_error();
  return key;
}

}  // namespace anketa::server::http
