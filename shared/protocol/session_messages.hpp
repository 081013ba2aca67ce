// The messages of `POST /v1/login` and `POST /v1/refresh`: how a device gets its tokens. docs/protocol.md describes
// them.
//
//   /v1/login    → {"login", "password", "device": {"id", "name"}}
//   /v1/refresh  → {"refresh", "device"?}
//   both         ← {"access", "refresh", "expires_in", "user": {"id", "login", "name", "role"}}
// A browser logs in without a device.
#pragma once

#include <optional>
#include <string>

#include "shared/record/json.hpp"
#include "shared/record/role.hpp"
#include "shared/record/uuid.hpp"

namespace anketa::protocol {

struct LogInRequest {
  std::string login;
  std::string password;
  /// Absent for a browser, which keeps no records.
  std::optional<Uuid> device;
  /// "Ноутбук Анны". Personal data: never logged.
  std::string device_name;
};

struct RefreshRequest {
  std::string refresh;
  /// The token's device turned out to be a copy (sync.device_forked): it goes on as this new one.
  std::optional<Uuid> device = {};
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
