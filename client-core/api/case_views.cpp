// Quality cases as they are shown: whose turn, until when, what next.
#include <algorithm>
#include <map>
#include <tuple>

#include "anketa/cases.hpp"
#include "client-core/api/parts.hpp"
#include "shared/programme/account_team.hpp"

namespace anketa::client {
namespace {

bool owns(Client& client, const Uuid& account, const Uuid& user) {
  bool found = false;
  client.each("assignment", account, [&](const LocalRecord& each) {
    found = string_or_empty(each.view.body, "user") == user.text() && programme::is_owner(each.view.body);
    return !found;
  });
  return found;
}

auto urgency(const CaseView& view) {
  constexpr auto never = programme::Day::max();
  return std::tuple(view.turn == programme::Turn::Nobody, -view.overdue, view.due.value_or(never),
                    programme::severity_rank(view.dates.severity), view.record.view.id);
}

}  // namespace

programme::DueDays Cases::due_days() const {
  const auto settings = client_.get(programme::quality_settings_id());
  return programme::due_days_from(settings ? settings->view.body : Json::object());
}

CaseView Cases::view_of(LocalRecord record) const {
  CaseView view;
  view.dates = programme::case_dates(record.view.body);
  view.turn = programme::turn_of(view.dates.status);
  const auto days = due_days();
  view.due = programme::due_on(view.dates, days);
  view.overdue = programme::overdue_days(view.dates, days, today());
  view.age = programme::age_of(view.dates, today());
  if (const auto account = client_.account()) view.steps = programme::case_steps(view.dates.status, account->role);
  view.record = std::move(record);
  return view;
}

bool Cases::is_mine(const CaseView& view) const {
  const auto account = client_.account();
  if (!account || view.turn == programme::Turn::Nobody) return false;
  if (account->role == Role::Service) {
    const auto by = string_or_empty(view.record.view.body, "accepted_by");
    return view.turn == programme::Turn::Service && (by.empty() || by == account->user.text());
  }
  return view.turn == programme::Turn::Rep && owns(client_, view.record.view.scope, account->user);
}

std::vector<CaseView> Cases::list(const CaseFilter& filter) const {
  std::vector<CaseView> all;
  for (auto& record : client_.list("quality_case", filter.client)) {
    auto view = view_of(std::move(record));
    if (filter.open && !programme::is_open_case(view.dates.status)) continue;
    if (filter.mine && !is_mine(view)) continue;
    all.push_back(std::move(view));
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const CaseView& a, const CaseView& b) { return urgency(a) < urgency(b); });
  return all;
}

CaseView Cases::show(const Uuid& id) const {
  auto record = client_.need(id);
  if (record.view.collection != "quality_case") throw ProblemError(ProblemCode::RecordNotFound, {}, id.text());
  return view_of(std::move(record));
}

Json to_json(const CaseView& view) {
  auto json = to_json(view.record);
  json["turn"] = programme::id(view.turn);
  json["due_on"] = view.due ? Json(programme::day_text(*view.due)) : Json();
  json["overdue_days"] = view.overdue;
  json["age_days"] = view.age ? Json(*view.age) : Json();
  json["steps"] = view.steps;
  return json;
}

}  // namespace anketa::client
