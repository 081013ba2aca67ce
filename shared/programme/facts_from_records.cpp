#include "shared/programme/facts_from_records.hpp"

#include <algorithm>

#include "shared/programme/pareto.hpp"

namespace anketa::programme {
namespace {

const Json& member(const Json& body, std::string_view name) {
  static const Json none;
  const auto found = body.is_object() ? body.find(name) : body.end();
  return body.is_object() && found != body.end() ? *found : none;
}

std::string text_of(const Json& body, std::string_view name) {
  return string_or_empty(body, name);
}

Uuid id_of(const Json& body, std::string_view name) {
  return Uuid::parse(text_of(body, name)).value_or(Uuid());
}

std::optional<Day> day_in(const Json& body, std::string_view name) {
  return parse_day(text_of(body, name));
}

bool flag(const Json& body, std::string_view name, bool otherwise = false) {
  const auto& value = member(body, name);
  return value.is_boolean() ? value.get<bool>() : otherwise;
}

template <typename Number>
Number number(const Json& body, std::string_view name, Number otherwise) {
  const auto& value = member(body, name);
  return value.is_number_integer() ? value.get<Number>() : otherwise;
}

std::optional<Instant> instant(const Json& body, std::string_view name) {
  const auto& value = member(body, name);
  return value.is_number_integer() ? std::optional(value.get<Instant>()) : std::nullopt;
}

/// A campaign's first or last day. Dates that nobody can mean would make every report count through centuries.
Day sensible(Day day) {
  using namespace std::chrono;
  return std::clamp(day, Day(2000y / January / 1), Day(2199y / December / 31));
}

std::vector<std::string> texts(const Json& body, std::string_view name) {
  std::vector<std::string> all;
  for (const auto& value : member(body, name))
    if (value.is_string()) all.push_back(value.get<std::string>());
  return all;
}

std::vector<Uuid> ids(const Json& body, std::string_view name) {
  std::vector<Uuid> all;
  for (const auto& text : texts(body, name))
    if (const auto id = Uuid::parse(text)) all.push_back(*id);
  return all;
}

ClientFact client_from(const FactSource& source) {
  const auto& body = source.body;
  ClientFact client;
  client.id = source.id;
  client.name = text_of(body, "name");
  client.segment = text_of(body, "segment");
  client.industry = text_of(body, "industry");
  client.region = text_of(body, "region");
  client.city = text_of(body, "city");
  client.key_status = text_of(body, "key_status");
  client.income_year = number<std::int64_t>(body, "income_year", 0);
  const auto signs = texts(body, "key_signs");
  client.status_by_split = std::find(signs.begin(), signs.end(), income_sign) != signs.end();
  return client;
}

QuestionnaireFact questionnaire_from(const FactSource& source) {
  QuestionnaireFact row{
      source.id,   source.scope, id_of(source.body, "rep"), text_of(source.body, "status"), day_in(source.body, "date"),
      std::nullopt};
  if (row.status.empty()) row.status = "draft";
  if (source.delivered && row.status != "draft") row.delivered_on = row.met_on;
  return row;
}

void add_of_client(Facts& facts, const FactSource& source, const std::function<Day(Instant)>& day_of) {
  const auto& body = source.body;
  const auto at = instant(body, "at").value_or(0);
  if (source.collection == "campaign_client")
    facts.entries.push_back(
        {source.id, id_of(body, "campaign"), source.scope, id_of(body, "rep"), text_of(body, "relation") == "unsure"});
  if (source.collection == "call")
    facts.calls.push_back({source.id, source.scope, id_of(body, "campaign"), id_of(body, "rep"), at, day_of(at),
                           text_of(body, "outcome"), instant(body, "call_back_at")});
  if (source.collection == "visit") {
    const auto status = text_of(body, "status");
    facts.visits.push_back({source.id, source.scope, id_of(body, "rep"), at, day_of(at),
                            status.empty() ? "booked" : status, flag(body, "informal"), flag(body, "offer_made")});
  }
  if (source.collection == "interaction" && text_of(body, "kind") == "meeting")
    if (const auto day = day_in(body, "date"))
      facts.talks.push_back({source.scope, *day, flag(body, "informal"), flag(body, "offer_made")});
  if (source.collection == "questionnaire") facts.questionnaires.push_back(questionnaire_from(source));
  if (source.collection == "offer")
    facts.offers.push_back({source.scope, id_of(body, "questionnaire"), text_of(body, "status"),
                            number<std::int64_t>(body, "amount_month", 0)});
  if (source.collection == "referral")
    facts.referrals.push_back({source.scope, id_of(body, "questionnaire"), text_of(body, "status")});
}

/// In the order of the list; who is named twice counts once.
std::vector<StaffFact> staff_from(const Json& list) {
  std::vector<std::pair<std::string, const Json*>> items;
  for (const auto& item : list) items.emplace_back(text_of(item, "pos"), &item);
  std::stable_sort(items.begin(), items.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<StaffFact> staff;
  for (const auto& [pos, item] : items) {
    const auto user = id_of(*item, "user");
    const bool twice =
        std::any_of(staff.begin(), staff.end(), [user](const StaffFact& one) { return one.user == user; });
    if (!user.is_nil() && !twice) staff.push_back({user, share_from(text_of(*item, "share"))});
  }
  return staff;
}

}  // namespace

const std::vector<std::string_view>& fact_collections() {
  static const std::vector<std::string_view> all{
      "client", "user",        "campaign",      "holiday", "absence",  "campaign_client", "call",
      "visit",  "interaction", "questionnaire", "offer",   "referral", "reassignment",    "campaign_cost"};
  return all;
}

void add_fact(Facts& facts, const FactSource& source, const std::function<Day(Instant)>& day_of) {
  const auto& body = source.body;
  if (source.collection == "client") {
    facts.clients.push_back(client_from(source));
  } else if (source.collection == "user") {
    facts.people.push_back({source.id, text_of(body, "name"), text_of(body, "role"), share_from(text_of(body, "share")),
                            flag(body, "active", true)});
  } else if (source.collection == "campaign") {
    facts.campaigns.push_back(campaign_from(source.id, body));
  } else if (source.collection == "holiday") {
    add_holiday(facts.calendar, body);
  } else if (source.collection == "absence") {
    add_absence(facts.calendar, body);
  } else if (source.collection == "reassignment") {
    facts.reassignments.push_back(reassignment_from(source.id, body));
  } else if (source.collection == "campaign_cost") {
    facts.costs.push_back({id_of(body, "campaign"), number<std::int64_t>(body, "amount", 0)});
  } else {
    add_of_client(facts, source, day_of);
  }
}

void add_assignment(Facts& facts, const FactSource& source) {
  const auto place = facts.place_of(source.scope);
  const auto user = id_of(source.body, "user");
  if (!place || user.is_nil()) return;
  auto& client = facts.clients[*place];
  if (text_of(source.body, "role") == "owner")
    client.owner = user;
  else
    client.members.push_back(user);
}

CampaignFact campaign_from(const Uuid& id, const Json& body) {
  CampaignFact campaign;
  campaign.id = id;
  campaign.title = text_of(body, "title");
  campaign.status = text_of(body, "status");
  if (campaign.status.empty()) campaign.status = "planned";
  campaign.from = sensible(day_in(body, "from").value_or(Day()));
  campaign.until = std::clamp(day_in(body, "until").value_or(Day()), campaign.from, campaign.from + longest_pass);
  const auto& filter = member(body, "filter");
  campaign.filter = {texts(filter, "segments"),   texts(filter, "regions"),      texts(filter, "cities"),
                     texts(filter, "industries"), texts(filter, "key_statuses"), ids(filter, "with"),
                     ids(filter, "without")};
  campaign.staff = staff_from(member(body, "staff"));
  campaign.staff_named = !campaign.staff.empty();
  const auto& norm = member(body, "norm");
  campaign.norms = {number(norm, "part", campaign.norms.part), number(norm, "full", campaign.norms.full)};
  campaign.paused_counts = flag(body, "paused_counts", true);
  const auto& cadence = member(body, "cadence");
  campaign.cadence = {number(cadence, "ordinary_months", campaign.cadence.ordinary_months),
                      number(cadence, "key_months", campaign.cadence.key_months),
                      number(cadence, "top_months", campaign.cadence.top_months)};
  campaign.pareto_percent = number(member(body, "pareto"), "percent", campaign.pareto_percent);
  campaign.script_ru = text_of(member(body, "script"), "ru");
  campaign.script_en = text_of(member(body, "script"), "en");
  return campaign;
}

ReassignmentFact reassignment_from(const Uuid& id, const Json& body) {
  const auto status = text_of(body, "status");
  return {id,
          id_of(body, "campaign"),
          id_of(body, "client"),
          id_of(body, "from"),
          id_of(body, "to"),
          text_of(body, "reason"),
          status.empty() ? "suggested" : status};
}

void add_holiday(WorkingDays& calendar, const Json& body) {
  const auto day = day_in(body, "date");
  if (!day) return;
  if (text_of(body, "kind") == "working_day")
    calendar.add_worked(*day);
  else
    calendar.add_day_off(*day);
}

void add_absence(WorkingDays& calendar, const Json& body) {
  const auto from = day_in(body, "from"), until = day_in(body, "until");
  const auto user = id_of(body, "user");
  if (from && until && !user.is_nil()) calendar.add_absence(user, *from, *until);
}

}  // namespace anketa::programme
