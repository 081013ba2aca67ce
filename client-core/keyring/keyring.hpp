// The operating system's keyring, where a native program keeps a store's key so that nobody types it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace anketa::client {

class Keyring {
 public:
  virtual ~Keyring() = default;
  /// The secret kept under a name; none where there is none. Throws ProblemError(KeyringUnavailable).
  virtual std::optional<std::string> find(std::string_view name) = 0;
  /// Keeps a secret (text without line ends) under a name; `label` is what the keyring's own window shows.
  /// Throws ProblemError(KeyringUnavailable).
  virtual void keep(std::string_view name, std::string_view secret, std::string_view label) = 0;
};

/// The Secret Service (GNOME Keyring, KWallet) through the program secret-tool of libsecret. The secret goes through
/// pipes, never through arguments, which other users could read.
std::unique_ptr<Keyring> secret_service(std::string program = "secret-tool");

}  // namespace anketa::client
