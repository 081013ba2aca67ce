#include "shared/programme/pass.hpp"

#include <algorithm>
#include <set>

#include "shared/problem/problem.hpp"

namespace anketa::programme {
namespace {

constexpr std::chrono::days year{365};

CampaignFact no_campaign(const Facts& facts, Day today) {
  CampaignFact campaign;
  campaign.from = today - year;
  campaign.until = today;
  campaign.status = "running";
  for (const auto& person : facts.people)
    if (person.role == "rep" && person.active) campaign.staff.push_back({person.id, person.share});
  return campaign;
}

/// Where a campaign names nobody, everybody who represents us is staff. Whose account is closed takes part no more.
CampaignFact with_staff(const Facts& facts, CampaignFact campaign, Day today) {
  std::erase_if(campaign.staff, [&](const StaffFact& one) {
    const auto* person = facts.person(one.user);
    return person && !person->active;
  });
  if (campaign.staff.empty() && !campaign.staff_named) campaign.staff = no_campaign(facts, today).staff;
  return campaign;
}

/// Fills in what has happened at the clients of a pass.
class PassMaker {
 public:
  PassMaker(const Facts& facts, Pass& pass, Day today) : facts_(facts), pass_(pass), today_(today) {}

  void make() {
    take_clients();
    std::vector<CoverageFacts> seen(pass_.clients.size());
    see_questionnaires(seen);
    see_visits(seen);
    see_calls(seen);
    for (std::size_t i = 0; i < seen.size(); ++i) pass_.clients[i].coverage = coverage_of(seen[i]);
  }

 private:
  void take_clients() {
    std::unordered_map<Uuid, const EntryFact*> entries;
    for (const auto& entry : facts_.entries)
      if (entry.campaign == pass_.campaign.id && !pass_.campaign.id.is_nil()) entries.emplace(entry.client, &entry);
    for (const auto& client : facts_.clients) {
      const auto entry = entries.find(client.id);
      const bool listed = entry != entries.end() && !pass_.campaign.filter.leaves_out(client.id);
      if (!listed && !pass_.campaign.filter.takes(client)) continue;
      places_.emplace(client.id, pass_.clients.size());
      PassClient one;
      one.client = &client;
      one.entry = listed ? entry->second : nullptr;
      one.rep = listed ? entry->second->rep : client.owner;
      pass_.clients.push_back(one);
    }
  }

  std::optional<std::size_t> place_of(const Uuid& client) const {
    const auto found = places_.find(client);
    return found == places_.end() ? std::nullopt : std::optional(found->second);
  }

  void see_questionnaires(std::vector<CoverageFacts>& seen) {
    for (const auto& row : facts_.questionnaires) {
      const auto place = place_of(row.client);
      if (!place || (row.met_on && !pass_.period.has(*row.met_on))) continue;
      auto& facts = seen[*place];
      facts.has_complete |= row.is_complete();
      facts.has_paused |= row.is_paused();
      facts.has_draft |= row.status == "draft";
      if (row.status == "draft") continue;
      auto& on = pass_.clients[*place].covered_on;
      const auto day = row.delivered_on ? row.delivered_on : row.met_on;
      if (day && (!on || *day < *on)) on = day;
    }
  }

  void see_visits(std::vector<CoverageFacts>& seen) {
    for (const auto& row : facts_.visits) {
      const auto place = place_of(row.client);
      // A visit booked for the days after the end still belongs to the pass.
      if (!place || row.status == "cancelled" || row.day < pass_.period.from) continue;
      if (row.day > pass_.period.until && row.status != "booked") continue;
      seen[*place].has_visit = true;
      auto& next = pass_.clients[*place].visit;
      if (row.status == "booked" && row.day >= today_ && (!next || row.at < next->at)) next = &row;
    }
  }

  void see_calls(std::vector<CoverageFacts>& seen) {
    for (const auto& row : facts_.calls) {
      const auto place = place_of(row.client);
      if (!place || !pass_.period.has(row.day)) continue;
      seen[*place].has_call = true;
      auto& client = pass_.clients[*place];
      ++client.calls;
      if (!client.last_call || client.last_call->at <= row.at) client.last_call = &row;
    }
  }

