// Dates and weeks in the organisation's time zone.
//
// Thread safety: const and free of state that changes.
#pragma once

#include <string>

#include "shared/programme/calendar.hpp"
#include "shared/record/environment.hpp"

namespace date {
class time_zone;
}

namespace anketa::server::reports {

class OrgCalendar {
 public:
  /// A name of the IANA database: "Europe/Moscow". Throws ProblemError(ConfigInvalid) where there is none such.
  explicit OrgCalendar(const std::string& zone);

  /// The calendar date of an instant.
  programme::Day day_of(Instant instant) const;
  /// When a date begins; on the day a clock is put forward over midnight, the first instant of it that exists.
  Instant start_of(programme::Day day) const;
  /// Minutes east of UTC at an instant.
  int offset_minutes(Instant instant) const;

 private:
  const date::time_zone* zone_;
};

}  // namespace anketa::server::reports
