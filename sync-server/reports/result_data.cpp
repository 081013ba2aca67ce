#include "sync-server/reports/result_data.hpp"

#include <array>

#include "shared/programme/risk.hpp"
#include "sync-server/reports/answer_index.hpp"

namespace anketa::server::reports {
namespace {

Uuid id_at(const Json& body, std::string_view field) {
  const auto& value = value_at(body, field);
  return value.is_string() ? Uuid::parse(value.get_ref<const std::string&>()).value_or(Uuid()) : Uuid();
}

std::optional<Day> day_at(const Json& body, std::string_view field) {
  const auto& value = value_at(body, field);
  return value.is_string() ? programme::parse_day(value.get_ref<const std::string&>()) : std::nullopt;
}

std::int64_t integer_at(const Json& body, std::string_view field) {
  const auto& value = value_at(body, field);
  return value.is_number_integer() ? value.get<std::int64_t>() : 0;
}

std::optional<std::int64_t> optional_integer_at(const Json& body, std::string_view field) {
  const auto& value = value_at(body, field);
  return value.is_number_integer() ? std::optional(value.get<std::int64_t>()) : std::nullopt;
}

std::string text_at(const Json& body, std::string_view field) {
  const auto& value = value_at(body, field);
  return value.is_string() ? value.get<std::string>() : std::string();
}

std::vector<VerifiedPerson> verified_persons(const Json& contacts) {
  std::vector<VerifiedPerson> persons;
  if (!contacts.is_object()) return persons;
  for (const auto& contact : contacts)
    if (const auto outcome = programme::verified_from(string_or_empty(contact, "c_stat")))
      persons.push_back({string_or_empty(contact, "c_name"), *outcome});
  return persons;
}

ResultQuestionnaire questionnaire_row(const Head& head, const Json& body) {
  return {head.id,
          head.scope,
          id_at(body, "rep"),
          id_at(body, "campaign"),
          text_at(body, "status"),
          day_at(body, "date"),
          day_at(body, "resumed_on"),
          false,
          optional_integer_at(body, "answers/nps"),
          verified_persons(value_at(body, "answers/contacts"))};
}

ResultOffer offer_row(const Head& head, const Json& body) {
  auto status = text_at(body, "status");
  return {head.id,
          head.scope,
          id_at(body, "questionnaire"),
          id_at(body, "interaction"),
          id_at(body, "campaign"),
          id_at(body, "rep"),
          text_at(body, "kind"),
          text_at(body, "service"),
          status.empty() ? "planned" : std::move(status),
          value_at(body, "on_the_spot") == true,
          day_at(body, "made_on"),
          day_at(body, "closed_on"),
          integer_at(body, "amount_month"),
          integer_at(body, "amount_once")};
}

ResultReferral referral_row(const Head& head, const Json& body) {
  const auto step = programme::referral_step(text_at(body, "status")).value_or(programme::ReferralStep::Named);
  return {head.id,
          head.scope,
          id_at(body, "questionnaire"),
          id_at(body, "rep"),
          id_at(body, "won_client"),
          text_at(body, "company"),
          text_at(body, "introduction"),
          {step, day_at(body, "introduced_on").has_value(), day_at(body, "contacted_on").has_value(),
           day_at(body, "met_on").has_value()},
          day_at(body, "named_on")};
}

ResultOpportunity opportunity_row(const Head& head, const Json& body) {
  const auto state = text_at(body, "state");
  return {head.id,
          head.scope,
          text_at(body, "what"),
          state.empty() || state == "open",
          {integer_at(body, "year1"), integer_at(body, "year3"), integer_at(body, "year5")},
          optional_integer_at(body, "chance_percent")};
}

constexpr std::string_view deliveries_sql = "SELECT id FROM p_questionnaire WHERE first_delivered_at IS NOT NULL";
constexpr std::string_view delivery_sql =
    "SELECT id FROM p_questionnaire WHERE first_delivered_at IS NOT NULL AND id = ?1";
/// From so many changed questionnaires on, reading all deliveries at once is quicker than one by one.
constexpr std::size_t many_changed = 500;

}  // namespace

void ResultData::clear() {
  clients.clear();
  users.clear();
  campaigns.clear();
  assignments.clear();
  questionnaires.clear();
  contacts.clear();
  talks.clear();
  visits.clear();
  offers.clear();
  referrals.clear();
  parts.clear();
  opportunities.clear();
  range.clear();
}

void ResultData::refresh(Reader& reader) {
  const auto history = reader.history();
  if (history.epoch != epoch_) {
    clear();
    epoch_ = history.epoch;
    seen_ = 0;
  }
  if (history.last_seq <= seen_) return;
  std::vector<Uuid> delivered;
  reader.feed(seen_, history.last_seq, 0, [&](const Head& head) {
    if (head.deleted) {
      take_erased(head);
    } else {
      take(head);
      if (head.collection == "questionnaire") delivered.push_back(head.id);
    }
    return true;
  });
  note_deliveries(reader, delivered);
  seen_ = history.last_seq;
}

void ResultData::note_deliveries(Reader& reader, const std::vector<Uuid>& changed) {
  const auto note = [&](const Row& row) {
    if (auto* found = questionnaires.find(row.id(0).value())) found->is_delivered = true;
  };
  if (changed.size() > many_changed) return reader.select(deliveries_sql, {}, note);
  for (const auto& id : changed) {
    const std::array<SqlValue, 1> parameters{id};
    reader.select(delivery_sql, parameters, note);
  }
}

void ResultData::take_erased(const Head& head) {
  const auto& name = head.collection;
  if (name == "client") clients.erase(head.id);
  if (name == "user") users.erase(head.id);
  if (name == "campaign") campaigns.erase(head.id);
  if (name == "assignment") assignments.erase(head.id);
  if (name == "questionnaire") questionnaires.erase(head.id);
  if (name == "contact") contacts.erase(head.id);
  if (name == "interaction") talks.erase(head.id);
  if (name == "visit") visits.erase(head.id);
  if (name == "offer") offers.erase(head.id);
  if (name == "referral") referrals.erase(head.id);
  if (name == "dossier_part") parts.erase(head.id);
  if (name == "opportunity") opportunities.erase(head.id);
  if (name == "range_item") range.erase(head.id);
}

void ResultData::take(const Head& head) {
  using Take = void (*)(ResultData&, const Head&, const Json&);
  static const std::unordered_map<std::string_view, Take> takes{
      {"client",
       [](ResultData& data, const Head& head, const Json& body) {
         data.clients.put({head.id, text_at(body, "name"), text_at(body, "segment"), text_at(body, "region")});
       }},
      {"user",
       [](ResultData& data, const Head& head, const Json& body) {
         data.users.put({head.id, text_at(body, "name"), value_at(body, "active") != false});
       }},
      {"campaign",
       [](ResultData& data, const Head& head, const Json& body) {
         data.campaigns.put({head.id, text_at(body, "title"), day_at(body, "from"), day_at(body, "until")});
       }},
      {"assignment",
       [](ResultData& data, const Head& head, const Json& body) {
         data.assignments.put({head.id, head.scope, id_at(body, "user"), text_at(body, "role") == "owner"});
       }},
      {"questionnaire", [](ResultData& data, const Head& head,
                           const Json& body) { data.questionnaires.put(questionnaire_row(head, body)); }},
      {"contact",
       [](ResultData& data, const Head& head, const Json& body) {
         data.contacts.put({head.id, head.scope, text_at(body, "state") == "left", value_at(body, "met") != false});
       }},
      {"interaction",
       [](ResultData& data, const Head& head, const Json& body) {
         data.talks.put({head.id, head.scope, text_at(body, "kind") == "meeting",
                         programme::is_trouble(text_at(body, "about")), day_at(body, "date")});
       }},
      {"visit",
       [](ResultData& data, const Head& head, const Json& body) {
         const auto at = optional_integer_at(body, "at");
         data.visits.put({head.id, head.scope, text_at(body, "status") == "held",
                          at ? std::optional(data.calendar_.day_of(*at)) : std::nullopt});
       }},
      {"offer", [](ResultData& data, const Head& head, const Json& body) { data.offers.put(offer_row(head, body)); }},
      {"referral",
       [](ResultData& data, const Head& head, const Json& body) { data.referrals.put(referral_row(head, body)); }},
      {"dossier_part",
       [](ResultData& data, const Head& head, const Json& body) {
         data.parts.put({head.id, head.scope, text_at(body, "part"), day_at(body, "revised_on")});
       }},
      {"opportunity", [](ResultData& data, const Head& head,
                         const Json& body) { data.opportunities.put(opportunity_row(head, body)); }},
      {"range_item", [](ResultData& data, const Head& head, const Json& body) {
         data.range.put({head.id,
                         text_at(body, "code"),
                         text_at(body, "name/ru"),
                         text_at(body, "name/en"),
                         {day_at(body, "since").value_or(Day::max()), day_at(body, "until")}});
       }}};
  if (const auto found = takes.find(head.collection); found != takes.end())
    found->second(*this, head, parse_body(head));
}

}  // namespace anketa::server::reports
