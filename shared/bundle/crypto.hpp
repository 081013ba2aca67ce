// The four primitives of a bundle. Private to shared/bundle, with two implementations: over OpenSSL (openssl/), and
// over what the page has loaded, in a browser (browser/).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace anketa::bundle::crypto {

inline constexpr std::size_t key_bytes = 32;
inline constexpr std::size_t signature_bytes = 64;
inline constexpr std::size_t tag_bytes = 16;

std::string sign_public(std::string_view secret);
std::string box_public(std::string_view secret);

/// Ed25519.
std::string sign(std::string_view secret, std::string_view message);
bool verify(std::string_view public_key, std::string_view message, std::string_view signature);

/// X25519, then HKDF-SHA256 over the shared secret. nullopt where the public key gives no secret.
std::optional<std::string> agree(std::string_view secret, std::string_view public_key, std::string_view salt,
                                 std::string_view purpose);

/// AES-256-GCM under a key that is used once: the nonce is zero. The tag follows the text.
std::string encrypt(std::string_view key, std::string_view bound, std::string_view text);
/// nullopt where anything was changed.
std::optional<std::string> decrypt(std::string_view key, std::string_view bound, std::string_view sealed);

}  // namespace anketa::bundle::crypto
