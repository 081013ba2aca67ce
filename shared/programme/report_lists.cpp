// Campaigns, individual lists, calls and suggestions (R3-R5, R9).
#include <algorithm>

#include "shared/programme/report_parts.hpp"

namespace anketa::programme {
namespace {

Json ids_of(const std::vector<Uuid>& ids) {
  Json all = Json::array();
  for (const auto& id : ids) all.push_back(id.text());
  return all;
}

Json filter_json(const ClientFilter& filter) {
  return {{"segments", filter.segments},      {"regions", filter.regions},           {"cities", filter.cities},
          {"industries", filter.industries},  {"key_statuses", filter.key_statuses}, {"with", ids_of(filter.with)},
          {"without", ids_of(filter.without)}};
}

struct ListTally {
  int clients = 0, listed = 0, covered = 0;
};

ListTally tally_of(const Pass& pass, const Uuid& rep) {
  ListTally tally;
  for (const auto& one : pass.clients) {
    if (!(one.rep == rep)) continue;
    ++tally.clients;
    if (one.entry) ++tally.listed;
    if (is_covered(one.coverage)) ++tally.covered;
  }
  return tally;
}

Json staff_json(const ReportContext& context, const Pass& pass) {
  Json staff = Json::array();
  for (const auto& one : pass.campaign.staff) {
    const auto tally = tally_of(pass, one.user);
    staff.push_back({{"user", person_reference(context.facts, one.user)},
                     {"share", id(one.share)},
                     {"clients", tally.clients},
                     {"listed", tally.listed},
                     {"covered", tally.covered},
                     {"capacity", capacity_of(context.facts, pass.campaign, one, pass.campaign.from)}});
  }
  return staff;
}

/// In which order clients are called: who asked to be called and is due, who was not reached, who has not been called,
/// who asked for later, and at the end who refused.
int call_order(const PassClient& one, Instant now) {
  if (!one.last_call) return 2;
  const auto& call = *one.last_call;
  if (call.outcome == "refused") return 4;
  if (call.outcome == "call_back") return call.call_back_at && *call.call_back_at > now ? 3 : 0;
  return 1;
}

Json call_json(const CallFact& call) {
  return {{"id", call.id.text()},
          {"at", call.at},
          {"outcome", call.outcome},
          {"call_back_at", call.call_back_at ? Json(*call.call_back_at) : Json(nullptr)}};
}

Json client_json(const ReportContext& context, const PassClient& one) {
  return {{"client", client_reference(context.facts, one.client->id)},
          {"segment", text_or_null(one.client->segment)},
          {"city", text_or_null(one.client->city)},
          {"key_status", text_or_null(one.client->key_status)},
          {"rep", person_reference(context.facts, one.rep)},
          {"coverage", id(one.coverage)}};
}

}  // namespace

Json campaigns_report(const ReportContext& context) {
  Json all = Json::array();
  for (const auto& campaign : context.facts.campaigns) all.push_back(campaign_reference(campaign));
  const auto* present = present_campaign(context.facts, context.today);
  return {{"items", std::move(all)}, {"present", present ? Json(present->id.text()) : Json(nullptr)}};
}

Json campaign_report(const ReportContext& context) {
  const auto pass = context.pass();
  const auto& campaign = pass.campaign;
  const auto without_rep =
      std::count_if(pass.clients.begin(), pass.clients.end(), [](const auto& one) { return one.rep.is_nil(); });
  const auto listed =
      std::count_if(pass.clients.begin(), pass.clients.end(), [](const auto& one) { return one.entry != nullptr; });
  const auto left_behind = std::count_if(pass.clients.begin(), pass.clients.end(),
                                         [&](const auto& one) { return is_left_behind(pass, one); });
  return {{"campaign", campaign_reference(campaign)},
          {"filter", filter_json(campaign.filter)},
          {"norms", {{"part", campaign.norms.part}, {"full", campaign.norms.full}}},
          {"paused_counts", campaign.paused_counts},
          {"cadence",
           {{"ordinary_months", campaign.cadence.ordinary_months},
            {"key_months", campaign.cadence.key_months},
            {"top_months", campaign.cadence.top_months}}},
          {"pareto_percent", campaign.pareto_percent},
          {"script", {{"ru", campaign.script_ru}, {"en", campaign.script_en}}},
          {"working_days", context.facts.calendar.count(campaign.from, campaign.until)},
          {"clients", pass.clients.size()},
          {"listed", listed},
          {"without_rep", without_rep},
          {"left_behind", left_behind},
          {"staff", staff_json(context, pass)}};
}

Json lists_report(const ReportContext& context) {
  const auto pass = context.pass();
  const auto state = context.text("state");
  const auto relation = context.text("relation");
  Json items = Json::array();
  for (const auto& one : pass.clients) {
    const std::string_view stands = one.entry && one.entry->unsure ? "unsure" : "good";
    if ((state && *state != id(one.coverage)) || (relation && *relation != stands)) continue;
    auto json = client_json(context, one);
    json["listed"] = one.entry != nullptr;
    json["entry"] = one.entry ? Json(one.entry->id.text()) : Json(nullptr);
    json["relation"] = stands;
    json["visit_at"] = one.visit ? Json(one.visit->at) : Json(nullptr);
    json["covered_on"] = is_covered(one.coverage) ? day_or_null(one.covered_on) : Json(nullptr);
    items.push_back(std::move(json));
  }
  return {{"campaign", campaign_reference(pass.campaign)}, {"total", items.size()}, {"items", std::move(items)}};
}

Json calls_report(const ReportContext& context) {
  auto pass = context.pass();
  std::erase_if(pass.clients, [](const PassClient& one) { return one.coverage < Coverage::Called; });
  std::stable_sort(pass.clients.begin(), pass.clients.end(), [&](const PassClient& a, const PassClient& b) {
    return call_order(a, context.now) < call_order(b, context.now);
  });
  Json items = Json::array();
  for (const auto& one : pass.clients) {
    auto json = client_json(context, one);
    json["attempts"] = one.calls;
    json["last"] = one.last_call ? call_json(*one.last_call) : Json(nullptr);
    json["due"] = call_order(one, context.now) < 3;
    items.push_back(std::move(json));
  }
  return {{"campaign", campaign_reference(pass.campaign)},
          {"script", {{"ru", pass.campaign.script_ru}, {"en", pass.campaign.script_en}}},
          {"total", items.size()},
          {"items", std::move(items)}};
}

Json suggestions_report(const ReportContext& context) {
  const auto pass = context.pass();
  std::vector<const ReassignmentFact*> rows;
  for (const auto& row : context.facts.reassignments)
    if (row.campaign == pass.campaign.id) rows.push_back(&row);
  // What somebody said of a relation comes before what follows from numbers alone, and the latest word first: ids are
  // ordered by the time they were made.
  std::sort(rows.begin(), rows.end(), [](const ReassignmentFact* a, const ReassignmentFact* b) {
    const auto by_room = [](const ReassignmentFact& row) { return row.reason == id(ReassignReason::Overload); };
    return by_room(*a) != by_room(*b) ? by_room(*b) : b->id < a->id;
  });
  Json items = Json::array();
  for (const auto* row : rows)
    items.push_back({{"id", row->id.text()},
                     {"client", client_reference(context.facts, row->client)},
                     {"from", person_reference(context.facts, row->from)},
                     {"to", person_reference(context.facts, row->to)},
                     {"reason", row->reason},
                     {"status", row->status}});
  return {{"campaign", campaign_reference(pass.campaign)}, {"total", items.size()}, {"items", std::move(items)}};
}

}  // namespace anketa::programme
