#include "shared/programme/agenda.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace anketa::programme {
namespace {

using Kind = CaseEvent::Kind;

/// Due within so many days: to be spoken of before it is late.
constexpr auto soon = std::chrono::days(7);
/// Bottlenecks on an agenda.
constexpr std::size_t most_bottlenecks = 5;

class Lookup {
 public:
  explicit Lookup(const std::vector<RegisterCase>& cases) {
    for (const auto& row : cases) rows_.emplace(row.id, &row);
  }
  const RegisterCase* find(const Uuid& id) const {
    const auto found = rows_.find(id);
    return found == rows_.end() ? nullptr : found->second;
  }

 private:
  std::map<Uuid, const RegisterCase*> rows_;
};

/// One line a case: the last event of the kind is the one that counts.
std::vector<CaseLine> lines_of(const Lookup& lookup, const std::vector<CaseEvent>& events, Kind kind) {
  std::vector<CaseLine> lines;
  std::map<Uuid, std::size_t> places;
  for (const auto& event : events) {
    const auto* row = event.kind == kind ? lookup.find(event.quality_case) : nullptr;
    if (!row) continue;
    const CaseLine line{*row, event.user_name, event.text};
    const auto [place, added] = places.emplace(row->id, lines.size());
    if (added)
      lines.push_back(line);
    else
      lines[place->second] = line;
  }
  return lines;
}

template <typename Test>
std::vector<CaseLine> standing(const std::vector<RegisterCase>& cases, const Test& test) {
  std::vector<CaseLine> lines;
  for (const auto& row : cases)
    if (test(row)) lines.push_back({row, {}, {}});
  std::sort(lines.begin(), lines.end(), [](const CaseLine& a, const CaseLine& b) { return comes_first(a.row, b.row); });
  return lines;
}

int count(const std::vector<CaseEvent>& events, Kind kind) {
  std::set<Uuid> cases;
  for (const auto& event : events)
    if (event.kind == kind) cases.insert(event.quality_case);
  return static_cast<int>(cases.size());
}

int open_of(const std::vector<RegisterCase>& cases) {
  return static_cast<int>(std::count_if(cases.begin(), cases.end(), [](const auto& row) { return row.is_open(); }));
}

}  // namespace

DailyReport daily_report(const std::vector<RegisterCase>& cases, const std::vector<CaseEvent>& events, Day since,
                         Day day) {
  const Lookup lookup(cases);
  DailyReport report;
  report.since = since;
  report.day = day;
  report.restored = lines_of(lookup, events, Kind::Confirmed);
  // A confirmation that did not stand restores nothing; a refusal the client has taken back is none.
  std::erase_if(report.restored, [](const CaseLine& line) { return line.row.is_open(); });
  report.refused = lines_of(lookup, events, Kind::Rejected);
  std::erase_if(report.refused, [](const CaseLine& line) { return !line.row.is_open(); });
  report.opened = lines_of(lookup, events, Kind::Opened);
  for (const auto& event : events)
    if (const auto* row = event.kind == Kind::Worked ? lookup.find(event.quality_case) : nullptr)
      report.works.push_back({*row, event.user_name, event.text});
  report.to_call = standing(cases, [](const RegisterCase& row) { return row.dates.status == "reported_fixed"; });
  report.to_answer = standing(cases, [](const RegisterCase& row) { return row.dates.status == "rep_called"; });
  report.overdue = standing(cases, [](const RegisterCase& row) { return row.overdue > 0; });
  report.open = open_of(cases);
  report.reported_fixed = count(events, Kind::ReportedFixed);
  return report;
}

WeeklyAgenda weekly_agenda(const std::vector<RegisterCase>& cases, const std::vector<CaseEvent>& events, Day since,
                           Day until) {
  WeeklyAgenda agenda;
  agenda.since = since;
  agenda.until = until;
  std::set<Uuid> spoken_of;
  const auto take = [&](const auto& test) {
    return standing(
        cases, [&](const RegisterCase& row) { return row.is_open() && test(row) && spoken_of.insert(row.id).second; });
  };
  agenda.overdue = take([](const RegisterCase& row) { return row.overdue > 0; });
  agenda.refused_again = take([](const RegisterCase& row) { return row.reopenings > 0; });
  agenda.not_accepted = take([](const RegisterCase& row) { return row.dates.status == open_case_statuses.front(); });
  agenda.with_clients = take([](const RegisterCase& row) { return row.turn == Turn::Rep; });
  agenda.due_soon = take([&](const RegisterCase& row) { return row.due && *row.due <= until + soon; });
  agenda.on_agenda = static_cast<int>(spoken_of.size());

  std::vector<BottleneckCase> behind;
  for (const auto& row : cases) behind.push_back(bottleneck_case(row));
  agenda.bottlenecks = bottlenecks(behind);
  // One complaint is no bottleneck.
  std::erase_if(agenda.bottlenecks, [](const Bottleneck& each) { return each.open == 0 || each.cases.size() < 2; });
  if (agenda.bottlenecks.size() > most_bottlenecks) agenda.bottlenecks.resize(most_bottlenecks);
  agenda.open = open_of(cases);
  agenda.opened = count(events, Kind::Opened);
  agenda.restored = count(events, Kind::Confirmed);
  agenda.refused = count(events, Kind::Rejected);
  return agenda;
}

}  // namespace anketa::programme
