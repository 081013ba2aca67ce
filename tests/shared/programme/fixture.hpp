// Days and ids for the tests of the programme's rules, and a small company to count by hand.
#pragma once

#include "shared/programme/facts.hpp"
#include "shared/programme/reports.hpp"

namespace anketa::programme::test {

inline Day day(std::string_view text) {
  return parse_day(text).value();
}

inline Uuid named(std::string_view name) {
  return Uuid::derived({}, name);
}

/// Noon UTC of a day.
inline Instant noon(std::string_view text) {
  return static_cast<Instant>(day(text).time_since_epoch().count()) * 86'400'000 + 43'200'000;
}

/// Two reps, a campaign of the four weeks from 2 to 29 June 2025 (Monday to Sunday), and clients as they are added.
class Company {
 public:
  Company() {
    facts.people.push_back({named("anna"), "Anna", "rep", Share::Full, true});
    facts.people.push_back({named("boris"), "Boris", "rep", Share::Part, true});
    facts.people.push_back({named("lead"), "Lead", "lead", Share::Part, true});
    CampaignFact campaign;
    campaign.id = named("summer");
    campaign.title = "Summer";
    campaign.status = "running";
    campaign.from = day("2025-06-02");
    campaign.until = day("2025-06-29");
    campaign.staff = {{named("anna"), Share::Full}, {named("boris"), Share::Part}};
    campaign.staff_named = true;
    facts.campaigns.push_back(campaign);
  }

  ClientFact& client(std::string_view name, std::string_view owner, std::string_view segment = "A") {
    ClientFact fact;
    fact.id = named(name);
    fact.name = name;
    fact.segment = segment;
    fact.owner = owner.empty() ? Uuid() : named(owner);
    return facts.clients.emplace_back(std::move(fact));
  }

  QuestionnaireFact& questionnaire(std::string_view client, std::string_view rep, std::string status,
                                   std::string_view met_on, std::string_view delivered_on = {}) {
    QuestionnaireFact fact{named("questionnaire " + std::to_string(facts.questionnaires.size())),
                           named(client),
                           named(rep),
                           std::move(status),
                           day(met_on),
                           std::nullopt};
    if (!delivered_on.empty()) fact.delivered_on = day(delivered_on);
    return facts.questionnaires.emplace_back(std::move(fact));
  }

  void visit(std::string_view client, std::string status, std::string_view on, bool offer = false) {
    facts.visits.push_back({named("visit " + std::to_string(facts.visits.size())), named(client), named("anna"),
                            noon(on), day(on), std::move(status), false, offer});
  }

  void call(std::string_view client, std::string outcome, std::string_view on,
            std::optional<Instant> back_at = std::nullopt) {
    facts.calls.push_back({named("call " + std::to_string(facts.calls.size())), named(client), named("summer"),
                           named("anna"), noon(on), day(on), std::move(outcome), back_at});
  }

  void list(std::string_view client, std::string_view rep, bool unsure = false) {
    facts.entries.push_back(
        {named("entry " + std::string(client)), named("summer"), named(client), named(rep), unsure});
  }

  Json report(std::string_view name, const ReportParameters& parameters = {}, std::string_view today = "2025-06-18") {
    facts.index();
    return programme::report(facts, name, parameters, day(today), noon(today));
  }

  Facts facts;
};

}  // namespace anketa::programme::test