  const Facts& facts_;
  Pass& pass_;
  Day today_;
  std::unordered_map<Uuid, std::size_t> places_;
};

/// Clients of whom somebody once said that the relation is not sure, or that a rep shields them: the latest word.
class Relations {
 public:
  Relations(const Facts& facts, const Uuid& campaign) {
    for (const auto& entry : facts.entries)
      if (entry.unsure) unsure_.insert(entry.client);
    for (const auto& row : facts.reassignments) {
      if (row.reason == "monopolised" && row.status != "accepted") monopolised_.insert({row.client, row.from});
      // What the lead has decided in this campaign is not suggested again.
      if (row.campaign == campaign) decided_.insert(row.client);
    }
  }

  Relation of(const Uuid& client, const Uuid& rep) const {
    if (decided_.contains(client)) return Relation::Good;
    if (monopolised_.contains({client, rep})) return Relation::Monopolised;
    return unsure_.contains(client) ? Relation::Unsure : Relation::Good;
  }
  bool is_decided(const Uuid& client) const { return decided_.contains(client); }

 private:
  std::set<Uuid> unsure_, decided_;
  std::set<std::pair<Uuid, Uuid>> monopolised_;
};

}  // namespace

const CampaignFact* present_campaign(const Facts& facts, Day today) {
  const CampaignFact* found = nullptr;
  for (const auto& campaign : facts.campaigns)
    if (campaign.status == "running" && campaign.from <= today) found = &campaign;
  if (found) return found;
  for (const auto& campaign : facts.campaigns)
    if (campaign.from <= today || !found) found = &campaign;
  return found;
}

Pass make_pass(const Facts& facts, const std::optional<Uuid>& campaign, Day today) {
  const auto* named = campaign ? facts.campaign(*campaign) : present_campaign(facts, today);
  if (campaign && !named) throw ProblemError(ProblemCode::RecordNotFound, {}, campaign->text());
  Pass pass;
  pass.campaign = named ? with_staff(facts, *named, today) : no_campaign(facts, today);
  pass.period = {pass.campaign.from, pass.campaign.until};
  if (pass.campaign.status != "finished") pass.period.until = std::max(pass.period.until, today);
  PassMaker(facts, pass, today).make();
  return pass;
}

bool is_left_behind(const Pass& pass, const PassClient& client) {
  const auto& staff = pass.campaign.staff;
  return client.entry && client.coverage != Coverage::Done &&
         std::none_of(staff.begin(), staff.end(), [&](const StaffFact& one) { return one.user == client.rep; });
}

int capacity_of(const Facts& facts, const CampaignFact& campaign, const StaffFact& staff, Day from) {
  const int days = facts.calendar.count_present(staff.user, std::max(from, campaign.from), campaign.until);
  return campaign.norms.of(staff.share) * days / working_days_a_week;
}

Distribution split(const Facts& facts, const Pass& pass, Day today, const std::map<Uuid, Relation>& judged) {
  const Relations relations(facts, pass.campaign.id);
  std::vector<ListedClient> clients;
  for (const auto& one : pass.clients) {
    ListedClient listed;
    listed.client = one.client->id;
    listed.owner = one.rep;
    listed.members = one.client->members;
    const auto word = judged.find(listed.client);
    listed.relation = word != judged.end() ? word->second : relations.of(listed.client, listed.owner);
    listed.key =
        one.client->key_status == "key" || one.client->key_status == "top" || relations.is_decided(listed.client);
    listed.under_way = one.coverage < Coverage::Called;
    listed.met = is_covered(one.coverage) && word == judged.end();
    clients.push_back(std::move(listed));
  }
  std::vector<StaffMember> staff;
  for (const auto& one : pass.campaign.staff)
    staff.push_back({one.user, capacity_of(facts, pass.campaign, one, std::min(today, pass.campaign.from))});
  return distribute(clients, staff);
}

}  // namespace anketa::programme
