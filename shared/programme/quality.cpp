#include "shared/programme/quality.hpp"

#include <algorithm>

#include "shared/record/record_state.hpp"

namespace anketa::programme {
namespace {

constexpr int longest_due_days = 365;

int days_or(const Json& body, std::string_view path, int otherwise) {
  const auto& value = value_at(body, path);
  if (!value.is_number_integer()) return otherwise;
  const auto days = value.get<std::int64_t>();
  return days >= 1 && days <= longest_due_days ? static_cast<int>(days) : otherwise;
}

std::optional<Day> day_at(const Json& body, const char* field) {
  return parse_day(string_or_empty(body, field));
}

std::optional<Day> after(std::optional<Day> day, int days) {
  return day ? std::optional(*day + std::chrono::days(days)) : std::nullopt;
}

/// When the repair under way was asked for: at the opening, or when the client last said no.
std::optional<Day> repair_since(const CaseDates& dates) {
  if (!dates.rejected_on) return dates.opened_on;
  return dates.opened_on ? std::max(*dates.opened_on, *dates.rejected_on) : *dates.rejected_on;
}

}  // namespace

bool is_open_case(std::string_view status) {
  return std::find(open_case_statuses.begin(), open_case_statuses.end(), status) != open_case_statuses.end();
}

std::size_t severity_rank(std::string_view severity) {
  return static_cast<std::size_t>(std::find(severities.begin(), severities.end(), severity) - severities.begin());
}

int age_in_days(Day since, Day today) {
  return std::max(0, static_cast<int>((today - since).count()));
}

AgeGroup age_group(int days) {
  if (days <= 7) return AgeGroup::Week;
  if (days <= 14) return AgeGroup::Fortnight;
  return days <= 30 ? AgeGroup::Month : AgeGroup::Older;
}

int DueDays::repair(std::string_view severity) const {
  if (severity == "stops") return stops;
  return severity == "hinders" ? hinders : annoys;
}

std::string complaints_text(const Json& quality_case) {
  std::string words;
  for (const auto& complaint : quality_case.value("complaints", Json::object())) {
    const auto text = string_or_empty(complaint, "p_text");
    const bool ended = words.empty() || words.back() == '.' || words.back() == '!' || words.back() == '?';
    if (!text.empty()) words += (words.empty() ? "" : ended ? " " : "; ") + text;
  }
  return words;
}

Uuid quality_settings_id() {
  return Uuid::derived(company_scope, "quality_settings");
}

DueDays due_days_from(const Json& settings_body) {
  DueDays days;
  days.stops = days_or(settings_body, "due_days/stops", days.stops);
  days.hinders = days_or(settings_body, "due_days/hinders", days.hinders);
  days.annoys = days_or(settings_body, "due_days/annoys", days.annoys);
  days.call = days_or(settings_body, "due_days/call", days.call);
  days.meeting = days_or(settings_body, "due_days/meeting", days.meeting);
  return days;
}

Json to_json(const DueDays& days) {
  return {{"stops", days.stops},
          {"hinders", days.hinders},
          {"annoys", days.annoys},
          {"call", days.call},
          {"meeting", days.meeting}};
}

CaseDates case_dates(const Json& case_body) {
  CaseDates dates;
  dates.status = string_or_empty(case_body, "status");
  if (dates.status.empty()) dates.status = open_case_statuses.front();
  dates.severity = string_or_empty(case_body, "severity");
  dates.opened_on = day_at(case_body, "opened_on");
  dates.promised_on = day_at(case_body, "promised_on");
  dates.fixed_on = day_at(case_body, "fixed_on");
  dates.called_on = day_at(case_body, "called_on");
  dates.rejected_on = day_at(case_body, "rejected_on");
  dates.confirmed_on = day_at(case_body, "confirmed_on");
  return dates;
}

std::string_view id(Turn turn) {
  constexpr std::array<std::string_view, 3> ids{"service", "rep", "nobody"};
  return ids[static_cast<std::size_t>(turn)];
}

Turn turn_of(std::string_view status) {
  if (status == "reported_fixed" || status == "rep_called") return Turn::Rep;
  return is_open_case(status) ? Turn::Service : Turn::Nobody;
}

std::optional<Day> due_on(const CaseDates& dates, const DueDays& days) {
  if (turn_of(dates.status) == Turn::Nobody) return std::nullopt;
  if (turn_of(dates.status) == Turn::Rep) {
    const auto since = dates.status == "rep_called" && dates.called_on ? dates.called_on : dates.fixed_on;
    return after(since, days.call);
  }
  const auto since = repair_since(dates);
  // What was promised before the client said no is broken already and promises nothing of the next repair.
  if (dates.promised_on && (!since || !dates.rejected_on || *dates.promised_on > *since)) return dates.promised_on;
  return after(since, days.repair(dates.severity));
}

int overdue_days(const CaseDates& dates, const DueDays& days, Day today) {
  const auto due = due_on(dates, days);
  return due ? age_in_days(*due, today) : 0;
}

std::optional<int> age_of(const CaseDates& dates, Day today) {
  if (!dates.opened_on) return std::nullopt;
  const bool closed = dates.status == "confirmed" && dates.confirmed_on;
  return age_in_days(*dates.opened_on, closed ? *dates.confirmed_on : today);
}

Uuid meeting_task_id(const Uuid& quality_case) {
  return Uuid::derived(quality_case, "agree_meeting");
}

}  // namespace anketa::programme
