// The quality loop (R13-R18): where a case stands, whose turn it is, until when, and how long it has taken.
//
// Only the client's own confirmation closes a case; a repair that service reports is not the end of it (R17). Which
// steps there are, and who may take them, is declared in shared/schema/quality_collections.cpp.
// Thread safety: pure functions.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/programme/calendar.hpp"
#include "shared/record/json.hpp"
#include "shared/record/uuid.hpp"

namespace anketa::programme {

/// Statuses of a case that is not finished, in the order of its way.
inline constexpr std::array<std::string_view, 6> open_case_statuses{"open",           "accepted",   "in_work",
                                                                    "reported_fixed", "rep_called", "rejected"};

bool is_open_case(std::string_view status);

/// Severities, worst first.
inline constexpr std::array<std::string_view, 3> severities{"stops", "hinders", "annoys"};

/// Place in `severities`; behind all of them where it is none.
std::size_t severity_rank(std::string_view severity);

/// Age of what waits, in the groups people look at first.
enum class AgeGroup { Week, Fortnight, Month, Older };

inline constexpr std::array<std::string_view, 4> age_group_ids{"to_7", "to_14", "to_30", "older"};

/// "to_7", "to_14", "to_30", "older": days, the last one included.
constexpr std::string_view id(AgeGroup group) {
  return age_group_ids[static_cast<std::size_t>(group)];
}

/// Whole days from one date to another; 0 where it lies ahead.
int age_in_days(Day since, Day today);
AgeGroup age_group(int days);

/// Days that each stretch of a case's way may take: the lead's settings.
struct DueDays {
  int stops = 2;
  int hinders = 7;
  int annoys = 21;
  /// For the rep to call the client, and for the client to look and answer.
  int call = 2;
  /// To agree the new meeting after a confirmation (R18).
  int meeting = 5;

  int repair(std::string_view severity) const;
};

/// The complaints of a case, in the client's words, one after the other.
std::string complaints_text(const Json& quality_case);

/// The one record of collection "quality_settings".
Uuid quality_settings_id();
/// What its body says; where it says nothing, or nothing sensible (1 to 365), the defaults stand.
DueDays due_days_from(const Json& settings_body);
/// {"stops", "hinders", "annoys", "call", "meeting"}.
Json to_json(const DueDays& days);

/// What a case's dates say. The same values on device and server.
struct CaseDates {
  std::string status;
  std::string severity;
  std::optional<Day> opened_on, promised_on, fixed_on, called_on, rejected_on, confirmed_on;
};

CaseDates case_dates(const Json& case_body);

/// Whose move it is (R14, R15, R17).
enum class Turn { Service, Rep, Nobody };

/// "service", "rep", "nobody".
std::string_view id(Turn turn);
Turn turn_of(std::string_view status);

/// When the present stretch of the way ends. Repair: what the service side promised, else the days for the severity,
/// counted anew where the client has said no. Call: the days for it after the repair was reported, or after the last
/// call. None for a closed case and where the dates are not known.
std::optional<Day> due_on(const CaseDates& dates, const DueDays& days);
/// Days past due; 0 where it is not.
int overdue_days(const CaseDates& dates, const DueDays& days, Day today);

/// Days from the opening to the client's confirmation, or to today.
std::optional<int> age_of(const CaseDates& dates, Day today);

/// The task of agreeing a new meeting after a confirmed repair (R18): the same id whoever makes it, however often.
Uuid meeting_task_id(const Uuid& quality_case);

}  // namespace anketa::programme
