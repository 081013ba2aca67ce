#include "sync-server/reports/agenda_view.hpp"

#include <set>

#include "sync-server/reports/daily.hpp"
#include "sync-server/reports/register.hpp"

namespace anketa::server::reports {
namespace {

constexpr Instant week = Instant{7} * 24 * 60 * 60 * 1000;

/// The register and what was done about it, as far as the viewer sees.
struct Seen {
  Seen(Reader& reader, const Tables& tables, const Viewer& viewer, programme::Day today, Instant since, Instant until)
      : cases(load_register(reader, tables, today)), events(case_events(reader, tables, since, until)) {
    std::erase_if(cases, [&](const auto& row) { return !tables.visible(viewer, row.client); });
    std::set<Uuid> known;
    for (const auto& row : cases) known.insert(row.id);
    std::erase_if(events, [&](const auto& event) { return !known.contains(event.quality_case); });
  }

  std::vector<programme::RegisterCase> cases;
  std::vector<programme::CaseEvent> events;
};

Json lines_json(const Tables& tables, const Viewer& viewer, const std::vector<programme::CaseLine>& lines) {
  Json all = Json::array();
  for (const auto& line : lines) {
    auto json = register_item(tables, viewer, line.row);
    json["by"] = line.user_name.empty() ? Json() : Json(line.user_name);
    json["text"] = line.text.empty() ? Json() : Json(line.text);
    all.push_back(std::move(json));
  }
  return all;
}

}  // namespace

Json daily_view(Reader& reader, const Tables& tables, const OrgCalendar& calendar, const Viewer& viewer, Instant now) {
  const auto today = calendar.day_of(now);
  const Seen seen(reader, tables, viewer, today, calendar.start_of(today), now + 1);
  const auto report = programme::daily_report(seen.cases, seen.events, today, today);
  const auto lines = [&](const auto& all) { return lines_json(tables, viewer, all); };
  return {{"day", programme::day_text(today)},
          {"open", report.open},
          {"reported_fixed", report.reported_fixed},
          {"restored", lines(report.restored)},
          {"works", lines(report.works)},
          {"refused", lines(report.refused)},
          {"opened", lines(report.opened)},
          {"to_call", lines(report.to_call)},
          {"to_answer", lines(report.to_answer)},
          {"overdue", lines(report.overdue)}};
}

Json weekly_view(Reader& reader, const Tables& tables, const OrgCalendar& calendar, const Viewer& viewer, Instant now) {
  const auto today = calendar.day_of(now);
  const Seen seen(reader, tables, viewer, today, now - week, now + 1);
  const auto agenda = programme::weekly_agenda(seen.cases, seen.events, calendar.day_of(now - week), today);
  const auto lines = [&](const auto& all) { return lines_json(tables, viewer, all); };
  Json bottlenecks = Json::array();
  for (const auto& each : agenda.bottlenecks) bottlenecks.push_back(bottleneck_item(viewer, each));
  return {{"since", programme::day_text(agenda.since)},
          {"until", programme::day_text(agenda.until)},
          {"open", agenda.open},
          {"opened", agenda.opened},
          {"restored", agenda.restored},
          {"refused", agenda.refused},
          {"on_agenda", agenda.on_agenda},
          {"overdue", lines(agenda.overdue)},
          {"refused_again", lines(agenda.refused_again)},
          {"not_accepted", lines(agenda.not_accepted)},
          {"with_clients", lines(agenda.with_clients)},
          {"due_soon", lines(agenda.due_soon)},
          {"bottlenecks", std::move(bottlenecks)}};
}

}  // namespace anketa::server::reports
