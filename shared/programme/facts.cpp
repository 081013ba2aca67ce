#include "shared/programme/facts.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_set>

namespace anketa::programme {
namespace {

template <typename T>
bool has(const std::vector<T>& values, const T& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

bool fits(const std::vector<std::string>& wanted, const std::string& value) {
  return wanted.empty() || has(wanted, value);
}

template <typename Values>
void sort_by_name(Values& values) {
  std::sort(values.begin(), values.end(),
            [](const auto& a, const auto& b) { return std::tie(a.name, a.id) < std::tie(b.name, b.id); });
}

template <typename Values>
std::unordered_map<Uuid, std::size_t> places_of(const Values& values) {
  std::unordered_map<Uuid, std::size_t> places;
  for (std::size_t i = 0; i < values.size(); ++i) places.emplace(values[i].id, i);
  return places;
}

template <typename Values>
auto found_in(const Values& values, const std::unordered_map<Uuid, std::size_t>& places, const Uuid& id) -> const
    typename Values::value_type* {
  const auto found = places.find(id);
  return found == places.end() ? nullptr : &values[found->second];
}

}  // namespace

bool ClientFilter::leaves_out(const Uuid& client) const {
  return has(without, client);
}

bool ClientFilter::takes(const ClientFact& client) const {
  if (leaves_out(client.id)) return false;
  if (has(with, client.id)) return true;
  // Who has no status yet is an ordinary client.
  const auto status = client.key_status.empty() ? std::string("ordinary") : client.key_status;
  return fits(segments, client.segment) && fits(regions, client.region) && fits(cities, client.city) &&
         fits(industries, client.industry) && fits(key_statuses, status);
}

void Facts::index() {
  sort_by_name(clients);
  sort_by_name(people);
  std::sort(campaigns.begin(), campaigns.end(),
            [](const auto& a, const auto& b) { return std::tie(a.from, a.id) < std::tie(b.from, b.id); });
  client_places_ = places_of(clients);
  person_places_ = places_of(people);
}

const ClientFact* Facts::client(const Uuid& id) const {
  return found_in(clients, client_places_, id);
}

const PersonFact* Facts::person(const Uuid& id) const {
  return found_in(people, person_places_, id);
}

const CampaignFact* Facts::campaign(const Uuid& id) const {
  const auto found = std::find_if(campaigns.begin(), campaigns.end(), [&](const auto& one) { return one.id == id; });
  return found == campaigns.end() ? nullptr : &*found;
}

std::optional<std::size_t> Facts::place_of(const Uuid& client) const {
  const auto found = client_places_.find(client);
  return found == client_places_.end() ? std::nullopt : std::optional(found->second);
}

Meetings meetings_of(const Facts& facts, Day until) {
  Meetings meetings;
  std::unordered_map<Uuid, const QuestionnaireFact*> questionnaires;
  for (const auto& row : facts.questionnaires) {
    questionnaires.emplace(row.id, &row);
    if (row.met_on && *row.met_on <= until) meetings.at(row.client, *row.met_on).with_questionnaire = true;
  }
  for (const auto& row : facts.visits) {
    if (row.status != "held" || row.day > until) continue;
    auto& meeting = meetings.at(row.client, row.day);
    meeting.informal |= row.informal;
    meeting.offer_made |= row.offer_made;
  }
  for (const auto& row : facts.talks) {
    if (row.day > until) continue;
    auto& meeting = meetings.at(row.client, row.day);
    meeting.informal |= row.informal;
    meeting.offer_made |= row.offer_made;
  }
  for (const auto& row : facts.offers) {
    const auto found = questionnaires.find(row.questionnaire);
    if (found == questionnaires.end()) continue;
    const auto& day = found->second->met_on;
    if (day && *day <= until) meetings.at(found->second->client, *day).offer_made = true;
  }
  return meetings;
}

Facts view_of_rep(const Facts& facts, const Uuid& rep) {
  Facts seen;
  std::unordered_set<Uuid> own;
  for (const auto& client : facts.clients) {
    if (!(client.owner == rep) && !has(client.members, rep)) continue;
    own.insert(client.id);
    seen.clients.push_back(client);
    seen.clients.back().income_year = 0;
  }
  const auto take = [&own](const auto& from, auto& into) {
    for (const auto& row : from)
      if (own.count(row.client)) into.push_back(row);
  };
  take(facts.entries, seen.entries);
  take(facts.calls, seen.calls);
  take(facts.visits, seen.visits);
  take(facts.talks, seen.talks);
  take(facts.referrals, seen.referrals);
  take(facts.offers, seen.offers);
  for (auto& offer : seen.offers) offer.amount_month = 0;
  for (const auto& row : facts.questionnaires)
    if (own.count(row.client) || row.rep == rep) seen.questionnaires.push_back(row);
  const auto* person = facts.person(rep);
  seen.people = facts.people;
  seen.campaigns = facts.campaigns;
  for (auto& campaign : seen.campaigns) {
    if (!campaign.staff_named) campaign.staff = {{rep, person ? person->share : Share::Part}};
    std::erase_if(campaign.staff, [&](const StaffFact& staff) { return !(staff.user == rep); });
    campaign.staff_named = true;
  }
  seen.calendar = facts.calendar;
  seen.index();
  return seen;
}

Json client_reference(const Facts& facts, const Uuid& id) {
  const auto* client = facts.client(id);
  return client ? Json{{"id", id.text()}, {"name", client->name}} : Json(nullptr);
}

Json person_reference(const Facts& facts, const Uuid& id) {
  const auto* person = facts.person(id);
  return person ? Json{{"id", id.text()}, {"name", person->name}} : Json(nullptr);
}

}  // namespace anketa::programme
