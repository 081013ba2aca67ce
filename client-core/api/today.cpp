#include "client-core/api/today.hpp"

#include "client-core/api/parts.hpp"
#include "shared/form/local_time.hpp"
#include "shared/programme/coverage.hpp"
#include "shared/programme/norm.hpp"

namespace anketa::client {
namespace {

using programme::Day;

constexpr std::chrono::days ahead{7};
constexpr std::chrono::days pass{365};

Day day_of(const Json& body, const char* field, Day otherwise) {
  return programme::parse_day(string_or_empty(body, field)).value_or(otherwise);
}

/// One pass over the records, part by part.
struct DayView {
  Client& client;
  AccountRow account;
  int offset_minutes;
  Day today;
  std::map<Uuid, programme::CoverageFacts> coverage;
  int delivered = 0;
  int waiting = 0;

  bool mine(const Json& body, const char* field) const { return string_or_empty(body, field) == account.user.text(); }

  Json about(const Uuid& scope) const {
    const auto found = client.get(scope);
    if (!found) return nullptr;
    Json json{{"id", scope.text()}, {"name", string_or_empty(found->view.body, "name")}};
    for (const char* field : {"address", "city", "phone"})
      if (const auto text = string_or_empty(found->view.body, field); !text.empty()) json[field] = text;
    return json;
  }

  Json entry(const LocalRecord& record) const {
    Json json{{"id", record.view.id.text()}, {"client", about(record.view.scope)}, {"body", record.view.body}};
    // The answers of a questionnaire are not what a list shows.
    json["body"].erase("answers");
    return json;
  }

  Json visits();
  Json calls();
  void questionnaires(Json& resume, Json& drafts);
  void count(const LocalRecord& record, std::string_view status);
  int own_norm();
  Json norm();
  Json clients();
};

Json DayView::visits() {
  Json found = Json::array();
  client.each("visit", {}, [&](const LocalRecord& record) {
    const auto& body = record.view.body;
    const auto status = string_or_empty(body, "status");
    const auto at = body.value("at", Instant{0});
    const auto day = *programme::parse_day(form::date_text(form::LocalTime{at, offset_minutes}));
    if (status != "cancelled" && day + pass >= today) coverage[record.view.scope].has_visit = true;
    if (status != "booked" || !mine(body, "rep") || day < today || day > today + ahead) return true;
    auto json = entry(record);
    json["day"] = programme::day_text(day);
    found.push_back(std::move(json));
    return true;
  });
  std::sort(found.begin(), found.end(), [](const Json& a, const Json& b) {
    return std::pair(a["body"].value("at", Instant{0}), a["id"]) <
           std::pair(b["body"].value("at", Instant{0}), b["id"]);
  });
  return found;
}

Json DayView::calls() {
  Json found = Json::array();
  client.each("quality_case", {}, [&](const LocalRecord& record) {
    const auto status = string_or_empty(record.view.body, "status");
    if (status == "reported_fixed" || status == "rep_called") found.push_back(entry(record));
    return true;
  });
  return found;
}

void DayView::questionnaires(Json& resume, Json& drafts) {
  auto& parts = client.parts();
  client.each("questionnaire", {}, [&](const LocalRecord& record) {
    const auto& body = record.view.body;
    const auto status = string_or_empty(body, "status");
    count(record, status);
    if (!mine(body, "rep")) return true;
    if (status == "draft" || status == "resumed") drafts.push_back(entry(record));
    if (status == "paused" && case_confirmed(parts, record.view.scope, record.view.id)) resume.push_back(entry(record));
    return true;
  });
}

void DayView::count(const LocalRecord& record, std::string_view status) {
  const auto& body = record.view.body;
  const auto day = day_of(body, "date", today);
  const bool complete = status == "complete" || status == "complete_after_pause";
  if (day + pass >= today) {
    auto& facts = coverage[record.view.scope];
    facts.has_complete = facts.has_complete || complete;
    facts.has_paused = facts.has_paused || status == "paused" || status == "resumed";
    facts.has_draft = facts.has_draft || status == "draft";
  }
  if (!mine(body, "rep") || !(complete || status == "paused")) return;
  if (!(programme::iso_week(day) == programme::iso_week(today))) return;
  ++(record.unsynced > 0 ? waiting : delivered);
}

int DayView::own_norm() {
  const auto user = client.get(account.user);
  return programme::weekly_norm(programme::share_from(user ? string_or_empty(user->view.body, "share") : ""));
}

Json DayView::norm() {
  const int norm = own_norm();
  return {{"done", delivered},
          {"waiting", waiting},
          {"norm", norm},
          {"due", programme::due_so_far(norm, today)},
          {"pace", programme::id(programme::pace_of(delivered, norm, today))}};
}

Json DayView::clients() {
  std::map<std::string_view, int> counts;
  for (const auto id : programme::coverage_ids) counts[id] = 0;
  int total = 0;
  client.each("client", {}, [&](const LocalRecord& record) {
    const auto facts = coverage.find(record.view.id);
    ++counts[programme::id(
        programme::coverage_of(facts == coverage.end() ? programme::CoverageFacts{} : facts->second))];
    ++total;
    return true;
  });
  Json json{{"total", total}};
  for (const auto& [id, count] : counts) json[std::string(id)] = count;
  return json;
}

}  // namespace

Json today(Client& client, int offset_minutes) {
  auto& parts = client.parts();
  const form::LocalTime now{parts.environment.now(), offset_minutes};
  const auto day = *programme::parse_day(form::date_text(now));
  DayView view{client, parts.need_account(), offset_minutes, day, {}, 0, 0};
  Json json{{"date", programme::day_text(day)}, {"week", programme::week_text(programme::iso_week(day))}};
  json["visits"] = view.visits();
  json["calls"] = view.calls();
  Json resume = Json::array(), drafts = Json::array();
  view.questionnaires(resume, drafts);
  json["resume"] = std::move(resume);
  json["drafts"] = std::move(drafts);
  json["norm"] = view.norm();
  json["clients"] = view.clients();
  return json;
}

}  // namespace anketa::client
