// How the pass goes: norms by rep and week, coverage, forecast (R8, R20).
#include <algorithm>
#include <array>
#include <map>

#include "shared/programme/forecast.hpp"
#include "shared/programme/report_parts.hpp"

namespace anketa::programme {
namespace {

constexpr std::chrono::days week_length{7};
/// Weeks of norms where no campaign says how many.
constexpr int weeks_without_campaign = 12;

using Counts = std::array<int, coverage_ids.size()>;

Json counts_json(const Counts& counts) {
  Json json = Json::object();
  int total = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    json[std::string(coverage_ids[i])] = counts[i];
    total += counts[i];
  }
  json["total"] = total;
  return json;
}

/// Deliveries by rep and Monday, each questionnaire once (R8).
std::map<std::pair<Uuid, Day>, int> deliveries(const Facts& facts, bool paused_counts) {
  std::map<std::pair<Uuid, Day>, int> done;
  for (const auto& row : facts.questionnaires)
    if (row.delivered_on && (paused_counts || row.is_complete())) ++done[{row.rep, monday_of(*row.delivered_on)}];
  return done;
}

Json norm_json(int done, const WeekNorm& norm) {
  return {
      {"done", done}, {"norm", norm.norm}, {"due", norm.due}, {"days", norm.days}, {"pace", id(pace_of(done, norm))}};
}

/// Questionnaires that the office does not have yet: on a device those that wait for a sync.
int waiting_of(const Facts& facts, const Uuid& rep) {
  return static_cast<int>(std::count_if(facts.questionnaires.begin(), facts.questionnaires.end(), [&](const auto& row) {
    return row.rep == rep && row.status != "draft" && !row.delivered_on;
  }));
}

Json by_rep(const ReportContext& context, const Pass& pass) {
  std::map<Uuid, Counts> counts;
  for (const auto& one : pass.clients) ++counts[one.rep][static_cast<std::size_t>(one.coverage)];
  Json rows = Json::array();
  for (const auto& person : context.facts.people) {
    const auto found = counts.find(person.id);
    if (found == counts.end()) continue;
    auto json = counts_json(found->second);
    json["rep"] = person_reference(context.facts, person.id);
    rows.push_back(std::move(json));
    counts.erase(found);
  }
  for (const auto& [rep, nobody] : counts) {
    auto json = counts_json(nobody);
    json["rep"] = nullptr;
    rows.push_back(std::move(json));
  }
  return rows;
}

Json by_segment(const Pass& pass) {
  std::map<std::string, Counts> counts;
  for (const auto& one : pass.clients) ++counts[one.client->segment][static_cast<std::size_t>(one.coverage)];
  Json rows = Json::array();
  for (const auto& [segment, of_segment] : counts) {
    auto json = counts_json(of_segment);
    json["segment"] = text_or_null(segment);
    rows.push_back(std::move(json));
  }
  return rows;
}

/// The weeks from the first with a result, or the pass's beginning, to the present one.
Json by_week(const Pass& pass, Day today) {
  std::map<Day, int> covered;
  for (const auto& one : pass.clients)
    if (is_covered(one.coverage) && one.covered_on) ++covered[monday_of(*one.covered_on)];
  Json rows = Json::array();
  const Day last = monday_of(std::min(today, pass.period.until));
  Day monday = monday_of(pass.period.from);
  // Without a campaign the pass is a year long, and only the weeks since something happened are of interest.
  if (pass.campaign.id.is_nil()) monday = covered.empty() ? last : covered.begin()->first;
  int so_far = 0;
  for (; monday <= last; monday += week_length) {
    const auto found = covered.find(monday);
    const int now = found == covered.end() ? 0 : found->second;
    so_far += now;
    rows.push_back(
        {{"week", week_text(iso_week(monday))}, {"monday", day_text(monday)}, {"covered", now}, {"so_far", so_far}});
  }
  return rows;
}

Json forecast_json(const Pass& pass, const WorkingDays& calendar, Day today) {
  PassProgress progress{pass.campaign.from, pass.campaign.until, today, static_cast<int>(pass.clients.size()), 0, 0};
  const Day lately = pace_since(progress.from, today);
  for (const auto& one : pass.clients) {
    if (!is_covered(one.coverage)) continue;
    ++progress.covered;
    if (one.covered_on && *one.covered_on >= lately && *one.covered_on < today) ++progress.covered_lately;
  }
  const auto result = forecast(progress, calendar);
  return {{"remaining", result.remaining},
          {"pace_tenths", result.pace_tenths},
          {"needed_tenths", result.needed_tenths ? Json(*result.needed_tenths) : Json(nullptr)},
          {"finish", day_or_null(result.finish)},
          {"until", day_text(pass.campaign.until)},
          {"late_by", result.late_by ? Json(*result.late_by) : Json(nullptr)}};
}

int refusals(const Pass& pass) {
  return static_cast<int>(std::count_if(pass.clients.begin(), pass.clients.end(), [](const auto& one) {
    return one.coverage == Coverage::Called && one.last_call && one.last_call->outcome == "refused";
  }));
}

}  // namespace

