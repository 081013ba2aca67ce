#include "sync-server/auth/tokens.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cstring>
#include <stdexcept>

#include "sync-server/auth/base64url.hpp"

namespace anketa::server {
namespace {

// The kind stands in front of a token and goes into its signature: one kind can never pass for another. The digit is
// the version of the layout.
constexpr std::string_view access_kind = "a1.";
constexpr std::string_view refresh_kind = "r1.";

constexpr std::size_t id_bytes = 16;
constexpr std::size_t access_bytes = 3 * id_bytes + 1 + 8;
constexpr std::size_t refresh_bytes = id_bytes + 8;
constexpr std::size_t mac_bytes = 32;

void put(std::string& out, const Uuid& id) {
  out.append(reinterpret_cast<const char*>(id.bytes().data()), id.bytes().size());
}

void put(std::string& out, std::int64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xff);
}

/// Reads what put() wrote, in the same order; the caller has checked the length.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : bytes_(bytes) {}
  Uuid id() {
    std::array<std::uint8_t, id_bytes> raw{};
    std::memcpy(raw.data(), bytes_.data(), raw.size());
    bytes_.remove_prefix(raw.size());
    return Uuid(raw);
  }
  std::uint8_t byte() {
    const auto value = static_cast<std::uint8_t>(bytes_.front());
    bytes_.remove_prefix(1);
    return value;
  }
  std::int64_t number() {
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i) value = value << 8 | byte();
    return static_cast<std::int64_t>(value);
  }

 private:
  std::string_view bytes_;
};

}  // namespace

std::string new_token_key(Environment& environment) {
  std::array<std::byte, token_key_bytes> random{};
  environment.random(random);
  return {reinterpret_cast<const char*>(random.data()), random.size()};
}

TokenSigner::TokenSigner(std::string key) : key_(std::move(key)) {
  if (key_.size() != token_key_bytes) throw std::invalid_argument("token key of the wrong length");
}

std::string TokenSigner::sign(const AccessClaims& claims) const {
  std::string bytes;
  bytes.reserve(access_bytes);
  put(bytes, claims.user);
  put(bytes, claims.device);
  put(bytes, claims.family);
  bytes += static_cast<char>(claims.role);
  put(bytes, claims.expires_at);
  return wrap(access_kind, bytes);
}

std::string TokenSigner::sign(const RefreshClaims& claims) const {
  std::string bytes;
  bytes.reserve(refresh_bytes);
  put(bytes, claims.family);
  put(bytes, claims.generation);
  return wrap(refresh_kind, bytes);
}

std::optional<AccessClaims> TokenSigner::access(std::string_view token) const {
  const auto bytes = unwrap(access_kind, token, access_bytes);
  if (!bytes) return std::nullopt;
  Cursor cursor(*bytes);
  AccessClaims claims;
  claims.user = cursor.id();
  claims.device = cursor.id();
  claims.family = cursor.id();
  const auto role = cursor.byte();
  if (role >= role_ids.size()) return std::nullopt;
  claims.role = static_cast<Role>(role);
  claims.expires_at = cursor.number();
  return claims;
}

std::optional<RefreshClaims> TokenSigner::refresh(std::string_view token) const {
  const auto bytes = unwrap(refresh_kind, token, refresh_bytes);
  if (!bytes) return std::nullopt;
  Cursor cursor(*bytes);
  RefreshClaims claims;
  claims.family = cursor.id();
  claims.generation = cursor.number();
  return claims;
}

std::string TokenSigner::wrap(std::string_view kind, const std::string& claims) const {
  return std::string(kind) + base64url(claims + mac(kind, claims));
}

std::optional<std::string> TokenSigner::unwrap(std::string_view kind, std::string_view token, std::size_t size) const {
  if (!token.starts_with(kind)) return std::nullopt;
  auto bytes = parse_base64url(token.substr(kind.size()));
  if (!bytes || bytes->size() != size + mac_bytes) return std::nullopt;
  const auto expected = mac(kind, std::string_view(*bytes).substr(0, size));
  if (CRYPTO_memcmp(expected.data(), bytes->data() + size, mac_bytes) != 0) return std::nullopt;
  bytes->resize(size);
  return bytes;
}

std::string TokenSigner::mac(std::string_view kind, std::string_view claims) const {
  const auto message = std::string(kind).append(claims);
  std::string out(mac_bytes, '\0');
  unsigned int size = 0;
  const auto* done = HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
                          reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                          reinterpret_cast<unsigned char*>(out.data()), &size);
  if (done == nullptr || size != mac_bytes) throw std::runtime_error("HMAC failed");
  return out;
}

}  // namespace anketa::server
