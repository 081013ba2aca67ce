// The weekly norm of questionnaires per representative (R8).
//
// What counts towards it is the event "first delivered to the office as paused or complete", each questionnaire once,
// in the week of that event: nobody is punished for finding a problem, unless the campaign says that a paused one does
// not count. Holidays and absences make the norm of their week smaller in proportion.
// Thread safety: pure functions.
#pragma once

#include <string_view>

#include "shared/programme/working_days.hpp"

namespace anketa::programme {

/// How much of a representative's time belongs to the programme.
enum class Share { Part, Full };

/// Full for "full", Part for anything else: who is not known to work full time is not blamed for it.
Share share_from(std::string_view id);
/// "part", "full".
std::string_view id(Share share);

/// Questionnaires a week by share; a campaign may set its own.
struct Norms {
  int part = 5;
  int full = 15;

  int of(Share share) const { return share == Share::Full ? full : part; }
};

/// Questionnaires a week: 5 part-time, 15 full-time.
int weekly_norm(Share share);

/// How a week goes, on one of its days.
enum class Pace { Behind, OnPace, Met };

/// "behind", "on_pace", "met".
std::string_view id(Pace pace);

/// A week's norm for one person.
struct WeekNorm {
  Day monday{};
  /// Days the person works in it.
  int days = working_days_a_week;
  /// What is asked for: the weekly norm's part for these days, rounded to the nearest.
  int norm = 0;
  /// What of it is due when the day in question begins: each of his working days gone by makes an equal part due,
  /// rounded down.
  int due = 0;
};

/// First and last day of a period.
struct Period {
  Day from = Day::min(), until = Day::max();

  bool has(Day day) const { return from <= day && day <= until; }
};

/// `today` may lie before the week (nothing is due), within it or after it (all is due). Days outside the pass ask for
/// nothing. A week of more than five working days asks for no more than the whole norm.
WeekNorm norm_of_week(int weekly, const Uuid& person, const WorkingDays& calendar, Day monday, Day today,
                      const Period& pass = {});

/// What of a week's norm is due when `today` begins, in a week without holidays.
int due_so_far(int norm, Day today);

Pace pace_of(int done, const WeekNorm& norm);
Pace pace_of(int done, int norm, Day today);

}  // namespace anketa::programme
