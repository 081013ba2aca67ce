// Access and refresh tokens: compact binary claims under HMAC-SHA256.
//
// Model: an access token names user, device, token family, role and expiry, and is good by its signature alone. A
// refresh token names a family and a generation; the same family and generation always give the same token, so that a
// device that lost an answer gets it again. Neither is stored. The key lives in a file beside the database, never in
// it. Thread safety: a TokenSigner may be used from any thread at once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "shared/record/environment.hpp"
#include "shared/record/role.hpp"
#include "shared/record/uuid.hpp"

namespace anketa::server {

struct AccessClaims {
  Uuid user;
  Uuid device;
  Uuid family;
  Role role = Role::Rep;
  Instant expires_at = 0;
};

struct RefreshClaims {
  Uuid family;
  std::int64_t generation = 0;
};

inline constexpr std::size_t token_key_bytes = 32;
std::string new_token_key(Environment& environment);

class TokenSigner {
 public:
  /// Throws std::invalid_argument where the key is not token_key_bytes long.
  explicit TokenSigner(std::string key);

  std::string sign(const AccessClaims& claims) const;
  std::string sign(const RefreshClaims& claims) const;
  /// nullopt: not a token that this key signed. Expiry is the caller's to check.
  std::optional<AccessClaims> access(std::string_view token) const;
  std::optional<RefreshClaims> refresh(std::string_view token) const;

 private:
  std::string wrap(std::string_view kind, const std::string& claims) const;
  std::optional<std::string> unwrap(std::string_view kind, std::string_view token, std::size_t size) const;
  std::string mac(std::string_view kind, std::string_view claims) const;

  std::string key_;
};

}  // namespace anketa::server
