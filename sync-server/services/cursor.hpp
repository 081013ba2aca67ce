// The cursor a device carries between syncs. Opaque to devices; the server keeps no session.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "shared/record/uuid.hpp"

namespace anketa::server {

struct Cursor {
  std::string epoch;
  /// Everything granted up to this place in history has been sent.
  std::uint64_t seq = 0;
  /// Grants opened up to this place have been backfilled, closed ones revoked.
  std::uint64_t granted = 0;
  /// A backfill under way: the scope, and up to where it has been sent.
  struct Backfill {
    Scope scope;
    std::uint64_t after = 0;
  };
  std::optional<Backfill> backfill;
};

std::string encode(const Cursor& cursor);
/// The empty text is the start. Throws ProblemError(CursorInvalid).
Cursor decode_cursor(std::string_view text);

}  // namespace anketa::server
