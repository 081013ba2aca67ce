#include "client-core/store/key_table.hpp"

#include "client-core/store/sql.hpp"

namespace anketa::client {
namespace {

std::span<const std::byte> bytes(const std::string& text) {
  return std::as_bytes(std::span(text));
}

std::string bytes_at(const sqlite::Statement& row, int column) {
  const auto blob = row.blob(column);
  return {reinterpret_cast<const char*>(blob.data()), blob.size()};
}

}  // namespace

std::optional<OwnKeys> KeyTable::own() const {
  auto row = database_.statement("SELECT sign_secret, box_secret, sign, box FROM own_key");
  if (!row.step()) return std::nullopt;
  return OwnKeys{bytes_at(row, 0), bytes_at(row, 1), {bytes_at(row, 2), bytes_at(row, 3)}};
}

void KeyTable::set_own(const OwnKeys& keys) {
  database_.run("INSERT OR REPLACE INTO own_key(one, sign_secret, box_secret, sign, box) VALUES(1, ?, ?, ?, ?)",
                bytes(keys.sign_secret), bytes(keys.box_secret), bytes(keys.shown.sign), bytes(keys.shown.box));
}

std::optional<protocol::PublicKeys> KeyTable::server() const {
  auto row = database_.statement("SELECT sign, box FROM server_key");
  if (!row.step()) return std::nullopt;
  return protocol::PublicKeys{bytes_at(row, 0), bytes_at(row, 1)};
}

void KeyTable::set_server(const protocol::PublicKeys& keys) {
  database_.run("INSERT OR REPLACE INTO server_key(one, sign, box) VALUES(1, ?, ?)", bytes(keys.sign), bytes(keys.box));
}

}  // namespace anketa::client
