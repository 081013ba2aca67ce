// The summary register of quality cases (сводный реестр) as plain values: what a row shows, which rows a filter takes,
// in what order, and the sums (R14-R17).
//
// Thread safety: pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shared/programme/bottleneck.hpp"
#include "shared/programme/quality.hpp"

namespace anketa::programme {

struct RegisterCase {
  Uuid id, client, questionnaire;
  std::string company;
  /// Who looks after the client, and who of the service side has taken the case on.
  Uuid rep, service;
  std::string rep_name, service_name;
  CaseDates dates;
  std::string cause, place;
  /// Who at the client is to confirm, and who has.
  std::string contact, confirmed_by, confirmed_how;
  int complaints = 0, works = 0, reopenings = 0;
  std::int64_t fix_cost = 0, extra_profit_month = 0;

  // Set by reckon().
  Turn turn = Turn::Nobody;
  std::optional<Day> due;
  int overdue = 0;
  std::optional<int> age;

  bool is_open() const { return is_open_case(dates.status); }
};

/// Fills in what follows from the dates.
void reckon(RegisterCase& row, const DueDays& days, Day today);

struct RegisterFilter {
  /// A status; or "open" for all that are not closed, "closed", "overdue", or whose turn it is: "service", "rep". The
  /// first status of a case is asked for as "new".
  std::optional<std::string> status;
  std::optional<std::string> severity;
  std::optional<AgeGroup> age;
  /// Words of them, by beginnings; case and ё do not matter.
  std::string cause, place, company;
  std::optional<Uuid> rep, client;
};

bool takes(const RegisterFilter& filter, const RegisterCase& row);

/// Open before closed; the longest overdue, the nearest due, the worst, the oldest first.
bool comes_first(const RegisterCase& a, const RegisterCase& b);

struct RegisterTotals {
  int cases = 0, open = 0, closed = 0, overdue = 0;
  /// Of these, cases whose client has said no at least once, and how often altogether.
  int reopened = 0, reopenings = 0;
  std::map<std::string, int, std::less<>> by_status, by_severity;
  /// Open cases by age.
  std::array<int, age_group_ids.size()> by_age{};
  /// Days from opening to confirmation of the closed ones: the middle one; none where none is closed.
  std::optional<int> median_days_to_close;
};

RegisterTotals totals(const std::vector<RegisterCase>& rows);

BottleneckCase bottleneck_case(const RegisterCase& row);

}  // namespace anketa::programme
