#include "client-core/store/device_table.hpp"

#include "client-core/store/sql.hpp"

namespace anketa::client {

void DeviceTable::create(const Uuid& id, const std::string& next_nonce) {
  database_.run("INSERT INTO device(one, id, generation, next_nonce) VALUES(1, ?, 1, ?)", blob(id), next_nonce);
}

DeviceRow DeviceTable::get() const {
  auto row = database_.statement(
      "SELECT id, generation, nonce, next_nonce, epoch, cursor, backup_seq, last_sync, rewound, fork_id, told, "
      "honoured, "
      "unmatched FROM device");
  if (!row.step()) throw ProblemError(ProblemCode::DatabaseDamaged);
  DeviceRow device;
  device.id = uuid_at(row, 0);
  device.generation = static_cast<std::uint64_t>(row.integer(1));
  device.nonce = row.string(2);
  device.next_nonce = row.string(3);
  device.epoch = row.string(4);
  device.cursor = row.string(5);
  device.backup_seq = static_cast<std::uint64_t>(row.integer(6));
  if (!row.is_null(7)) device.last_sync = row.integer(7);
  device.rewound = row.integer(8) != 0;
  if (!row.is_null(9)) device.fork_id = uuid_at(row, 9);
  device.told = static_cast<std::uint64_t>(row.integer(10));
  device.honoured = static_cast<std::uint64_t>(row.integer(11));
  device.unmatched = row.string(12);
  return device;
}

Stamp DeviceTable::stamp(Instant now) {
  auto row = database_.statement(
      "UPDATE device SET counter = counter + 1, clock = max(clock + 1, ?) RETURNING counter, clock");
  row.bind(now);
  if (!row.step()) throw ProblemError(ProblemCode::DatabaseDamaged);
  const Stamp stamp{static_cast<std::uint64_t>(row.integer(0)), row.integer(1)};
  row.run();
  return stamp;
}

Instant DeviceTable::tick(Instant now) {
  auto row = database_.statement("UPDATE device SET clock = max(clock + 1, ?) RETURNING clock");
  row.bind(now);
  if (!row.step()) throw ProblemError(ProblemCode::DatabaseDamaged);
  const Instant at = row.integer(0);
  row.run();
  return at;
}

void DeviceTable::set_position(const std::string& epoch, const std::string& cursor, std::uint64_t backup_seq) {
  database_.run("UPDATE device SET epoch = ?, cursor = ?, backup_seq = ?", epoch, cursor, backup_seq);
}

void DeviceTable::set_cursor(const std::string& cursor) {
  database_.run("UPDATE device SET cursor = ?", cursor);
}

void DeviceTable::rewind() {
  database_.run("UPDATE device SET backup_seq = 0, told = 0, honoured = 0, unmatched = '', rewound = 1");
}

void DeviceTable::set_told(std::uint64_t granted) {
  database_.run("UPDATE device SET told = ?", granted);
}

void DeviceTable::set_honoured() {
  database_.run("UPDATE device SET honoured = told");
}

void DeviceTable::set_unmatched(const std::string& sum) {
  database_.run("UPDATE device SET unmatched = ?", sum);
}

Uuid DeviceTable::fork(const Uuid& new_id) {
  database_.run("UPDATE device SET fork_id = coalesce(fork_id, ?)", blob(new_id));
  return get().fork_id.value();
}

void DeviceTable::become_fork(const std::string& next_nonce) {
  database_.run(
      "UPDATE device SET id = fork_id, fork_id = NULL, generation = generation + 1, nonce = '', next_nonce = ? "
      "WHERE fork_id IS NOT NULL",
      next_nonce);
}

void DeviceTable::rewind_is_over() {
  database_.run("UPDATE device SET rewound = 0");
}

void DeviceTable::advance_nonce(const std::string& new_next_nonce) {
  database_.run("UPDATE device SET nonce = next_nonce, next_nonce = ?", new_next_nonce);
}

void DeviceTable::set_last_sync(Instant at) {
  database_.run("UPDATE device SET last_sync = ?", at);
}

std::optional<AccountRow> DeviceTable::account() const {
  auto row = database_.statement("SELECT user, login, name, role, server, access, refresh FROM account");
  if (!row.step()) return std::nullopt;
  AccountRow account;
  account.user = uuid_at(row, 0);
  account.login = row.string(1);
  account.name = row.string(2);
  account.role = parse_role(row.text(3)).value_or(Role::Rep);
  account.server = row.string(4);
  account.access = row.string(5);
  account.refresh = row.string(6);
  return account;
}

void DeviceTable::set_account(const AccountRow& account) {
  database_.run(
      "INSERT OR REPLACE INTO account(one, user, login, name, role, server, access, refresh) "
      "VALUES(1, ?, ?, ?, ?, ?, ?, ?)",
      blob(account.user), account.login, account.name, id(account.role), account.server, account.access,
      account.refresh);
}

void DeviceTable::set_tokens(const std::string& access, const std::string& refresh) {
  database_.run("UPDATE account SET access = ?, refresh = ?", access, refresh);
}

}  // namespace anketa::client
