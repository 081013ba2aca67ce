// The messages of `POST /v1/login` and `POST /v1/refresh`: how a device gets its tokens. docs/protocol.md describes
// them.
//
//   /v1/login    → {"login", "password", "device": {"id", "name", "program"?, "keys"?}}
//   /v1/refresh  → {"refresh", "device"?, "program"?}
//   both         ← {"access", "refresh", "expires_in", "user": {"id", "login", "name", "role"}, "keys"?}
// `program` is the version of the program on the device, for whoever looks after devices; nothing depends on it.
// `keys` are public ones, {"sign", "box"} in hex, the device's and the server's: for sync by file.
// A browser logs in without a device.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "shared/record/json.hpp"
#include "shared/record/role.hpp"
#include "shared/record/uuid.hpp"

namespace anketa::protocol {

/// Public keys of one side of sync by file, 32 raw bytes each: what it signs with, and what is encrypted to it.
struct PublicKeys {
  std::string sign;
  std::string box;
};

/// The version of this program: "0.1.0".
std::string_view program_version();

std::string hex_of_bytes(std::string_view bytes);
/// Empty for what is no hex.
std::string bytes_of_hex(std::string_view hex);

Json to_json(const PublicKeys& keys);
/// Throws ProblemError(InvalidValue).
PublicKeys public_keys_from_json(const Json& json);

struct LogInRequest {
  std::string login;
  std::string password;
  /// Absent for a browser, which keeps no records.
  std::optional<Uuid> device;
  /// "Ноутбук Анны". Personal data: never logged.
  std::string device_name;
  std::optional<PublicKeys> keys = {};
  /// Version of the device's program; empty: it does not say.
  std::string program = {};
};

struct RefreshRequest {
  std::string refresh;
  /// The token's device turned out to be a copy (sync.device_forked): it goes on as this new one.
  std::optional<Uuid> device = {};
  std::string program = {};
};

/// The session a log-in opens or a refresh goes on with.
struct SessionAnswer {
  std::string access;
  std::string refresh;
  /// Seconds until the access token expires.
  std::int64_t expires_in = 0;
  Uuid user;
  std::string login;
  std::string name;
  Role role = Role::Rep;
  /// The server's own.
  std::optional<PublicKeys> keys = {};
};

Json to_json(const LogInRequest& request);
/// Throws ProblemError (RequiredMissing, WrongType, InvalidValue) naming the member that is wrong.
LogInRequest log_in_from_json(const Json& json);

Json to_json(const RefreshRequest& request);
/// Throws as log_in_from_json.
RefreshRequest refresh_from_json(const Json& json);

Json to_json(const SessionAnswer& answer);
/// Throws ProblemError(BadAnswer).
SessionAnswer session_from_json(const Json& json);

}  // namespace anketa::protocol
