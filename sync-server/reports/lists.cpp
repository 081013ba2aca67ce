#include "sync-server/reports/lists.hpp"

#include <algorithm>

#include "shared/problem/problem.hpp"
#include "shared/programme/quality.hpp"
#include "sync-server/reports/overview.hpp"
#include "sync-server/reports/text_match.hpp"

namespace anketa::server::reports {
namespace {

using programme::Day;

Json day_json(const std::optional<Day>& day) {
  return day ? Json(programme::day_text(*day)) : Json(nullptr);
}

Json text_json(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

template <typename T>
Json optional_json(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

/// The page of a list of places, each turned into JSON.
template <typename Item>
Json paged(const std::vector<std::size_t>& places, const Page& page, const Item& item) {
  Json items = Json::array();
  for (std::size_t i = page.offset; i < places.size() && i - page.offset < page.limit; ++i)
    items.push_back(item(places[i]));
  return {{"total", places.size()}, {"items", std::move(items)}, {"next_offset", next_offset(page, places.size())}};
}

/// Whether a client passes what every list takes: rights, filter, search in the name.
class ClientTest {
 public:
  ClientTest(const Tables& tables, const Viewer& viewer, const Filter& filter, const Query& query)
      : tables_(tables), viewer_(viewer), filter_(filter), search_(parameter(query, "search").value_or("")) {}

  bool operator()(const Uuid& id) const {
    const auto* client = tables_.client(id);
    return tables_.visible(viewer_, id) && filter_.takes_client(client) &&
           (search_.takes_all() || (client && search_(client->name)));
  }

 private:
  const Tables& tables_;
  const Viewer& viewer_;
  const Filter& filter_;
  TextMatch search_;
};

/// The latest meeting of every client.
std::unordered_map<Uuid, Day> last_meetings(const Tables& tables) {
  std::unordered_map<Uuid, Day> last;
  for (const auto& row : tables.questionnaires) {
    if (!row.met_on) continue;
    const auto [place, added] = last.emplace(row.client, *row.met_on);
    if (!added) place->second = std::max(place->second, *row.met_on);
  }
  return last;
}

std::unordered_map<Uuid, int> open_cases(const Tables& tables) {
  std::unordered_map<Uuid, int> open;
  for (const auto& row : tables.cases)
    if (programme::is_open_case(row.status)) ++open[row.client];
  return open;
}

/// Puts clients in the order that `sort` asks for: a column's name, with "-" before it the other way round. What has no
/// value comes last either way; equal ones stay by name.
void sort_clients(const Tables& tables, const std::vector<programme::Coverage>& states,
                  const std::unordered_map<Uuid, Day>& last, const Query& query, std::vector<std::size_t>& places) {
  auto column = parameter(query, "sort").value_or("name");
  const bool down = column.starts_with('-');
  if (down) column.erase(0, 1);
  const auto text_of = [&](std::size_t place) -> std::string {
    const auto& client = tables.clients[place];
    if (column == "name") return client.name;
    if (column == "segment") return client.segment;
    if (column == "city") return client.city;
    if (column == "key_status") return client.key_status;
    if (column == "coverage") return std::to_string(static_cast<int>(states[place]));
    if (column == "owner") {
      const auto* owner = tables.user(client.owner);
      return owner ? owner->name : std::string();
    }
    if (column == "last_met_on") {
      const auto met = last.find(client.id);
      return met == last.end() ? std::string() : programme::day_text(met->second);
    }
    throw ProblemError(ProblemCode::InvalidValue, {{"value", column}}, "sort");
  };
  std::vector<std::pair<std::string, std::size_t>> keyed;
  keyed.reserve(places.size());
  for (const auto place : places) keyed.emplace_back(text_of(place), place);
  std::stable_sort(keyed.begin(), keyed.end(), [&](const auto& a, const auto& b) {
    if (a.first.empty() != b.first.empty()) return b.first.empty();
    return down ? b.first < a.first : a.first < b.first;
  });
  std::transform(keyed.begin(), keyed.end(), places.begin(), [](const auto& entry) { return entry.second; });
}

bool case_status_matches(const std::optional<std::string>& wanted, const std::string& status) {
  if (!wanted) return true;
  if (*wanted == "open") return programme::is_open_case(status);
  if (*wanted == "closed") return !programme::is_open_case(status);
  return status == *wanted;
}

Json case_item(const Tables& tables, const CaseRow& row, Day today) {
  const auto* client = tables.client(row.client);
  return {{"id", row.id.text()},
          {"client", client_reference(tables, row.client)},
          {"owner", client ? user_reference(tables, client->owner) : Json(nullptr)},
          {"questionnaire", row.questionnaire.is_nil() ? Json(nullptr) : Json(row.questionnaire.text())},
          {"status", row.status},
          {"open", programme::is_open_case(row.status)},
          {"severity", text_json(row.severity)},
          {"complaints", row.complaints},
          {"opened_on", day_json(row.opened_on)},
          {"confirmed_on", day_json(row.confirmed_on)},
          {"age_days", row.opened_on ? Json(programme::age_in_days(*row.opened_on, row.confirmed_on.value_or(today)))
                                     : Json(nullptr)},
          {"reopenings", row.reopenings}};
}

}  // namespace

Json client_list(const Tables& tables, const OrgCalendar& calendar, const Viewer& viewer, const Query& query,
                 Instant now) {
  const auto filter = filter_from(query);
  const ClientTest takes(tables, viewer, filter, query);
  const auto wanted = parameter(query, "coverage");
  const auto key_status = parameter(query, "key_status");
  const bool with_problems = parameter(query, "problems") == "open";
  const auto open = open_cases(tables);
  const auto states = coverage(tables, calendar, pass_start(filter, calendar.day_of(now)));
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < tables.clients.size(); ++i) {
    const auto& client = tables.clients[i];
    if (takes(client.id) && (!filter.rep || client.owner == *filter.rep) && (!wanted || *wanted == id(states[i])) &&
        (!key_status || client.key_status == *key_status) && (!with_problems || open.contains(client.id)))
      places.push_back(i);
  }
  const auto last = last_meetings(tables);
  sort_clients(tables, states, last, query, places);
  return paged(places, page_from(query), [&](std::size_t place) -> Json {
    const auto& client = tables.clients[place];
    const auto met = last.find(client.id);
    // Of a client the service side is told the name (R14).
    const auto told = [&](const std::string& text) {
      return viewer.sees_programme() ? text_json(text) : Json(nullptr);
    };
    return {{"id", client.id.text()},
            {"name", client.name},
            {"segment", told(client.segment)},
            {"industry", told(client.industry)},
            {"region", told(client.region)},
            {"city", told(client.city)},
            {"key_status", told(client.key_status)},
            {"owner", user_reference(tables, client.owner)},
            {"coverage", viewer.sees_programme() ? Json(id(states[place])) : Json(nullptr)},
            {"last_met_on", met == last.end() ? Json(nullptr) : Json(programme::day_text(met->second))},
            {"open_cases", open.contains(client.id) ? open.at(client.id) : 0}};
  });
}

Json questionnaire_item(const Tables& tables, const OrgCalendar& calendar, const QuestionnaireRow& row, Instant now) {
  const bool waits = row.status == "paused" || row.status == "resumed";
  return {{"id", row.id.text()},
          {"client", client_reference(tables, row.client)},
          {"rep", user_reference(tables, row.rep)},
          {"form", {{"id", row.form}, {"version", row.form_version}}},
          {"status", row.status},
          {"date", day_json(row.met_on)},
          {"started_at", optional_json(row.started_at)},
          {"finished_at", optional_json(row.finished_at)},
          {"delivered_at", optional_json(row.first_delivered_at)},
          {"nps", optional_json(row.nps)},
          {"resume_point", text_json(row.resume_point)},
          {"age_days",
           waits && row.met_on ? Json(programme::age_in_days(*row.met_on, calendar.day_of(now))) : Json(nullptr)}};
}

Json questionnaire_list(const Tables& tables, const OrgCalendar& calendar, const Viewer& viewer, const Query& query,
                        Instant now) {
  const auto filter = filter_from(query);
  const ClientTest takes(tables, viewer, filter, query);
  const auto status = parameter(query, "status");
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < tables.questionnaires.size(); ++i) {
    const auto& row = tables.questionnaires[i];
    if (tables.visible(viewer, row) && takes(row.client) && (!filter.rep || row.rep == *filter.rep) &&
        filter.takes_day(row.met_on) && (!status || row.status == *status))
      places.push_back(i);
  }
  std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
    return tables.questionnaires[a].met_on > tables.questionnaires[b].met_on;
  });
  return paged(places, page_from(query), [&](std::size_t place) {
    return questionnaire_item(tables, calendar, tables.questionnaires[place], now);
  });
}

Json case_list(const Tables& tables, const OrgCalendar& calendar, const Viewer& viewer, const Query& query,
               Instant now) {
  const auto filter = filter_from(query);
  const ClientTest takes(tables, viewer, filter, query);
  const auto status = parameter(query, "status");
  const auto severity = parameter(query, "severity");
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < tables.cases.size(); ++i) {
    const auto& row = tables.cases[i];
    const auto* client = tables.client(row.client);
    if (takes(row.client) && (!filter.rep || (client && client->owner == *filter.rep)) &&
        filter.takes_day(row.opened_on) && case_status_matches(status, row.status) &&
        (!severity || row.severity == *severity))
      places.push_back(i);
  }
  std::stable_sort(places.begin(), places.end(),
                   [&](std::size_t a, std::size_t b) { return tables.cases[a].opened_on < tables.cases[b].opened_on; });
  const Day today = calendar.day_of(now);
  return paged(places, page_from(query),
               [&](std::size_t place) { return case_item(tables, tables.cases[place], today); });
}

}  // namespace anketa::server::reports
