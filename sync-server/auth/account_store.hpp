// What authentication needs from a store: accounts, registered devices, refresh-token families.
//
// Model: an account is one person's log-in; its id is the user id that mutations carry. A device is registered by its
// first log-in and belongs to one account. A log-in opens a family of refresh tokens on its device; a device has at
// most one open family. Tokens themselves are never stored: a token names its family and its generation and is
// authenticated by a key kept outside the database (token_service.hpp), so a copied database opens nothing. Calls are
// synchronous and come from worker threads. A write returns when it is durable. A failed write throws ProblemError
// (DiskFull, Unavailable …) and has changed nothing. Thread safety: all calls may come from any thread at once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/protocol/session_messages.hpp"
#include "shared/record/environment.hpp"
#include "shared/record/role.hpp"
#include "shared/record/uuid.hpp"

namespace anketa::server {

struct Account {
  Uuid user;
  /// Trimmed and in lower case (see normalise_login); unique.
  std::string login;
  /// Name to show: "Анна Ковалёва".
  std::string name;
  Role role = Role::Rep;
  /// Encoded scrypt hash, see password.hpp.
  std::string password_hash;
  /// An inactive account can neither log in nor refresh nor sync; its records stay.
  bool active = true;
};

struct Device {
  Uuid id;
  Uuid user;
  /// As the device calls itself: "Phone of Anna". Personal data: never logged.
  std::string name;
  Instant registered_at = 0;
  Instant last_seen = 0;
  bool revoked = false;
  /// It went on from a copy of that device (sync.device_forked).
  std::optional<Uuid> forked_from;
  /// Of sync by file; none where its program has shown none.
  std::optional<protocol::PublicKeys> keys = {};
  /// When and by whom it was revoked, for the audit trail; 0 and empty where it was not, or nobody was named.
  Instant revoked_at = 0;
  std::string revoked_by = {};
  /// When the revoked device gave its unsent work to quarantine, all of it, and wiped itself; 0: not yet.
  Instant handed_over_at = 0;
  /// Version of its program, as it said at its last log-in or refresh; empty: it did not.
  std::string program = {};
};

/// One chain of refresh tokens, numbered 1, 2, 3 …; the device holds one of them at a time.
struct TokenFamily {
  Uuid id;
  Uuid device;
  Uuid user;
  /// Highest generation that has been presented. Tokens `used` and `used` + 1 are good; an older one is a reuse.
  std::int64_t used = 0;
  Instant opened_at = 0;
  /// Refreshing moves it on; after it the person logs in again.
  Instant expires_at = 0;
  bool revoked = false;
};

/// What each request needs to know about the bearer of an access token; one look-up.
struct Standing {
  Role role = Role::Rep;
  bool account_active = false;
  bool device_revoked = false;
};

class AccountStore {
 public:
  virtual ~AccountStore() = default;

  virtual std::optional<Account> account_by_login(std::string_view normalised_login) = 0;
  virtual std::optional<Account> account(const Uuid& user) = 0;
  /// All accounts, by login.
  virtual std::vector<Account> accounts() = 0;
  /// Adds an account and its `user` record in one transaction. Throws AlreadyExists where the login is taken.
  virtual void add_account(const Account& account) = 0;
  /// Changes name, role, hash and active of the account with that user id, and its `user` record with it.
  virtual void update_account(const Account& account) = 0;

  virtual std::optional<Device> device(const Uuid& id) = 0;
  virtual std::vector<Device> devices(const Uuid& user) = 0;
  /// Revokes the device, the devices that went on from copies of it, and their open families.
  virtual void revoke_device(const Uuid& id, const std::string& by, Instant at) = 0;
  /// The revoked device has handed over everything.
  virtual void hand_over(const Uuid& id, Instant at) = 0;
  /// Whether two copies of the device have shown up at the sync service.
  virtual bool is_forked(const Uuid& device) = 0;

  /// One log-in, in one transaction: registers the device (or updates name, last_seen and program), closes the families
  /// the device had, opens this one. A revoked device stays revoked: the caller has checked it. A device with
  /// forked_from takes over what the sync service keeps of that one.
  virtual void open_family(const Device& device, const TokenFamily& family) = 0;
  virtual std::optional<TokenFamily> family(const Uuid& id) = 0;
  /// What the use of a refresh token tells of its device: when, and with which version of its program.
  struct Seen {
    Instant at = 0;
    std::string program;
  };
  /// Moves `used` and `expires_at` forward, and notes what was seen of the device. Never moves `used` back: where it is
  /// already as far (another request was faster), nothing changes.
  virtual void advance_family(const Uuid& id, std::int64_t used, Instant expires_at, const Seen& seen) = 0;
  virtual void revoke_family(const Uuid& id) = 0;

  /// Gives the person's calendar an address: the digest of its secret is kept, never the secret. A person has one; a
  /// new one ends the old one's days.
  virtual void put_calendar_feed(const Uuid& user, const std::string& digest, Instant at) = 0;
  virtual void remove_calendar_feed(const Uuid& user) = 0;
  /// Whose address it is.
  virtual std::optional<Uuid> calendar_feed_owner(const std::string& digest) = 0;
  /// When the person's address was made; nullopt: he has none.
  virtual std::optional<Instant> calendar_feed_made(const Uuid& user) = 0;

  /// nullopt: no such user and device pair.
  virtual std::optional<Standing> standing(const Uuid& user, const Uuid& device) = 0;
};

}  // namespace anketa::server
