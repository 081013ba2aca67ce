// Clients by income and by when they are to be met (R20).
#include <algorithm>
#include <map>

#include "shared/programme/pareto.hpp"
#include "shared/programme/report_parts.hpp"

namespace anketa::programme {
namespace {

/// A client and what it is asked to have next.
struct DueRow {
  const PassClient* one = nullptr;
  /// "questionnaire": the yearly one; "meeting": by the cadence of key clients.
  std::string_view kind;
  std::optional<Day> last;
  NextMeeting next;
};

std::vector<DueRow> due_rows(const ReportContext& context, const Pass& pass, const Meetings& meetings) {
  const auto& cadence = pass.campaign.cadence;
  std::vector<DueRow> rows;
  const auto add = [&](const PassClient& one, std::string_view kind, int months, bool questionnaire) {
    const auto last = meetings.last(one.client->id, context.today, questionnaire);
    if (const auto next = next_meeting(last, months, {pass.campaign.from, pass.campaign.until}, context.today))
      rows.push_back({&one, kind, last, *next});
  };
  for (const auto& one : pass.clients) {
    const auto& status = one.client->key_status;
    add(one, "questionnaire", cadence.ordinary_months, true);
    if (status == "key" || status == "top") add(one, "meeting", cadence.months_of(status), false);
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const DueRow& a, const DueRow& b) { return a.next.due_on < b.next.due_on; });
  return rows;
}

Json balance_json(const MeetingBalance& balance) {
  return {{"total", balance.total()},
          {"with_offer", balance.with_offer},
          {"without_offer", balance.without_offer},
          {"informal", balance.informal},
          {"with_questionnaire", balance.with_questionnaire}};
}

/// "ordinary" stands for who has no status.
std::string status_of(const ClientFact& client) {
  return client.key_status.empty() ? "ordinary" : client.key_status;
}

}  // namespace

Json cadence_report(const ReportContext& context) {
  const auto pass = context.pass();
  const auto meetings = meetings_of(context.facts, context.today);
  // What is due and overdue, unless asked for one of the three or for "all".
  const auto wanted = context.text("state");
  Json items = Json::array();
  std::map<std::string, int> counts{{"overdue", 0}, {"soon", 0}, {"later", 0}};
  for (const auto& row : due_rows(context, pass, meetings)) {
    const auto due = id(row.next.due);
    ++counts[std::string(due)];
    if (wanted ? *wanted != "all" && *wanted != due : row.next.due == Due::Later) continue;
    items.push_back({{"client", client_reference(context.facts, row.one->client->id)},
                     {"rep", person_reference(context.facts, row.one->rep)},
                     {"key_status", status_of(*row.one->client)},
                     {"kind", row.kind},
                     {"last_on", day_or_null(row.last)},
                     {"due_on", day_text(row.next.due_on)},
                     {"due", due},
                     {"days", row.next.days},
                     {"visit_at", row.one->visit ? Json(row.one->visit->at) : Json(nullptr)}});
  }
  return {{"campaign", campaign_reference(pass.campaign)},
          {"cadence",
           {{"ordinary_months", pass.campaign.cadence.ordinary_months},
            {"key_months", pass.campaign.cadence.key_months},
            {"top_months", pass.campaign.cadence.top_months}}},
          {"counts", counts},
          {"total", items.size()},
          {"items", std::move(items)}};
}

Json pareto_report(const ReportContext& context) {
  const auto* present = present_campaign(context.facts, context.today);
  const int percent = context.number("percent", present ? present->pareto_percent : 80, 1, 100);
  std::vector<ClientIncome> incomes;
  for (const auto& client : context.facts.clients)
    incomes.push_back({client.id, client.income_year, client.key_status, client.status_by_split});
  const auto split = pareto(std::move(incomes), percent);
  Json items = Json::array();
  int changes = 0;
  for (const auto& row : split.rows) {
    const bool changed = row.wanted != row.status;
    changes += changed ? 1 : 0;
    items.push_back({{"client", client_reference(context.facts, row.client)},
                     {"income_year", row.income},
                     {"running_share", row.running_share},
                     {"in_set", row.in_set},
                     {"key_status", text_or_null(row.status)},
                     {"own_decision", row.own_decision},
                     {"wanted", text_or_null(row.wanted)},
                     {"changes", changed}});
  }
  return {{"percent", percent},           {"income_year", split.total}, {"in_set", split.in_set},
          {"clients", split.rows.size()}, {"changes", changes},         {"items", std::move(items)}};
}

Json meetings_report(const ReportContext& context) {
  const auto pass = context.pass();
  const Day since = context.day("since").value_or(pass.period.from);
  const Day until = std::min(context.day("until").value_or(context.today), context.today);
  std::map<Uuid, MeetingBalance> by_client;
  const auto meetings = meetings_of(context.facts, until);
  for (const auto& [key, meeting] : meetings.all())
    if (key.second >= since) by_client[key.first].add(meeting);
  MeetingBalance whole;
  std::map<std::string, MeetingBalance> by_status;
  Json items = Json::array();
  for (const auto& one : pass.clients) {
    const auto found = by_client.find(one.client->id);
    if (found == by_client.end()) continue;
    const auto& balance = found->second;
    for (auto* sum : {&whole, &by_status[status_of(*one.client)]}) {
      sum->with_offer += balance.with_offer;
      sum->without_offer += balance.without_offer;
      sum->informal += balance.informal;
      sum->with_questionnaire += balance.with_questionnaire;
    }
    auto json = balance_json(balance);
    json["client"] = client_reference(context.facts, one.client->id);
    json["key_status"] = status_of(*one.client);
    items.push_back(std::move(json));
  }
  auto json = balance_json(whole);
  Json statuses = Json::object();
  for (const auto& [status, balance] : by_status) statuses[status] = balance_json(balance);
  json.update({{"since", day_text(since)},
               {"until", day_text(until)},
               {"by_status", std::move(statuses)},
               {"items", std::move(items)}});
  return json;
}

}  // namespace anketa::programme
