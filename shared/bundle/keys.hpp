// Keys of sync by file: everybody who takes part has one pair to sign with and one to be written to.
//
// Secrets are 32 random bytes each (Ed25519, X25519); public keys follow from them. Strings here are raw bytes.
// Not part of anketa_shared: it needs cryptography. Thread safety: plain values and pure functions.
#pragma once

#include <string>
#include <string_view>

#include "shared/protocol/session_messages.hpp"
#include "shared/record/environment.hpp"

namespace anketa::bundle {

inline constexpr std::size_t secret_bytes = 32;

struct KeySet {
  std::string sign_secret;
  std::string box_secret;
  protocol::PublicKeys shown;
};

KeySet make_keys(Environment& environment);
/// The set with these secrets. Throws ProblemError(BundleDamaged) where they are none.
KeySet keys_from(std::string sign_secret, std::string box_secret);

/// By which a file says whom it is for: 16 hex digits.
std::string fingerprint(std::string_view public_key);

}  // namespace anketa::bundle
