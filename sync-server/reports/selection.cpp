#include "sync-server/reports/selection.hpp"

#include <algorithm>

#include "shared/problem/problem.hpp"
#include "shared/programme/risk.hpp"

namespace anketa::server::reports {
namespace {

using std::chrono::days;

/// What is not asked for looks back a year (R20).
constexpr days usual_period{365};

const ResultCampaign* campaign_from(const ResultData& data, const Query& query) {
  const auto text = parameter(query, "campaign");
  if (!text) return nullptr;
  const auto id = Uuid::parse(*text);
  if (!id) throw ProblemError(ProblemCode::InvalidValue, {{"field", "campaign"}}, "campaign");
  const auto* found = data.campaigns.find(*id);
  if (!found) throw ProblemError(ProblemCode::RecordNotFound, {}, *text);
  return found;
}

}  // namespace

Selection::Selection(const ResultData& data, const Viewer& viewer, const Query& query, Day today)
    : data_(data), filter_(filter_from(query)), campaign_(campaign_from(data, query)), today_(today) {
  if (!viewer.sees_programme()) throw ProblemError(ProblemCode::Forbidden, {}, "results");
  since_ = filter_.since.value_or(campaign_ && campaign_->from ? *campaign_->from : today - usual_period);
  until_ = filter_.until.value_or(campaign_ && campaign_->until ? *campaign_->until : today);
  judge_clients(viewer);
  judge_questionnaires();
  gather_meetings();
  gather_talks();
}

ClientState* Selection::state(const Uuid& client) {
  const auto* found = data_.clients.find(client);
  return found ? &clients_[data_.clients.place_of(*found)] : nullptr;
}

void Selection::judge_clients(const Viewer& viewer) {
  const auto& rows = data_.clients.rows();
  clients_.resize(rows.size());
  for (const auto& assignment : data_.assignments.rows()) {
    auto* client = state(assignment.client);
    if (!client) continue;
    if (assignment.user == viewer.user) client->is_seen = true;
    if (!assignment.is_owner) continue;
    client->owner = assignment.user;
    // Whose account is closed answers for nobody any more (R37).
    const auto* user = data_.users.find(assignment.user);
    client->owners += !user || user->is_active;
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& client = clients_[i];
    const bool fits = (!filter_.client || rows[i].id == *filter_.client) &&
                      (!filter_.segment || rows[i].segment == *filter_.segment) &&
                      (!filter_.region || rows[i].region == *filter_.region);
    client.is_seen = (client.is_seen || viewer.sees_all_clients()) && fits;
    client.is_taken = client.is_seen && takes_rep(client.owner);
  }
}

void Selection::gather_meetings() {
  const auto note = [&](const Uuid& client, std::optional<Day> on) {
    if (!on || *on > today_) return;
    auto* found = state(client);
    if (!found || !found->is_taken) return;
    found->meetings.push_back(*on);
    found->last_meeting = std::max(found->last_meeting.value_or(*on), *on);
  };
  for (const auto& row : data_.questionnaires.rows()) {
    if (row.status.empty() || row.status == "draft") continue;
    note(row.client, row.met_on);
    note(row.client, row.resumed_on);
  }
  for (const auto& row : data_.talks.rows())
    if (row.is_meeting) note(row.client, row.on);
  for (const auto& row : data_.visits.rows())
    if (row.is_held) note(row.client, row.on);
}

void Selection::gather_talks() {
  const auto recent = today_ - days(programme::risk_days);
  const auto note = [&](const Uuid& client, std::optional<Day> on, bool is_trouble) {
    if (!on || *on > today_ || *on < recent) return;
    auto* found = state(client);
    if (!found || !found->is_taken) return;
    ++found->talks;
    found->talks_of_trouble += is_trouble;
  };
  for (const auto& row : data_.talks.rows()) note(row.client, row.on, row.is_trouble);
  for (const auto& row : data_.questionnaires.rows())
    if (!row.status.empty() && row.status != "draft") note(row.client, row.met_on, false);
  for (const auto& row : data_.visits.rows())
    if (row.is_held) note(row.client, row.on, false);
  for (const auto& row : data_.contacts.rows()) {
    auto* found = state(row.client);
    if (!found || !found->is_taken) continue;
    ++found->persons;
    found->persons_known += !row.has_left && row.is_known;
  }
}

const ClientState* Selection::taken(const Uuid& client) const {
  const auto* found = data_.clients.find(client);
  if (!found) return nullptr;
  const auto& state = clients_[data_.clients.place_of(*found)];
  return state.is_taken ? &state : nullptr;
}

bool Selection::sees(const Uuid& client) const {
  const auto* found = data_.clients.find(client);
  return found && clients_[data_.clients.place_of(*found)].is_seen;
}

bool Selection::in_period(std::optional<Day> day) const {
  return day && *day >= since_ && *day <= until_;
}

bool Selection::of_campaign(const Uuid& named, std::optional<Day> day) const {
  if (!in_period(day)) return false;
  return !campaign_ || named.is_nil() || named == campaign_->id;
}

void Selection::judge_questionnaires() {
  questionnaires_.reserve(data_.questionnaires.rows().size());
  for (const auto& row : data_.questionnaires.rows())
    questionnaires_.push_back(row.is_delivered && takes_rep(row.rep) && of_campaign(row.campaign, row.met_on) &&
                              sees(row.client));
}

bool Selection::takes(const ResultOffer& row) const {
  return takes_rep(rep_of(row)) && of_campaign(campaign_of(row), day_of(row)) && sees(row.client);
}

bool Selection::takes(const ResultReferral& row) const {
  const auto* questionnaire = data_.questionnaires.find(row.questionnaire);
  const auto rep = row.rep.is_nil() && questionnaire ? questionnaire->rep : row.rep;
  return takes_rep(rep) && of_campaign(questionnaire ? questionnaire->campaign : Uuid(), day_of(row)) &&
         sees(row.client);
}

std::optional<Day> Selection::meeting_day(const Uuid& questionnaire) const {
  const auto* found = data_.questionnaires.find(questionnaire);
  return found ? found->met_on : std::nullopt;
}

std::optional<Day> Selection::day_of(const ResultOffer& row) const {
  if (row.made_on) return row.made_on;
  if (const auto met = meeting_day(row.questionnaire)) return met;
  if (const auto* talk = data_.talks.find(row.interaction); talk && talk->on) return talk->on;
  return row.closed_on;
}

std::optional<Day> Selection::day_of(const ResultReferral& row) const {
  return row.named_on ? row.named_on : meeting_day(row.questionnaire);
}

Uuid Selection::campaign_of(const ResultOffer& row) const {
  if (!row.campaign.is_nil()) return row.campaign;
  const auto* found = data_.questionnaires.find(row.questionnaire);
  return found ? found->campaign : Uuid();
}

Uuid Selection::rep_of(const ResultOffer& row) const {
  if (!row.rep.is_nil()) return row.rep;
  const auto* found = data_.questionnaires.find(row.questionnaire);
  return found ? found->rep : Uuid();
}

}  // namespace anketa::server::reports
