// What the daily report tells and what the weekly meeting has on its agenda, both made from the register (R16).
//
// Model: a report covers what reached the office in its period, so that what a rep brings back from a week in the field
// is in the next report and nothing is in two. What is waiting is told as it stands at the end of the period.
// Thread safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "shared/programme/register.hpp"

namespace anketa::programme {

/// Something that was done about a case and reached the office in the period.
struct CaseEvent {
  enum class Kind { Opened, Accepted, Worked, ReportedFixed, Called, Confirmed, Rejected };
  Kind kind = Kind::Opened;
  Uuid quality_case;
  std::string user_name;
  /// What was done, or what the client said.
  std::string text;
};

/// A case in a list of a report, with what was said or done.
struct CaseLine {
  RegisterCase row;
  std::string user_name;
  std::string text;
};

struct DailyReport {
  /// The days on which the period begins and ends; it usually begins on the evening before.
  Day since, day;
  /// R16: whose quality can be considered restored, by the client's own word; and what was done.
  std::vector<CaseLine> restored, works;
  /// The client says it is not mended.
  std::vector<CaseLine> refused;
  std::vector<CaseLine> opened;
  /// Repairs reported, whose client is to be called; clients who were called and are to answer.
  std::vector<CaseLine> to_call, to_answer;
  /// Past due, the longest first.
  std::vector<CaseLine> overdue;
  int open = 0;
  int reported_fixed = 0;
};

DailyReport daily_report(const std::vector<RegisterCase>& cases, const std::vector<CaseEvent>& events, Day since,
                         Day day);

struct WeeklyAgenda {
  /// The days of the period, both included.
  Day since, until;
  /// In the order in which they are talked about; a case stands in the first list it belongs to.
  std::vector<CaseLine> overdue, refused_again, not_accepted, with_clients, due_soon;
  std::vector<Bottleneck> bottlenecks;
  int open = 0, opened = 0, restored = 0, refused = 0;
  /// Cases of the lists, each once.
  int on_agenda = 0;
};

WeeklyAgenda weekly_agenda(const std::vector<RegisterCase>& cases, const std::vector<CaseEvent>& events, Day since,
                           Day until);

}  // namespace anketa::programme
