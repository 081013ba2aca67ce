// Where the encryption key of a client's database comes from.
//
// Model: beside the database lies key.json, which holds no secret: it says whether the key is derived from a passphrase
// (and with what salt and cost) or kept in the system's keyring (and under what name). The key has 32 random or derived
// bytes; the database derives its page key from these (docs/client.md, "The key").
// Thread safety: one call at a time per folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "client-core/keyring/keyring.hpp"
#include "shared/record/environment.hpp"

namespace anketa::client {

enum class KeyKind { Passphrase, Keyring };

/// Fewest characters of a passphrase: below, a copied file could be tried out.
inline constexpr std::size_t min_passphrase = 12;

/// How the key of the store in a folder is kept; none where no key was made yet. Throws ProblemError(FileUnreadable).
std::optional<KeyKind> key_kind(const std::string& folder);

/// Makes a key from a passphrase and writes key.json. Throws ProblemError: InvalidValue (too short), AlreadyExists,
/// FileUnwritable.
std::string make_passphrase_key(const std::string& folder, std::string_view passphrase, Environment& environment);
/// The same key again. A wrong passphrase gives another key, which does not open the database (WrongKey).
/// Throws ProblemError: NotInitialised, FileUnreadable.
std::string passphrase_key(const std::string& folder, std::string_view passphrase);

/// Makes a random key, keeps it in the keyring and writes key.json. Throws as above and KeyringUnavailable.
std::string make_keyring_key(const std::string& folder, Keyring& keyring, Environment& environment);
/// Throws NotInitialised, and KeyringUnavailable also where the keyring has lost it.
std::string keyring_key(const std::string& folder, Keyring& keyring);

}  // namespace anketa::client
