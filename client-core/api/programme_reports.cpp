// The programme's figures from the records of this device.
#include "anketa/programme.hpp"
#include "client-core/api/parts.hpp"
#include "client-core/api/programme_facts.hpp"
#include "shared/programme/facts_from_records.hpp"
#include "shared/programme/icalendar.hpp"

namespace anketa::client {
namespace {

constexpr Instant minute = 60'000, day_length = 86'400'000, shown_after = 31 * day_length;

/// Whether the office holds the questionnaire as more than a draft. One that was resumed had reached it as paused, or
/// the client could not have confirmed the repair.
bool has_been_delivered(const LocalRecord& record) {
  if (record.unsynced == 0) return record.view.version > 0;
  const auto status = string_or_empty(record.view.body, "status");
  return record.view.version > 0 && (status == "resumed" || status == "complete_after_pause");
}

std::string place_of(const Client& client, const LocalRecord& visit) {
  const auto place = string_or_empty(visit.view.body, "place");
  if (!place.empty()) return place;
  const auto of = client.get(visit.view.scope);
  return of ? string_or_empty(of->view.body, "address") : std::string();
}

}  // namespace

programme::Day local_day(Instant at, int offset_minutes) {
  const auto local = at + offset_minutes * minute;
  const auto days = local >= 0 ? local / day_length : (local - day_length + 1) / day_length;
  return programme::Day(std::chrono::days(days));
}

programme::Facts load_facts(const Client& client, int offset_minutes) {
  programme::Facts facts;
  const auto day_of = [offset_minutes](Instant at) { return local_day(at, offset_minutes); };
  for (const auto collection : programme::fact_collections())
    client.each(collection, std::nullopt, [&](const LocalRecord& record) {
      const auto& view = record.view;
      add_fact(facts, {collection, view.id, view.scope, view.body, has_been_delivered(record)}, day_of);
      return true;
    });
  facts.index();
  client.each("assignment", std::nullopt, [&](const LocalRecord& record) {
    add_assignment(facts, {"assignment", record.view.id, record.view.scope, record.view.body});
    return true;
  });
  return facts;
}

Json programme_report(const Client& client, std::string_view name, const programme::ReportParameters& parameters,
                      int offset_minutes) {
  const auto now = client.parts().environment.now();
  const auto account = client.account();
  auto facts = load_facts(client, offset_minutes);
  // The same view of a rep as the server's: a device that was handed more over the years shows no more than his own.
  if (account && account->role == Role::Rep) facts = programme::view_of_rep(facts, account->user);
  for (const auto& kind : programme::report_kinds())
    if (kind.name == name && kind.whom == programme::ReportFor::Lead && account && account->role == Role::Rep)
      throw ProblemError(ProblemCode::Forbidden);
  const bool rep = account && account->role == Role::Rep;
  return programme::report(facts, name,
                           rep ? programme::parameters_of_rep(name, parameters, account->user) : parameters,
                           local_day(now, offset_minutes), now);
}

std::string visits_calendar(Client& client, text::Language language, std::optional<Uuid> rep) {
  auto& parts = client.parts();
  const auto whose = rep.value_or(parts.need_account().user).text();
  const auto now = parts.environment.now();
  std::vector<programme::CalendarEvent> events;
  client.each("visit", std::nullopt, [&](const LocalRecord& visit) {
    const auto& body = visit.view.body;
    const auto at = body.value("at", Instant{0});
    if (string_or_empty(body, "rep") != whose || at < now - shown_after) return true;
    const auto of = client.get(visit.view.scope);
    const auto name = of ? string_or_empty(of->view.body, "name") : std::string();
    events.push_back({visit.view.id.text() + "@anketa",
                      visit.view.version + (visit.unsynced > 0 ? 1 : 0),
                      at,
                      body.value("minutes", 60),
                      text::get(language, "programme.calendar.visit", {{"client", name}}),
                      place_of(client, visit),
                      {},
                      string_or_empty(body, "status") == "cancelled"});
    return true;
  });
  return programme::icalendar(text::get(language, "programme.calendar.name"), events, now);
}

}  // namespace anketa::client
