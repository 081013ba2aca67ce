// Password hashes: scrypt (RFC 7914), with its parameters and salt in the encoded text.
//
// Thread safety: everything here may be called from any thread. One hash at the default cost takes 32 MB and about a
// tenth of a second, so callers bound how many run at a time.
#pragma once

#include <string>
#include <string_view>

#include "shared/record/environment.hpp"

namespace anketa::server {

/// N = 2^log_n. The defaults are what OWASP asks of a server with little memory to give.
struct ScryptCost {
  int log_n = 15;
  int block = 8;
  int parallel = 1;
};

/// Fewest characters of a password.
inline constexpr std::size_t min_password = 8;
/// Most bytes of one: enough for any passphrase, and a bound on what a hostile client can make us hash.
inline constexpr std::size_t max_password = 1024;

/// "$scrypt$ln=15,r=8,p=1$<salt>$<hash>" with a random salt. Throws ProblemError(InvalidValue) where the password is
/// too short or too long.
std::string hash_password(std::string_view password, Environment& environment, const ScryptCost& cost = {});

/// Compares in constant time. False for a wrong password and for a text that is no hash of ours.
bool verify_password(std::string_view password, std::string_view encoded);

/// A log-in is one word without regard to case and surrounding blanks: " Anna " and "anna" are the same, in Russian
/// too.
std::string normalise_login(std::string_view login);

}  // namespace anketa::server
