#include "sync-server/reports/campaign_facts.hpp"

#include "shared/programme/facts_from_records.hpp"
#include "sync-server/reports/columns.hpp"

namespace anketa::server::reports {
namespace {

using programme::Facts;

/// Records of which there are few are read as they are.
void each_record(Reader& reader, std::string_view collection,
                 const std::function<void(const Uuid&, const Scope&, const Json&)>& visit) {
  for (const auto& head : reader.heads_of(collection, std::nullopt))
    if (!head.deleted) visit(head.id, head.scope, Json::parse(head.body));
}

void load_people(Reader& reader, Facts& facts) {
  each(reader, "SELECT id, name, segment, industry, region, city, key_status, income_year FROM p_client",
       [&](Columns& c) {
         programme::ClientFact row;
         row.id = c.id();
         row.name = c.text();
         row.segment = c.text();
         row.industry = c.text();
         row.region = c.text();
         row.city = c.text();
         row.key_status = c.text();
         row.income_year = c.integer();
         facts.clients.push_back(std::move(row));
       });
  each(reader, "SELECT id, name, role, share, active FROM p_user", [&](Columns& c) {
    programme::PersonFact row{c.id(), c.text(), c.text(), {}, true};
    row.share = programme::share_from(c.text());
    row.active = c.integer() != 0;
    facts.people.push_back(std::move(row));
  });
}

/// To be called after index(): clients must be found.
void load_assignments(Reader& reader, Facts& facts) {
  each(reader, "SELECT client, person, role FROM p_assignment ORDER BY id", [&](Columns& c) {
    const Uuid client = c.id(), person = c.id();
    const auto place = facts.place_of(client);
    if (!place) return;
    if (c.text() == "owner")
      facts.clients[*place].owner = person;
    else
      facts.clients[*place].members.push_back(person);
  });
  // Which statuses come from a split by income: only clients that have one at all are looked at.
  each(reader, "SELECT id FROM p_client WHERE by_split = 1", [&](Columns& c) {
    if (const auto place = facts.place_of(c.id())) facts.clients[*place].status_by_split = true;
  });
}

void load_campaigns(Reader& reader, Facts& facts) {
  each_record(reader, "campaign", [&](const Uuid& id, const Scope&, const Json& body) {
    facts.campaigns.push_back(programme::campaign_from(id, body));
  });
  each_record(reader, "reassignment", [&](const Uuid& id, const Scope&, const Json& body) {
    facts.reassignments.push_back(programme::reassignment_from(id, body));
  });
  each_record(reader, "campaign_cost", [&](const Uuid& id, const Scope& scope, const Json& body) {
    programme::add_fact(facts, {"campaign_cost", id, scope, body}, {});
  });
  facts.calendar = load_working_days(reader);
}

void load_work(Reader& reader, const OrgCalendar& calendar, Facts& facts) {
  each(reader, "SELECT id, campaign, client, rep, relation FROM p_campaign_client ORDER BY id", [&](Columns& c) {
    facts.entries.push_back({c.id(), c.id(), c.id(), c.id(), c.text() == "unsure"});
  });
  each(reader, "SELECT id, client, campaign, rep, at, outcome, call_back_at FROM p_call ORDER BY id", [&](Columns& c) {
    programme::CallFact row{c.id(), c.id(), c.id(), c.id(), c.integer(), {}, c.text(), c.optional_integer()};
    row.day = calendar.day_of(row.at);
    facts.calls.push_back(std::move(row));
  });
  each(reader, "SELECT id, client, rep, at, status, informal, offer_made FROM p_visit ORDER BY id", [&](Columns& c) {
    programme::VisitFact row{c.id(), c.id(), c.id(), c.integer(), {}, c.text(), c.integer() != 0, c.integer() != 0};
    row.day = calendar.day_of(row.at);
    facts.visits.push_back(std::move(row));
  });
  each(reader, "SELECT client, day, informal, offer_made FROM p_interaction WHERE kind = 'meeting' ORDER BY id",
       [&](Columns& c) {
         const auto client = c.id();
         if (const auto day = c.day()) facts.talks.push_back({client, *day, c.integer() != 0, c.integer() != 0});
       });
}

void load_results(Reader& reader, const OrgCalendar& calendar, Facts& facts) {
  each(reader, "SELECT id, client, rep, status, met_on, first_delivered_at FROM p_questionnaire ORDER BY id",
       [&](Columns& c) {
         programme::QuestionnaireFact row{c.id(), c.id(), c.id(), c.text(), c.day(), std::nullopt};
         if (const auto at = c.optional_integer()) row.delivered_on = calendar.day_of(*at);
         facts.questionnaires.push_back(std::move(row));
       });
  each(reader, "SELECT client, questionnaire, status, amount_month FROM p_offer ORDER BY id", [&](Columns& c) {
    facts.offers.push_back({c.id(), c.id(), c.text(), c.integer()});
  });
  each(reader, "SELECT client, questionnaire, status FROM p_referral ORDER BY id", [&](Columns& c) {
    facts.referrals.push_back({c.id(), c.id(), c.text()});
  });
}

}  // namespace

programme::WorkingDays load_working_days(Reader& reader) {
  programme::WorkingDays days;
  each_record(reader, "holiday",
              [&](const Uuid&, const Scope&, const Json& body) { programme::add_holiday(days, body); });
  each_record(reader, "absence",
              [&](const Uuid&, const Scope&, const Json& body) { programme::add_absence(days, body); });
  return days;
}

programme::Facts load_facts(Reader& reader, const OrgCalendar& calendar) {
  Facts facts;
  load_people(reader, facts);
  load_campaigns(reader, facts);
  load_work(reader, calendar, facts);
  load_results(reader, calendar, facts);
  facts.index();
  load_assignments(reader, facts);
  return facts;
}

}  // namespace anketa::server::reports
