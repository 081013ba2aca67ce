#include "sync-server/store/sqlite_accounts.hpp"

#include "sync-server/store/own_record.hpp"
#include "sync-server/store/sqlite_session.hpp"

namespace anketa::server {
namespace {

constexpr std::string_view account_columns = "SELECT person, login, name, role, password_hash, active FROM account ";
constexpr std::string_view device_columns =
    "SELECT id, person, name, registered_at, last_seen, revoked, forked_from, sign_key, box_key, revoked_at, "
    "revoked_by, handed_over_at, program FROM device ";

Account account_row(const sqlite::Statement& row) {
  return {id_column(row, 0), row.string(1),      row.string(2), parse_role(row.text(3)).value_or(Role::Rep),
          row.string(4),     row.integer(5) != 0};
}

std::string bytes_column(const sqlite::Statement& row, int column) {
  const auto bytes = row.blob(column);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::span<const std::byte> bytes(const std::string& text) {
  return std::as_bytes(std::span(text));
}

Device device_row(const sqlite::Statement& row) {
  Device device{id_column(row, 0), id_column(row, 1),   row.string(2), row.integer(3),
                row.integer(4),    row.integer(5) != 0, std::nullopt};
  if (!row.is_null(6)) device.forked_from = id_column(row, 6);
  if (!row.is_null(7)) device.keys = protocol::PublicKeys{bytes_column(row, 7), bytes_column(row, 8)};
  device.revoked_at = row.integer(9);
  device.revoked_by = row.string(10);
  device.handed_over_at = row.integer(11);
  device.program = row.string(12);
  return device;
}

std::string sql(std::string_view columns, std::string_view rest) {
  return std::string(columns) + std::string(rest);
}

Json user_body(const Account& account) {
  return {{"name", account.name}, {"login", account.login}, {"role", id(account.role)}, {"active", account.active}};
}

class SqliteAccounts final : public AccountStore {
 public:
  SqliteAccounts(ConnectionSource& source, Environment& environment) : source_(source), environment_(environment) {}

  std::optional<Account> account_by_login(std::string_view normalised_login) override {
    std::optional<Account> found;
    source_.read_connection([&](sqlite::Database& database) {
      static const auto text = sql(account_columns, "WHERE login = ?1");
      auto row = database.statement(text);
      row.bind(normalised_login);
      if (row.step()) found = account_row(row);
    });
    return found;
  }

  std::optional<Account> account(const Uuid& user) override {
    std::optional<Account> found;
    source_.read_connection([&](sqlite::Database& database) {
      static const auto text = sql(account_columns, "WHERE person = ?1");
      auto row = database.statement(text);
      row.bind(blob(user));
      if (row.step()) found = account_row(row);
    });
    return found;
  }

  std::vector<Account> accounts() override {
    std::vector<Account> all;
    source_.read_connection([&](sqlite::Database& database) {
      static const auto text = sql(account_columns, "ORDER BY login");
      auto row = database.statement(text);
      while (row.step()) all.push_back(account_row(row));
    });
    return all;
  }

  void add_account(const Account& account) override {
    source_.write_connection([&](sqlite::Database& database, Writer& writer) {
      if (database.query_integer("SELECT 1 FROM account WHERE login = ?1 OR person = ?2", account.login,
                                 blob(account.user)))
        throw ProblemError(ProblemCode::AlreadyExists, {{"name", account.login}});
      database.run(
          "INSERT INTO account (person, login, name, role, password_hash, active) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
          blob(account.user), account.login, account.name, id(account.role), account.password_hash, account.active);
      put_own_record(writer, "user", account.user, company_scope, user_body(account), "account", environment_.now());
    });
  }

  void update_account(const Account& account) override {
    source_.write_connection([&](sqlite::Database& database, Writer& writer) {
      database.run("UPDATE account SET name = ?2, role = ?3, password_hash = ?4, active = ?5 WHERE person = ?1",
                   blob(account.user), account.name, id(account.role), account.password_hash, account.active);
      if (database.changes() == 0) throw ProblemError(ProblemCode::RecordNotFound);
      const auto cause = "account " + std::to_string(writer.history().last_seq);
      put_own_record(writer, "user", account.user, company_scope, user_body(account), cause, environment_.now());
    });
  }

  std::optional<Device> device(const Uuid& id) override {
    std::optional<Device> found;
    source_.read_connection([&](sqlite::Database& database) {
      static const auto text = sql(device_columns, "WHERE id = ?1");
      auto row = database.statement(text);
      row.bind(blob(id));
      if (row.step()) found = device_row(row);
    });
    return found;
  }

  std::vector<Device> devices(const Uuid& user) override {
    std::vector<Device> all;
    source_.read_connection([&](sqlite::Database& database) {
      static const auto text = sql(device_columns, "WHERE person = ?1 ORDER BY registered_at, id");
      auto row = database.statement(text);
      row.bind(blob(user));
      while (row.step()) all.push_back(device_row(row));
    });
    return all;
  }

  void revoke_device(const Uuid& id, const std::string& by, Instant at) override {
    source_.write_connection([&](sqlite::Database& database, Writer&) {
      constexpr std::string_view copies =
          "WITH RECURSIVE copy(id) AS (VALUES(?1) UNION SELECT d.id FROM device d JOIN copy c ON d.forked_from = "
          "c.id) ";
      static const auto devices = sql(copies,
                                      "UPDATE device SET revoked = 1, revoked_by = ?2, revoked_at = ?3 "
                                      "WHERE id IN (SELECT id FROM copy) AND revoked = 0");
      static const auto families =
          sql(copies, "UPDATE token_family SET revoked = 1 WHERE device IN (SELECT id FROM copy)");
      database.run(devices, blob(id), by, at);
      database.run(families, blob(id));
    });
  }

  void hand_over(const Uuid& id, Instant at) override {
    source_.write_connection([&](sqlite::Database& database, Writer&) {
      database.run("UPDATE device SET handed_over_at = ?2 WHERE id = ?1 AND handed_over_at = 0", blob(id), at);
    });
  }

  bool is_forked(const Uuid& device) override {
    bool forked = false;
    source_.read_connection([&](sqlite::Database& database) {
      forked = database.query_integer("SELECT forks FROM device_state WHERE device = ?1", blob(device)).value_or(0) > 0;
    });
    return forked;
  }

  void open_family(const Device& device, const TokenFamily& family) override {
    source_.write_connection([&](sqlite::Database& database, Writer&) {
      database.run(
          "INSERT INTO device (id, person, name, registered_at, last_seen, revoked, program) "
          "VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6) ON CONFLICT (id) DO UPDATE SET person = excluded.person, "
          "name = excluded.name, last_seen = excluded.last_seen, program = excluded.program",
          blob(device.id), blob(device.user), device.name, device.registered_at, device.last_seen, device.program);
      if (device.keys)
        database.run("UPDATE device SET sign_key = ?2, box_key = ?3 WHERE id = ?1", blob(device.id),
                     bytes(device.keys->sign), bytes(device.keys->box));
      if (device.forked_from) take_over(database, *device.forked_from, device.id);
      database.run("UPDATE token_family SET revoked = 1 WHERE device = ?1 AND revoked = 0", blob(device.id));
      database.run(
          "INSERT INTO token_family (id, device, person, used, opened_at, expires_at, revoked) "
          "VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)",
          blob(family.id), blob(family.device), blob(family.user), family.used, family.opened_at, family.expires_at);
    });
  }

  std::optional<TokenFamily> family(const Uuid& id) override {
    std::optional<TokenFamily> found;
    source_.read_connection([&](sqlite::Database& database) {
      auto row = database.statement(
          "SELECT id, device, person, used, opened_at, expires_at, revoked FROM token_family WHERE id = ?1");
      row.bind(blob(id));
      if (row.step())
        found = TokenFamily{id_column(row, 0), id_column(row, 1), id_column(row, 2),  row.integer(3),
                            row.integer(4),    row.integer(5),    row.integer(6) != 0};
    });
    return found;
  }

  void advance_family(const Uuid& id, std::int64_t used, Instant expires_at, const Seen& seen) override {
    source_.write_connection([&](sqlite::Database& database, Writer&) {
      database.run("UPDATE token_family SET used = ?2, expires_at = ?3 WHERE id = ?1 AND used < ?2", blob(id), used,
                   expires_at);
      if (database.changes() == 0) return;
      database.run(
          "UPDATE device SET last_seen = ?2, program = CASE WHEN ?3 = '' THEN program ELSE ?3 END "
          "WHERE id = (SELECT device FROM token_family WHERE id = ?1)",
          blob(id), seen.at, seen.program);
    });
  }

  void revoke_family(const Uuid& id) override {
    source_.write_connection([&](sqlite::Database& database, Writer&) {
      database.run("UPDATE token_family SET revoked = 1 WHERE id = ?1", blob(id));
    });
  }

  void put_calendar_feed(const Uuid& user, const std::string& digest, Instant at) override {
    source_.write_connection([&](sqlite::Database& database, Writer&) {
      database.run(
          "INSERT INTO calendar_feed (person, digest, made_at) VALUES (?1, ?2, ?3) "
          "ON CONFLICT (person) DO UPDATE SET digest = excluded.digest, made_at = excluded.made_at",
          blob(user), bytes(digest), at);
    });
  }

  void remove_calendar_feed(const Uuid& user) override {
    source_.write_connection([&](sqlite::Database& database, Writer&) {
      database.run("DELETE FROM calendar_feed WHERE person = ?1", blob(user));
    });
  }

  std::optional<Uuid> calendar_feed_owner(const std::string& digest) override {
    std::optional<Uuid> found;
    source_.read_connection([&](sqlite::Database& database) {
      auto row = database.statement("SELECT person FROM calendar_feed WHERE digest = ?1");
      row.bind(bytes(digest));
      if (row.step()) found = id_column(row, 0);
    });
    return found;
  }

  std::optional<Instant> calendar_feed_made(const Uuid& user) override {
    std::optional<Instant> found;
    source_.read_connection([&](sqlite::Database& database) {
      found = database.query_integer("SELECT made_at FROM calendar_feed WHERE person = ?1", blob(user));
    });
    return found;
  }

  std::optional<Standing> standing(const Uuid& user, const Uuid& device) override {
    std::optional<Standing> found;
    source_.read_connection([&](sqlite::Database& database) {
      auto row = database.statement(
          "SELECT a.role, a.active, d.revoked FROM account a JOIN device d ON d.person = a.person "
          "WHERE a.person = ?1 AND d.id = ?2");
      row.bind(blob(user), blob(device));
      if (row.step())
        found = Standing{parse_role(row.text(0)).value_or(Role::Rep), row.integer(1) != 0, row.integer(2) != 0};
    });
    return found;
  }

 private:
  static void take_over(sqlite::Database& database, const Uuid& from, const Uuid& to) {
    database.run("UPDATE device SET forked_from = ?2 WHERE id = ?1", blob(to), blob(from));
    database.run(
        "INSERT OR IGNORE INTO device_state (device, epoch, generation, older_nonce, nonce, next_nonce, honoured, "
        "forks, "
        "forked_at) SELECT ?1, '', 0, '', '', '', honoured, 0, 0 FROM device_state WHERE device = ?2",
        blob(to), blob(from));
    database.run(
        "INSERT OR IGNORE INTO mutation_alias (device, mutation, kept) SELECT ?1, mutation, kept FROM mutation_alias "
        "WHERE device = ?2",
        blob(to), blob(from));
  }

  ConnectionSource& source_;
  Environment& environment_;
};

}  // namespace

std::unique_ptr<AccountStore> make_sqlite_accounts(ConnectionSource& source, Environment& environment) {
  return std::make_unique<SqliteAccounts>(source, environment);
}

}  // namespace anketa::server
