#include "sync-server/reports/campaign_reports.hpp"

#include <array>

#include "shared/problem/problem.hpp"
#include "shared/programme/icalendar.hpp"
#include "sync-server/reports/campaign_facts.hpp"

namespace anketa::server::reports {
namespace {

constexpr Instant shown_after = Instant{31} * 24 * 60 * 60 * 1000;

void check_viewer(const Viewer& viewer, std::string_view name) {
  if (!viewer.sees_programme()) throw ProblemError(ProblemCode::Forbidden);
  for (const auto& kind : programme::report_kinds())
    if (kind.name == name && kind.whom == programme::ReportFor::Lead && viewer.role == Role::Rep)
      throw ProblemError(ProblemCode::Forbidden);
}

/// Visits of a person from a moment on, at clients he works with.
std::vector<Uuid> visits_of(Reader& reader, const Viewer& viewer, Instant since) {
  constexpr std::string_view all = "SELECT id FROM p_visit v WHERE rep = ?1 AND at >= ?2 ";
  constexpr std::string_view own =
      "AND EXISTS (SELECT 1 FROM p_assignment a WHERE a.client = v.client AND a.person = ?1) ";
  const std::string sql =
      std::string(all) + (viewer.sees_all_clients() ? std::string() : std::string(own)) + "ORDER BY at, id";
  const std::array<SqlValue, 2> values{viewer.user, since};
  std::vector<Uuid> ids;
  reader.select(sql, values, [&](const Row& row) { ids.push_back(row.id(0).value_or(Uuid())); });
  return ids;
}

programme::CalendarEvent event_of(Reader& reader, const Head& visit, text::Language language) {
  const auto body = Json::parse(visit.body);
  const auto client = reader.head(visit.scope);
  const auto of = client && !client->deleted ? Json::parse(client->body) : Json::object();
  programme::CalendarEvent event;
  event.uid = visit.id.text() + "@anketa";
  event.sequence = visit.version;
  event.start = body.value("at", Instant{0});
  event.minutes = body.value("minutes", event.minutes);
  event.summary = text::get(language, "programme.calendar.visit", {{"client", string_or_empty(of, "name")}});
  event.location = string_or_empty(body, "place");
  if (event.location.empty()) event.location = string_or_empty(of, "address");
  event.cancelled = string_or_empty(body, "status") == "cancelled";
  return event;
}

}  // namespace

CampaignReports::CampaignReports(Store& store, Environment& environment, const std::string& zone)
    : store_(store), environment_(environment), calendar_(zone) {}

std::shared_ptr<const programme::Facts> CampaignReports::facts(Reader& reader) {
  const auto history = reader.history();
  const std::lock_guard lock(mutex_);
  if (!facts_ || epoch_ != history.epoch || seq_ < history.last_seq) {
    facts_ = std::make_shared<const programme::Facts>(load_facts(reader, calendar_));
    epoch_ = history.epoch;
    seq_ = history.last_seq;
  }
  return facts_;
}

Json CampaignReports::report(const Viewer& viewer, std::string_view name, const Query& query) {
  check_viewer(viewer, name);
  const auto now = environment_.now();
  Json json;
  store_.read([&](Reader& reader) {
    const auto all = facts(reader);
    const auto today = calendar_.day_of(now);
    json = viewer.sees_all_clients()
               ? programme::report(*all, name, query, today, now)
               : programme::report(programme::view_of_rep(*all, viewer.user), name,
                                   programme::parameters_of_rep(name, query, viewer.user), today, now);
  });
  return json;
}

std::string CampaignReports::calendar(const Viewer& viewer, text::Language language) {
  const auto now = environment_.now();
  std::vector<programme::CalendarEvent> events;
  store_.read([&](Reader& reader) {
    for (const auto& id : visits_of(reader, viewer, now - shown_after))
      if (const auto visit = reader.head(id)) events.push_back(event_of(reader, *visit, language));
  });
  return programme::icalendar(text::get(language, "programme.calendar.name"), events, now);
}

}  // namespace anketa::server::reports
