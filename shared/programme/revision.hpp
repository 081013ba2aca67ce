// Revision of the dossier, part by part, at least every three months (R31).
//
// Thread safety: pure functions.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "shared/programme/calendar.hpp"

namespace anketa::programme {

/// The four parts (R30), in their order.
inline constexpr std::array<std::string_view, 4> dossier_parts{"general", "our_view", "decision", "competitors"};

inline constexpr int revision_months = 3;
/// So many days ahead a revision is announced.
inline constexpr int revision_notice_days = 14;

enum class RevisionState {
  Current,  ///< nothing to do yet
  Due,      ///< within the days of notice, the last day included
  Overdue,  ///< the day has gone by
  Never     ///< the part was never revised, or does not exist: the first revision is due at once
};

inline constexpr std::array<std::string_view, 4> revision_state_ids{"current", "due", "overdue", "never"};

constexpr std::string_view id(RevisionState state) {
  return revision_state_ids[static_cast<std::size_t>(state)];
}

/// The last day for the next revision: the same day of the third month after, or the last of a shorter month.
Day revision_due(Day revised_on);
RevisionState revision_state(std::optional<Day> revised_on, Day today);

}  // namespace anketa::programme
