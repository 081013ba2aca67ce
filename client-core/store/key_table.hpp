// The keys of sync by file: the device's own secrets, and what the server showed of its at the last log-in.
//
// Made by client-core/bundle, which knows what they are; here they are bytes in an encrypted file.
#pragma once

#include <optional>
#include <string>

#include "shared/protocol/session_messages.hpp"
#include "shared/sqlite/database.hpp"

namespace anketa::client {

struct OwnKeys {
  std::string sign_secret;
  std::string box_secret;
  protocol::PublicKeys shown;
};

class KeyTable {
 public:
  explicit KeyTable(sqlite::Database& database) : database_(database) {}

  std::optional<OwnKeys> own() const;
  void set_own(const OwnKeys& keys);
  std::optional<protocol::PublicKeys> server() const;
  void set_server(const protocol::PublicKeys& keys);

 private:
  sqlite::Database& database_;
};

}  // namespace anketa::client
