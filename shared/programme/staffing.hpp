// How many people a pass needs, and how long a given team needs for it (R21).
//
// Model: every client gets one questionnaire; key clients and the most valuable get, in a longer pass, meetings by
// their cadence besides, each of which takes the time of a questionnaire. A person does the weekly norm of his share.
// Thread safety: pure functions.
#pragma once

#include <optional>

#include "shared/programme/cadence.hpp"
#include "shared/programme/norm.hpp"

namespace anketa::programme {

struct PassWork {
  int clients = 0;
  /// Of these.
  int key = 0;
  int top = 0;
  Cadence cadence;
  Norms norms;
};

struct Team {
  int full = 0;
  int part = 0;
};

/// Meetings of a pass of so many calendar days: the questionnaires, and what the cadence asks for besides.
int meetings_of(const PassWork& work, int calendar_days);

struct PeopleNeeded {
  int meetings = 0;
  int working_days = 0;
  /// With nobody but full-time people, with nobody but part-time ones; nullopt where no number would do.
  std::optional<int> full_only, part_only;
  /// Part-time people besides the full-time ones of the team in question.
  std::optional<int> part_besides;
};

/// For a pass from one date to another, both included. `full`: full-time people there are.
PeopleNeeded people_needed(const PassWork& work, Day from, Day until, int full, const WorkingDays& calendar);

struct LengthNeeded {
  int meetings = 0;
  int working_days = 0;
  /// The day of the last meeting.
  Day finish{};
};

/// nullopt for a team without anybody, and where it would be more than ten years: the cadence alone takes them up.
std::optional<LengthNeeded> length_needed(const PassWork& work, Day from, const Team& team,
                                          const WorkingDays& calendar);

}  // namespace anketa::programme
