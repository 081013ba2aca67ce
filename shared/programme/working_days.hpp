// Which days are worked: weekdays but for holidays, Saturdays worked in place of one, and absences (R8).
//
// Thread safety: const after it is filled.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "shared/programme/calendar.hpp"
#include "shared/record/uuid.hpp"

namespace anketa::programme {

inline constexpr int working_days_a_week = 5;

class WorkingDays {
 public:
  void add_day_off(Day day) { off_.insert(day); }
  /// A day that is worked although it is a Saturday or Sunday; a day off of the same date counts less.
  void add_worked(Day day) { worked_.insert(day); }
  /// First and last day included; the wrong way round it is no absence.
  void add_absence(const Uuid& person, Day from, Day until);

  bool is_working(Day day) const;
  /// Whether that person works then.
  bool is_present(const Uuid& person, Day day) const;
  /// Working days in [from, until], both included.
  int count(Day from, Day until) const;
  int count_present(const Uuid& person, Day from, Day until) const;
  /// The day on which so many working days have gone by, the first of them being `from` or the next working day.
  /// `days` 0 gives the day before `from`. Looks ten years ahead at most and then gives what it came to.
  Day after(Day from, int days) const;

 private:
  struct Span {
    Day from, until;
  };
  std::set<Day> off_, worked_;
  std::map<Uuid, std::vector<Span>> absences_;
};

}  // namespace anketa::programme
