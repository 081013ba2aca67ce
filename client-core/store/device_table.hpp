// The device's own row: who it is, its clock and counter, where it stands in the server's history; and its account.
#pragma once

#include <optional>
#include <string>

#include "shared/record/environment.hpp"
#include "shared/record/role.hpp"
#include "shared/record/uuid.hpp"
#include "shared/sqlite/database.hpp"

namespace anketa::client {

struct DeviceRow {
  Uuid id;
  std::uint64_t generation = 1;
  std::string nonce;
  /// Chosen and stored before it is first sent; see docs/client.md, "Nonces".
  std::string next_nonce;
  std::string epoch;
  std::string cursor;
  std::uint64_t backup_seq = 0;
  std::optional<Instant> last_sync;
  /// The server's history is a new one, and the first complete sync with it is not over yet.
  bool rewound = false;
  /// This database is a copy of another device's: the id under which it is to register anew.
  std::optional<Uuid> fork_id;
  /// The newest change of grants the server has told of, and up to where revokes have been honoured.
  std::uint64_t told = 0;
  std::uint64_t honoured = 0;
  /// The server's sum that comparing records could not bring about; empty: none. It is not tried again for that one.
  std::string unmatched;
};

/// The logged-in user. Tokens are secrets; they live in the encrypted file and nowhere else.
struct AccountRow {
  Uuid user;
  std::string login;
  std::string name;
  Role role = Role::Rep;
  std::string server;
  /// Both empty: logged out, records stay.
  std::string access;
  std::string refresh;
};

/// What a new mutation gets from the device.
struct Stamp {
  std::uint64_t counter = 0;
  /// Hybrid logical clock: the device's clock, but always later than the last one.
  Instant at = 0;
};

class DeviceTable {
 public:
  explicit DeviceTable(sqlite::Database& database) : database_(database) {}

  /// Makes the row of a new database.
  void create(const Uuid& id, const std::string& next_nonce);
  DeviceRow get() const;
  /// Takes the next counter and moves the clock; within the caller's transaction.
  Stamp stamp(Instant now);
  /// Moves the clock only, for an edit that joins an unsent mutation.
  Instant tick(Instant now);
  void set_position(const std::string& epoch, const std::string& cursor, std::uint64_t backup_seq);
  void set_cursor(const std::string& cursor);
  void set_told(std::uint64_t granted);
  /// All revokes told of are honoured.
  void set_honoured();
  void set_unmatched(const std::string& sum);
  /// Another copy of this device is at work: chooses the id under which to register, once.
  Uuid fork(const Uuid& new_id);
  /// Registered under the fork's id: the device is that one from now on, with a chain of nonces of its own.
  void become_fork(const std::string& next_nonce);
  /// The server's history is another one: the first complete sync with it begins.
  void rewind();
  void rewind_is_over();
  /// After an answered exchange: what was next is current, and a new next is chosen.
  void advance_nonce(const std::string& new_next_nonce);
  void set_last_sync(Instant at);

  std::optional<AccountRow> account() const;
  void set_account(const AccountRow& account);
  void set_tokens(const std::string& access, const std::string& refresh);

 private:
  sqlite::Database& database_;
};

}  // namespace anketa::client
