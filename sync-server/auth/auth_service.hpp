// Log-in, refresh, log-out, and who is behind an access token. Rules only: no HTTP, no SQL.
//
// Model: a log-in registers the device and opens a token family on it, closing the family it had. A refresh token's
// generation n may be presented until generation n + 1 has been; both presentations give the same next token. A token
// older than that has leaked or was copied: the family is closed, and whoever holds it must log in again.
// A token newer than the store knows is genuine by its signature: the store was restored from a backup and catches up.
// Thread safety: all calls may come from any thread. log_in() takes 32 MB and a tenth of a second: callers bound it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sync-server/auth/account_store.hpp"
#include "sync-server/auth/login_limiter.hpp"
#include "sync-server/auth/password.hpp"
#include "sync-server/auth/session.hpp"
#include "sync-server/auth/tokens.hpp"

namespace anketa::server {

/// Milliseconds. An access token is checked against the store at every request, so its life only bounds how long a
/// closed family can still be used; a refresh token lasts as long as a rep may be away from the office.
inline constexpr Instant access_life = Instant{15} * 60 * 1000;
inline constexpr Instant refresh_life = Instant{90} * 24 * 60 * 60 * 1000;

struct Tokens {
  std::string access;
  Instant access_expires = 0;
  std::string refresh;
};

struct LoginRequest {
  std::string login;
  std::string password;
  /// Absent for a browser, which keeps no records: a device of its own is made for each of its log-ins.
  std::optional<Uuid> device;
  std::string device_name;
  /// Of the peer; used to slow down guessing, kept in memory only.
  std::string address;
  /// The device's, for sync by file.
  std::optional<protocol::PublicKeys> keys = {};
  /// Version of its program.
  std::string program = {};
};

struct LoggedIn {
  Tokens tokens;
  Account account;
};

class AuthService {
 public:
  /// `cost`: of the hash against which the password of an unknown log-in is checked.
  AuthService(AccountStore& store, Environment& environment, TokenSigner signer, const ScryptCost& cost = {});

  /// Throws ProblemError: TooManyRequests, BadCredentials (unknown log-in, wrong password and closed account alike),
  /// Forbidden where the device belongs to another account.
  LoggedIn log_in(const LoginRequest& request);
  /// Throws ProblemError: TokenInvalid, TokenExpired, DeviceRevoked. `as_device`: the token's device was found to be a
  /// copy of another, and registers as this new one, the other copy keeping its session; Forbidden where the sync
  /// service knows of no copy, or the device is somebody else's.
  LoggedIn refresh(std::string_view refresh_token, const std::optional<Uuid>& as_device = {},
                   const std::string& program = {});
  /// Who is behind the refresh token of a revoked device, which may hand over its unsent work and nothing else. Throws
  /// ProblemError: TokenInvalid, Forbidden where the device is not revoked.
  Session revoked_device(std::string_view refresh_token);
  /// Closes the token's family. A token that is none of ours closes nothing.
  void log_out(std::string_view refresh_token);
  void log_out(const Session& session);
  /// Throws ProblemError: NotLoggedIn (empty), TokenInvalid, TokenExpired, DeviceRevoked.
  Session authenticate(std::string_view access_token);

 private:
  LoggedIn register_copy(const Device& device, Account account, const Uuid& id, Instant now);
  Tokens issue(const Account& account, const TokenFamily& family, std::int64_t next, Instant now) const;

  AccountStore& store_;
  Environment& environment_;
  TokenSigner signer_;
  LoginLimiter limiter_;
  /// Hash of a password nobody knows: checking an unknown log-in takes as long as a known one.
  std::string decoy_hash_;
};

}  // namespace anketa::server
