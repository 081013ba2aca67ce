// The columns of a projection's row, one after the other. Private to sync-server/reports.
#pragma once

#include <optional>
#include <string>

#include "shared/programme/calendar.hpp"
#include "sync-server/store/store.hpp"

namespace anketa::server::reports {

/// Reads the columns of a row in order. Members of a braced initialiser are evaluated in order too, which is what its
/// users rely on.
class Columns {
 public:
  explicit Columns(const Row& row) : row_(row) {}

  Uuid id() { return row_.id(next_++).value_or(Uuid()); }
  std::string text() {
    const int column = next_++;
    return row_.is_null(column) ? std::string() : std::string(row_.text(column));
  }
  std::int64_t integer() {
    const int column = next_++;
    return row_.is_null(column) ? 0 : row_.integer(column);
  }
  std::optional<std::int64_t> optional_integer() {
    const int column = next_++;
    return row_.is_null(column) ? std::nullopt : std::optional(row_.integer(column));
  }
  std::optional<programme::Day> day() { return programme::parse_day(text()); }

 private:
  const Row& row_;
  int next_ = 0;
};

template <typename Visit>
void each(Reader& reader, std::string_view sql, const Visit& visit) {
  reader.select(sql, {}, [&](const Row& row) {
    Columns columns(row);
    visit(columns);
  });
}

}  // namespace anketa::server::reports
