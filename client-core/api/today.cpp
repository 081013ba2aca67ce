#include "client-core/api/today.hpp"

#include "client-core/api/parts.hpp"
#include "client-core/api/pass.hpp"
#include "client-core/api/programme_facts.hpp"
#include "shared/programme/norm.hpp"

namespace anketa::client {
namespace {

using programme::Day;

constexpr std::chrono::days ahead{7};

/// One pass over the records, part by part.
struct DayView {
  Client& client;
  AccountRow account;
  Day today;
  PassFacts pass;
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
    pass.note_visit(record.view);
    const auto day = pass.day_of_visit(record.view);
    if (string_or_empty(body, "status") != "booked" || !mine(body, "rep") || day < today || day > today + ahead)
      return true;
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
  pass.note_questionnaire(record.view);
  const bool covered = status == "complete" || status == "complete_after_pause" || status == "paused";
  if (!mine(record.view.body, "rep") || !covered) return;
  if (!(programme::iso_week(pass.day_of_questionnaire(record.view)) == programme::iso_week(today))) return;
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
  // Ids alone: on a lead's phone these are ten thousand clients, and their fields say nothing here.
  for (const auto& id : guarded([&] { return client.parts().store.records().ids("client"); })) {
    ++counts[programme::id(pass.of(id))];
    ++total;
  }
  Json json{{"total", total}};
  for (const auto& [id, count] : counts) json[std::string(id)] = count;
  return json;
}

}  // namespace

Json today(Client& client, int offset_minutes) {
  auto& parts = client.parts();
  const auto day = local_day(parts.environment.now(), offset_minutes);
  DayView view{client, parts.need_account(), day, {day, offset_minutes}, 0, 0};
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
