// People and time a pass takes, and seasons side by side (R20, R21).
#include <algorithm>
#include <set>

#include "shared/programme/report_parts.hpp"
#include "shared/programme/staffing.hpp"

namespace anketa::programme {
namespace {

PassWork work_of(const ReportContext& context, const Pass& pass) {
  PassWork work;
  work.cadence = pass.campaign.cadence;
  work.norms = pass.campaign.norms;
  for (const auto& one : pass.clients) {
    ++work.clients;
    if (one.client->key_status == "key") ++work.key;
    if (one.client->key_status == "top") ++work.top;
  }
  constexpr int most = 1'000'000;
  work.clients = context.number("clients", work.clients, 0, most);
  work.key = context.number("key", work.key, 0, most);
  work.top = context.number("top", work.top, 0, most);
  return work;
}

Json number_or_null(const std::optional<int>& number) {
  return number ? Json(*number) : Json(nullptr);
}

/// What a season came to (R20).
struct Season {
  int clients = 0, covered = 0, questionnaires = 0, complete = 0, paused = 0, referrals = 0, offers = 0, offers_won = 0;
  std::int64_t won_month = 0, cost = 0;
};

Season season_of(const Facts& facts, const CampaignFact& campaign, Day today) {
  const auto pass = make_pass(facts, campaign.id, today);
  Season season;
  std::set<Uuid> clients, questionnaires;
  for (const auto& one : pass.clients) {
    clients.insert(one.client->id);
    if (is_covered(one.coverage)) ++season.covered;
  }
  season.clients = static_cast<int>(clients.size());
  for (const auto& row : facts.questionnaires) {
    if (!clients.contains(row.client) || row.status == "draft" || !row.met_on || !pass.period.has(*row.met_on))
      continue;
    questionnaires.insert(row.id);
    ++season.questionnaires;
    ++(row.is_complete() ? season.complete : season.paused);
  }
  for (const auto& row : facts.referrals)
    if (questionnaires.contains(row.questionnaire)) ++season.referrals;
  for (const auto& row : facts.offers) {
    if (!questionnaires.contains(row.questionnaire)) continue;
    ++season.offers;
    if (row.status != "won") continue;
    ++season.offers_won;
    season.won_month += row.amount_month;
  }
  for (const auto& row : facts.costs)
    if (row.campaign == campaign.id) season.cost += row.amount;
  return season;
}

/// Months after which the additional sales have earned the cost, rounded up; null where they never do.
Json payback(const Season& season) {
  if (season.won_month <= 0) return nullptr;
  return (season.cost + season.won_month - 1) / season.won_month;
}

}  // namespace

Json staffing_report(const ReportContext& context) {
  const auto pass = context.pass();
  const auto work = work_of(context, pass);
  const Day from = context.day("from").value_or(pass.campaign.id.is_nil() ? context.today : pass.campaign.from);
  // Two to three months, where nothing says how long (R20).
  const Day until =
      context.day("until").value_or(pass.campaign.id.is_nil() ? from + std::chrono::days(69) : pass.campaign.until);
  Team team;
  for (const auto& staff : pass.campaign.staff) ++(staff.share == Share::Full ? team.full : team.part);
  constexpr int most = 10'000;
  team.full = context.number("full", team.full, 0, most);
  team.part = context.number("part", team.part, 0, most);
  const auto& calendar = context.facts.calendar;
  const auto needed = people_needed(work, from, until, team.full, calendar);
  const auto length = length_needed(work, from, team, calendar);
  return {{"campaign", campaign_reference(pass.campaign)},
          {"clients", work.clients},
          {"key", work.key},
          {"top", work.top},
          {"norms", {{"part", work.norms.part}, {"full", work.norms.full}}},
          {"from", day_text(from)},
          {"until", day_text(until)},
          {"team", {{"full", team.full}, {"part", team.part}}},
          {"people",
           {{"meetings", needed.meetings},
            {"working_days", needed.working_days},
            {"full_only", number_or_null(needed.full_only)},
            {"part_only", number_or_null(needed.part_only)},
            {"part_besides", number_or_null(needed.part_besides)}}},
          {"length", length ? Json{{"meetings", length->meetings},
                                   {"working_days", length->working_days},
                                   {"weeks", (length->working_days + working_days_a_week - 1) / working_days_a_week},
                                   {"finish", day_text(length->finish)}}
                            : Json(nullptr)}};
}

Json seasons_report(const ReportContext& context) {
  Json items = Json::array();
  for (const auto& campaign : context.facts.campaigns) {
    const auto season = season_of(context.facts, campaign, context.today);
    auto json = campaign_reference(campaign);
    json.update({{"clients", season.clients},
                 {"covered", season.covered},
                 {"questionnaires", season.questionnaires},
                 {"complete", season.complete},
                 {"paused", season.paused},
                 {"referrals", season.referrals},
                 {"offers", season.offers},
                 {"offers_won", season.offers_won},
                 {"won_month", season.won_month},
                 {"won_year", season.won_month * 12},
                 {"cost", season.cost},
                 {"cost_of_one", season.questionnaires ? Json(season.cost / season.questionnaires) : Json(nullptr)},
                 {"payback_months", payback(season)}});
    items.push_back(std::move(json));
  }
  return {{"total", items.size()}, {"items", std::move(items)}};
}

}  // namespace anketa::programme
