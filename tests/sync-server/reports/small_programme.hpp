// A programme small enough to count by hand, as the projections would give it. Today is Wednesday, 2025-06-11.
#pragma once

#include "sync-server/reports/overview.hpp"

namespace anketa::server::reports::test {

using programme::Day;

inline Uuid named(std::string_view name) {
  return Uuid::derived({}, name);
}

inline Day day(std::string_view text) {
  return programme::parse_day(text).value();
}

/// 2025-06-11T12:00 in Moscow.
inline constexpr Instant noon = 1'749'632'400'000;
inline constexpr Instant one_day = 86'400'000;

class SmallProgramme {
 public:
  SmallProgramme() {
    add_user("anna", "rep", "part");
    add_user("boris", "rep", "full");
    add_user("lead", "lead", "");
    for (const auto* name : {"Альфа", "Берёза", "Вектор", "Гамма", "Дельта"}) add_client(name);
    own("Альфа", "anna");
    own("Берёза", "anna");
    own("Вектор", "boris");
    own("Гамма", "boris");
  }

  void add_user(std::string_view name, std::string role, std::string share) {
    tables.user_index.emplace(named(name), tables.users.size());
    tables.users.push_back({named(name), std::string(name), std::move(role), std::move(share), true});
  }

  void add_client(const std::string& name) {
    ClientRow row;
    row.id = named(name);
    row.name = name;
    tables.client_index.emplace(row.id, tables.clients.size());
    tables.clients.push_back(std::move(row));
  }

  ClientRow& client(std::string_view name) { return tables.clients[tables.client_index.at(named(name))]; }

  void own(std::string_view client_name, std::string_view person) {
    client(client_name).owner = named(person);
    tables.assigned[named(person)].insert(named(client_name));
  }

  QuestionnaireRow& questionnaire(std::string_view client_name, std::string_view rep, std::string status,
                                  std::string_view met_on, std::optional<Instant> delivered = noon) {
    QuestionnaireRow row;
    row.id = named("questionnaire " + std::to_string(tables.questionnaires.size()));
    row.client = named(client_name);
    row.rep = named(rep);
    row.form = "vip-anketa";
    row.status = std::move(status);
    row.met_on = day(met_on);
    row.first_delivered_at = delivered;
    return tables.questionnaires.emplace_back(std::move(row));
  }

  CaseRow& add_case(std::string_view client_name, std::string status, std::string_view opened_on) {
    CaseRow row;
    row.id = named("case " + std::to_string(tables.cases.size()));
    row.client = named(client_name);
    row.status = std::move(status);
    row.opened_on = day(opened_on);
    return tables.cases.emplace_back(std::move(row));
  }

  Json overview(const Viewer& viewer, const Query& query = {}, Instant now = noon) const {
    return reports::overview(tables, calendar, viewer, filter_from(query), now);
  }

  Tables tables;
  OrgCalendar calendar{"Europe/Moscow"};
};

inline Viewer as(Role role, std::string_view name = "lead") {
  return {named(name), role};
}

}  // namespace anketa::server::reports::test
