#include "sync-server/reports/tables.hpp"

#include "sync-server/reports/campaign_facts.hpp"
#include "sync-server/reports/columns.hpp"

namespace anketa::server::reports {
namespace {

// Members of a braced initialiser are evaluated in order, which is that of the columns.

void load_people(Reader& reader, Tables& tables) {
  each(reader, "SELECT id, name, segment, industry, region, city, key_status FROM p_client ORDER BY name, id",
       [&](Columns& c) {
         ClientRow row{c.id(), c.text(), c.text(), c.text(), c.text(), c.text(), c.text(), Uuid()};
         tables.client_index.emplace(row.id, tables.clients.size());
         tables.clients.push_back(std::move(row));
       });
  each(reader, "SELECT id, name, role, share, active FROM p_user ORDER BY name, id", [&](Columns& c) {
    UserRow row{c.id(), c.text(), c.text(), c.text(), c.integer() != 0};
    tables.user_index.emplace(row.id, tables.users.size());
    tables.users.push_back(std::move(row));
  });
  each(reader, "SELECT client, person, role FROM p_assignment ORDER BY id", [&](Columns& c) {
    const Uuid client = c.id(), person = c.id();
    tables.assigned[person].insert(client);
    const auto found = tables.client_index.find(client);
    if (c.text() == "owner" && found != tables.client_index.end()) tables.clients[found->second].owner = person;
  });
}

void load_results(Reader& reader, Tables& tables) {
  each(reader,
       "SELECT id, client, rep, form, form_version, status, resume_point, met_on, started_at, finished_at, "
       "first_delivered_at, nps, contacts_new, contacts_changed, contacts_left FROM p_questionnaire ORDER BY id",
       [&](Columns& c) {
         tables.questionnaires.push_back({c.id(), c.id(), c.id(), c.text(), c.text(), c.text(), c.text(), c.day(),
                                          c.optional_integer(), c.optional_integer(), c.optional_integer(),
                                          c.optional_integer(), c.integer(), c.integer(), c.integer()});
       });
  each(
      reader,
      "SELECT id, client, questionnaire, status, severity, opened_on, confirmed_on, reopenings, complaints FROM p_case "
      "ORDER BY id",
      [&](Columns& c) {
        tables.cases.push_back(
            {c.id(), c.id(), c.id(), c.text(), c.text(), c.day(), c.day(), c.integer(), c.integer()});
        tables.with_case.insert(tables.cases.back().questionnaire);
        tables.clients_with_case.insert(tables.cases.back().client);
      });
}

void load_rest(Reader& reader, Tables& tables) {
  each(reader, "SELECT client, rep, at, status FROM p_visit ORDER BY id", [&](Columns& c) {
    tables.visits.push_back({c.id(), c.id(), c.integer(), c.text()});
  });
  each(reader, "SELECT client, at FROM p_call ORDER BY id", [&](Columns& c) {
    tables.calls.push_back({c.id(), c.integer()});
  });
  tables.working_days = load_working_days(reader);
  each(reader, "SELECT client, status FROM p_referral ORDER BY id", [&](Columns& c) {
    tables.referrals.push_back({c.id(), c.text()});
  });
  each(reader, "SELECT client, status, amount_month FROM p_offer ORDER BY id", [&](Columns& c) {
    tables.offers.push_back({c.id(), c.text(), c.integer()});
  });
  each(reader, "SELECT count(*) FROM p_conflict WHERE state = 'open'",
       [&](Columns& c) { tables.open_conflicts = c.integer(); });
}

}  // namespace

const ClientRow* Tables::client(const Uuid& id) const {
  const auto found = client_index.find(id);
  return found == client_index.end() ? nullptr : &clients[found->second];
}

const UserRow* Tables::user(const Uuid& id) const {
  const auto found = user_index.find(id);
  return found == user_index.end() ? nullptr : &users[found->second];
}

bool Tables::visible(const Viewer& viewer, const Uuid& client) const {
  if (viewer.role == Role::Service) return clients_with_case.contains(client);
  if (viewer.sees_all_clients()) return true;
  const auto own = assigned.find(viewer.user);
  return own != assigned.end() && own->second.contains(client);
}

bool Tables::visible(const Viewer& viewer, const QuestionnaireRow& questionnaire) const {
  if (viewer.role == Role::Service && !with_case.contains(questionnaire.id)) return false;
  return visible(viewer, questionnaire.client);
}

Tables load_tables(Reader& reader) {
  Tables tables;
  load_people(reader, tables);
  load_results(reader, tables);
  load_rest(reader, tables);
  return tables;
}

}  // namespace anketa::server::reports
