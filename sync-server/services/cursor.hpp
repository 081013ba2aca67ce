// The cursor a device carries between syncs. Opaque to devices; the server keeps no session.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "shared/record/uuid.hpp"

namespace anketa::server {

struct Cursor {
  /// Empty in the first cursor of all.
  std::string epoch;
  /// Everything granted up to this place in history has been sent, but for a backfill under way.
  std::uint64_t seq = 0;
  /// Where this sync began: who sees a part of a record only is not sent what that part was before.
  std::uint64_t since = 0;
  /// Grants opened up to this place have been backfilled, closed ones revoked.
  std::uint64_t granted = 0;
  /// The history this cursor was written in: its end and the salt there.
  std::uint64_t upto = 0;
  std::uint64_t salt = 0;
  /// The standing rights of its user's role (Access::standing). Under others everything comes anew.
  std::string standing;
  /// Records up to `seq` of scopes that the device does not have yet, scope by scope.
  struct Backfill {
    /// 1, 2, 3: of a first sync (schema::first_sync_stage); 0: of scopes granted later, all collections at once.
    int stage = 0;
    /// Stage 0: scopes granted up to this place.
    std::uint64_t granted = 0;
    Scope scope;
    /// Up to where that scope has been sent.
    std::uint64_t after = 0;
  };
  std::optional<Backfill> backfill;

  bool is_first() const noexcept { return epoch.empty(); }
};

std::string encode(const Cursor& cursor);
/// The empty text is the start. Throws ProblemError(CursorInvalid).
Cursor decode_cursor(std::string_view text);

}  // namespace anketa::server
