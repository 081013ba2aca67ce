// The weekly norm of questionnaires per representative (R8).
//
// What counts towards it is the event "first delivered to the office as paused or complete", each questionnaire once,
// in the week of that event: nobody is punished for finding a problem.
// Thread safety: pure functions.
#pragma once

#include <string_view>

#include "shared/programme/calendar.hpp"

namespace anketa::programme {

/// How much of a representative's time belongs to the programme.
enum class Share { Part, Full };

/// Full for "full", Part for anything else: who is not known to work full time is not blamed for it.
Share share_from(std::string_view id);

/// Questionnaires a week: 5 part-time, 15 full-time.
int weekly_norm(Share share);

/// How a week goes, on one of its days.
enum class Pace { Behind, OnPace, Met };

/// "behind", "on_pace", "met".
std::string_view id(Pace pace);

/// What of a week's norm is due when `today` begins: each of the five working days gone by makes an equal part due,
/// rounded down.
int due_so_far(int norm, Day today);

Pace pace_of(int done, int norm, Day today);

}  // namespace anketa::programme
