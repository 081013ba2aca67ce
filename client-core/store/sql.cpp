#include "client-core/store/sql.hpp"

namespace anketa::client {

Uuid uuid_at(const sqlite::Statement& statement, int column) {
  const auto bytes = statement.blob(column);
  std::array<std::uint8_t, 16> id{};
  if (bytes.size() != id.size()) throw ProblemError(ProblemCode::DatabaseDamaged);
  std::memcpy(id.data(), bytes.data(), id.size());
  return Uuid(id);
}

void throw_problem(const sqlite::SqliteError& error) {
  const int primary = error.code() & 0xff;
  // A quota shows as a failed write.
  if (error.disk_full() || error.code() == SQLITE_IOERR_WRITE) throw ProblemError(ProblemCode::DiskFull);
  if (error.busy() || primary == SQLITE_LOCKED) throw ProblemError(ProblemCode::DatabaseInUse);
  if (error.not_a_database()) throw ProblemError(ProblemCode::DatabaseDamaged);
  throw ProblemError(ProblemCode::Internal, {}, error.what());
}

}  // namespace anketa::client