Json norms_report(const ReportContext& context) {
  const auto pass = make_pass(context.facts, context.id("campaign"), context.today);
  const auto only = context.id("rep");
  const auto& campaign = pass.campaign;
  const Day last = monday_of(std::min(context.today, pass.period.until));
  const Day first = campaign.id.is_nil() ? last - (weeks_without_campaign - 1) * week_length : monday_of(campaign.from);
  const auto done = deliveries(context.facts, campaign.paused_counts);
  const auto done_by = [&](const Uuid& rep, Day monday) {
    const auto found = done.find({rep, monday});
    return found == done.end() ? 0 : found->second;
  };
  Json weeks = Json::array();
  for (Day monday = first; monday <= last; monday += week_length) {
    Json rows = Json::array();
    int all_done = 0;
    WeekNorm all;
    for (const auto& staff : campaign.staff) {
      if (only && !(staff.user == *only)) continue;
      const auto norm = norm_of_week(campaign.norms.of(staff.share), staff.user, context.facts.calendar, monday,
                                     context.today, pass.period);
      auto json = norm_json(done_by(staff.user, monday), norm);
      json["rep"] = person_reference(context.facts, staff.user);
      json["share"] = id(staff.share);
      all_done += done_by(staff.user, monday);
      all.norm += norm.norm;
      all.due += norm.due;
      rows.push_back(std::move(json));
    }
    weeks.push_back({{"week", week_text(iso_week(monday))},
                     {"monday", day_text(monday)},
                     {"done", all_done},
                     {"norm", all.norm},
                     {"due", all.due},
                     {"pace", id(pace_of(all_done, all))},
                     {"reps", std::move(rows)}});
  }
  int waiting = 0;
  for (const auto& staff : campaign.staff)
    if (!only || staff.user == *only) waiting += waiting_of(context.facts, staff.user);
  return {{"campaign", campaign_reference(campaign)},
          {"paused_counts", campaign.paused_counts},
          {"not_delivered", waiting},
          {"weeks", std::move(weeks)}};
}

Json coverage_report(const ReportContext& context) {
  const auto pass = context.pass();
  Counts counts{};
  for (const auto& one : pass.clients) ++counts[static_cast<std::size_t>(one.coverage)];
  auto json = counts_json(counts);
  json["campaign"] = campaign_reference(pass.campaign);
  json["refused"] = refusals(pass);
  json["by_rep"] = by_rep(context, pass);
  json["by_segment"] = by_segment(pass);
  json["by_week"] = by_week(pass, context.today);
  json["forecast"] = forecast_json(pass, context.facts.calendar, context.today);
  return json;
}

}  // namespace anketa::programme
