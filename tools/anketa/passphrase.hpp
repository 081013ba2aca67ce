// Where the key of the local store comes from: a file, the environment, the system's keyring, or the user.
#pragma once

#include <string>

#include "tools/anketa/app.hpp"

namespace anketa::cli {

/// A passphrase shorter than this can be tried out on a copied file in reasonable time (docs/security.md).
inline constexpr std::size_t least_passphrase = 12;

/// In this order: --passphrase-file, ANKETA_PASSPHRASE, the keyring (where --keyring says so or the store was made with
/// it), the user. With `create` a new one is asked for twice, or made at random and kept in the keyring.
/// Throws ProblemError (WrongKey, UsageInvalid, FileUnreadable).
std::string obtain_passphrase(App& app, bool create);

}  // namespace anketa::cli
