#include "sync-server/reports/overview.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "shared/programme/norm.hpp"
#include "shared/programme/quality.hpp"
#include "sync-server/reports/score_json.hpp"

namespace anketa::server::reports {
namespace {

using programme::Coverage;
using programme::Day;

constexpr int trend_weeks = 12;
/// How many of the oldest waiting things the overview names.
constexpr std::size_t oldest_shown = 8;

bool is_complete(std::string_view status) {
  return status == "complete" || status == "complete_after_pause";
}

bool is_paused(std::string_view status) {
  return status == "paused" || status == "resumed";
}

/// What every part of the overview is computed from.
struct Context {
  const Tables& tables;
  const OrgCalendar& calendar;
  const Viewer& viewer;
  const Filter& filter;
  Day today, since;

  bool takes(const Uuid& client) const {
    return tables.visible(viewer, client) && filter.takes_client(tables.client(client));
  }
  bool takes(const QuestionnaireRow& row) const {
    return tables.visible(viewer, row) && takes(row.client) && (!filter.rep || row.rep == *filter.rep);
  }
  /// A questionnaire of this pass that has reached the office (R7).
  bool is_result(const QuestionnaireRow& row) const {
    return takes(row) && row.first_delivered_at && row.met_on.value_or(today) >= since &&
           (!filter.until || row.met_on.value_or(today) <= *filter.until);
  }
};

Json coverage_json(const Context& context) {
  const auto states = coverage(context.tables, context.calendar, context.since);
  std::array<int, programme::coverage_ids.size()> counts{};
  int total = 0;
  for (std::size_t i = 0; i < states.size(); ++i) {
    const auto& client = context.tables.clients[i];
    if (!context.takes(client.id) || (context.filter.rep && client.owner != *context.filter.rep)) continue;
    ++counts[static_cast<std::size_t>(states[i])];
    ++total;
  }
  Json json{{"total", total}};
  for (std::size_t i = 0; i < counts.size(); ++i) json[std::string(programme::coverage_ids[i])] = counts[i];
  return json;
}

struct RepTally {
  int delivered = 0, clients = 0, covered = 0;
};

std::unordered_map<Uuid, RepTally> tally_reps(const Context& context) {
  std::unordered_map<Uuid, RepTally> tally;
  const auto week_start = context.calendar.start_of(programme::monday_of(context.today));
  for (const auto& row : context.tables.questionnaires)
    if (row.first_delivered_at && *row.first_delivered_at >= week_start) ++tally[row.rep].delivered;
  const auto states = coverage(context.tables, context.calendar, context.since);
  for (std::size_t i = 0; i < states.size(); ++i) {
    auto& owner = tally[context.tables.clients[i].owner];
    ++owner.clients;
    if (programme::is_covered(states[i])) ++owner.covered;
  }
  return tally;
}

Json pace_json(int done, const programme::WeekNorm& norm) {
  return {
      {"done", done}, {"norm", norm.norm}, {"due", norm.due}, {"pace", programme::id(programme::pace_of(done, norm))}};
}

Json norm_json(const Context& context) {
  const auto tally = tally_reps(context);
  const Day monday = programme::monday_of(context.today);
  Json reps = Json::array();
  int done = 0;
  programme::WeekNorm whole;
  for (const auto& user : context.tables.users) {
    if (user.role != "rep" || !user.active) continue;
    if (context.viewer.role == Role::Rep && user.id != context.viewer.user) continue;
    if (context.filter.rep && user.id != *context.filter.rep) continue;
    const auto found = tally.find(user.id);
    const RepTally mine = found == tally.end() ? RepTally{} : found->second;
    const auto norm = programme::norm_of_week(programme::weekly_norm(programme::share_from(user.share)), user.id,
                                              context.tables.working_days, monday, context.today);
    auto json = pace_json(mine.delivered, norm);
    json.update({{"id", user.id.text()},
                 {"name", user.name},
                 {"share", user.share == "full" ? "full" : "part"},
                 {"clients", mine.clients},
                 {"covered", mine.covered}});
    reps.push_back(std::move(json));
    done += mine.delivered;
    whole.norm += norm.norm;
    whole.due += norm.due;
  }
  auto json = pace_json(done, whole);
  json["reps"] = std::move(reps);
  return json;
}

Json trend_json(const Context& context) {
  const Day first = programme::monday_of(context.today) - std::chrono::days(7 * (trend_weeks - 1));
  std::array<int, trend_weeks> delivered{};
  for (const auto& row : context.tables.questionnaires) {
    if (!row.first_delivered_at || !context.takes(row)) continue;
    const auto week = (context.calendar.day_of(*row.first_delivered_at) - first).count();
    if (week >= 0 && week < 7 * trend_weeks) ++delivered[static_cast<std::size_t>(week / 7)];
  }
  Json weeks = Json::array();
  for (int i = 0; i < trend_weeks; ++i) {
    const Day monday = first + std::chrono::days(7 * i);
    weeks.push_back({{"week", programme::week_text(programme::iso_week(monday))},
                     {"monday", programme::day_text(monday)},
                     {"delivered", delivered[static_cast<std::size_t>(i)]}});
  }
  return weeks;
}

/// Something that waits: what to show of it, and for how many days.
struct Waiting {
  int days = 0;
  Json json;
};

/// {"count", "by_age", "oldest"} with the oldest first.
Json waiting_json(std::vector<Waiting> waiting) {
  std::array<int, programme::age_group_ids.size()> counts{};
  for (const auto& one : waiting) ++counts[static_cast<std::size_t>(programme::age_group(one.days))];
  Json by_age = Json::array();
  for (std::size_t i = 0; i < counts.size(); ++i)
    by_age.push_back({{"group", programme::age_group_ids[i]}, {"count", counts[i]}});
  std::stable_sort(waiting.begin(), waiting.end(), [](const auto& a, const auto& b) { return a.days > b.days; });
  Json oldest = Json::array();
  for (auto& one : waiting) {
    if (oldest.size() == oldest_shown) break;
    one.json["age_days"] = one.days;
    oldest.push_back(std::move(one.json));
  }
  return {{"count", waiting.size()}, {"by_age", std::move(by_age)}, {"oldest", std::move(oldest)}};
}

Json paused_json(const Context& context) {
  std::vector<Waiting> waiting;
  for (const auto& row : context.tables.questionnaires) {
    if (!is_paused(row.status) || !context.takes(row)) continue;
    const Day since = row.met_on.value_or(context.calendar.day_of(row.first_delivered_at.value_or(0)));
    waiting.push_back({programme::age_in_days(since, context.today),
                       {{"id", row.id.text()},
                        {"client", client_reference(context.tables, row.client)},
                        {"rep", user_reference(context.tables, row.rep)},
                        {"status", row.status},
                        {"since", programme::day_text(since)},
                        {"resume_point", row.resume_point}}});
  }
  return waiting_json(std::move(waiting));
}

Json cases_json(const Context& context) {
  std::vector<Waiting> waiting;
  Json by_status = Json::object();
  for (const auto status : programme::open_case_statuses) by_status[std::string(status)] = 0;
  int confirmed = 0, reopened = 0;
  for (const auto& row : context.tables.cases) {
    if (!context.takes(row.client)) continue;
    if (row.reopenings > 0) ++reopened;
    if (!programme::is_open_case(row.status)) {
      ++confirmed;
      continue;
    }
    by_status[row.status] = by_status[row.status].get<int>() + 1;
    waiting.push_back({programme::age_in_days(row.opened_on.value_or(context.today), context.today),
                       {{"id", row.id.text()},
                        {"client", client_reference(context.tables, row.client)},
                        {"status", row.status},
                        {"severity", row.severity.empty() ? Json(nullptr) : Json(row.severity)},
                        {"opened_on", row.opened_on ? Json(programme::day_text(*row.opened_on)) : Json(nullptr)},
                        {"reopenings", row.reopenings}}});
  }
  auto json = waiting_json(std::move(waiting));
  json.update({{"by_status", by_status}, {"confirmed", confirmed}, {"reopened", reopened}});
  return json;
}

Json nps_json(const Context& context) {
  programme::Nps nps;
  for (const auto& row : context.tables.questionnaires)
    if (row.nps && context.is_result(row)) nps.add(*row.nps);
  return score_json(nps);
}

Json key_persons_json(const Context& context) {
  std::int64_t added = 0, changed = 0, left = 0;
  for (const auto& row : context.tables.questionnaires) {
    if (!context.is_result(row)) continue;
    added += row.contacts_new;
    changed += row.contacts_changed;
    left += row.contacts_left;
  }
  return {{"new", added}, {"changed", changed}, {"left", left}};
}

Json counts_json(const Context& context) {
  int results = 0, complete = 0, drafts = 0, referrals = 0, offers = 0, offers_won = 0;
  std::int64_t won_amount = 0;
  for (const auto& row : context.tables.questionnaires) {
    if (row.status == "draft" && context.takes(row)) ++drafts;
    if (!context.is_result(row)) continue;
    ++results;
    if (is_complete(row.status)) ++complete;
  }
  for (const auto& row : context.tables.referrals)
    if (context.takes(row.client)) ++referrals;
  for (const auto& row : context.tables.offers) {
    if (!context.takes(row.client)) continue;
    ++offers;
    if (row.status != "won") continue;
    ++offers_won;
    won_amount += row.amount_month;
  }
  const bool whole = context.viewer.sees_all_clients();
  return {{"questionnaires", results},
          {"complete", complete},
          {"drafts", drafts},
          {"referrals", referrals},
          {"offers", offers},
          {"offers_won", offers_won},
          {"offers_won_amount_month", won_amount},
          {"open_conflicts", whole ? Json(context.tables.open_conflicts) : Json(nullptr)}};
}

/// Segments to filter by, sorted.
Json segments_json(const Context& context) {
  std::set<std::string> segments;
  for (const auto& client : context.tables.clients)
    if (!client.segment.empty() && context.tables.visible(context.viewer, client.id)) segments.insert(client.segment);
  return segments;
}

}  // namespace

std::vector<Coverage> coverage(const Tables& tables, const OrgCalendar& calendar, Day since) {
  std::vector<programme::CoverageFacts> facts(tables.clients.size());
  const auto facts_of = [&](const Uuid& client) {
    const auto found = tables.client_index.find(client);
    return found == tables.client_index.end() ? nullptr : &facts[found->second];
  };
  for (const auto& row : tables.questionnaires) {
    auto* client = facts_of(row.client);
    if (!client || (row.met_on && *row.met_on < since)) continue;
    if (is_complete(row.status)) client->has_complete = true;
    if (is_paused(row.status)) client->has_paused = true;
    if (row.status == "draft") client->has_draft = true;
  }
  const auto first = calendar.start_of(since);
  for (const auto& row : tables.visits)
    if (auto* client = facts_of(row.client); client && row.status != "cancelled" && row.at >= first)
      client->has_visit = true;
  for (const auto& row : tables.calls)
    if (auto* client = facts_of(row.client); client && row.at >= first) client->has_call = true;
  std::vector<Coverage> states;
  states.reserve(facts.size());
  for (const auto& one : facts) states.push_back(programme::coverage_of(one));
  return states;
}

Day pass_start(const Filter& filter, Day today) {
  return filter.since.value_or(today - std::chrono::days(365));
}

Json client_reference(const Tables& tables, const Uuid& id) {
  const auto* client = tables.client(id);
  if (!client) return nullptr;
  return {{"id", id.text()}, {"name", client->name}};
}

Json user_reference(const Tables& tables, const Uuid& id) {
  const auto* user = tables.user(id);
  if (!user) return nullptr;
  return {{"id", id.text()}, {"name", user->name}};
}

Json overview(const Tables& tables, const OrgCalendar& calendar, const Viewer& viewer, const Filter& filter,
              Instant now) {
  const Day today = calendar.day_of(now);
  const Context context{tables, calendar, viewer, filter, today, pass_start(filter, today)};
  const Day monday = programme::monday_of(today);
  const bool programme_too = viewer.sees_programme();
  const auto part = [&](auto compute) { return programme_too ? compute(context) : Json(nullptr); };
  return {{"as_of", now},
          {"today", programme::day_text(today)},
          {"since", programme::day_text(context.since)},
          {"week", {{"id", programme::week_text(programme::iso_week(today))}, {"monday", programme::day_text(monday)}}},
          {"segments", segments_json(context)},
          {"coverage", part(coverage_json)},
          {"norm", part(norm_json)},
          {"trend", part(trend_json)},
          {"paused", paused_json(context)},
          {"cases", cases_json(context)},
          {"nps", part(nps_json)},
          {"key_persons", part(key_persons_json)},
          {"counts", part(counts_json)}};
}

}  // namespace anketa::server::reports
