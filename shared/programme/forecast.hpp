// When a pass will be finished at the present pace (R20).
//
// Thread safety: pure functions.
#pragma once

#include <optional>

#include "shared/programme/working_days.hpp"

namespace anketa::programme {

/// How a pass stands when `today` begins.
struct PassProgress {
  Day from{}, until{}, today{};
  int clients = 0;
  /// Met by now, done or paused.
  int covered = 0;
  /// Of these, in the days that the present pace is taken from: the last four weeks, or since the pass began where
  /// that is less.
  int covered_lately = 0;
};

/// The first day the present pace is taken from.
Day pace_since(Day from, Day today);

struct Forecast {
  int remaining = 0;
  /// Clients met in a working week at the present pace, in tenths.
  int pace_tenths = 0;
  /// What it takes a week to be ready in time, in tenths, rounded up; nullopt where no working day is left.
  std::optional<int> needed_tenths;
  /// The last meeting's day; nullopt where nobody was met lately, or it would be years. `today` or earlier: finished.
  std::optional<Day> finish;
  /// Working days between the end of the pass and the finish; negative: to spare.
  std::optional<int> late_by;
};

Forecast forecast(const PassProgress& progress, const WorkingDays& calendar);

}  // namespace anketa::programme
