#include "shared/programme/campaign_work.hpp"

#include <algorithm>
#include <set>

#include "shared/problem/problem.hpp"
#include "shared/programme/campaign_staff.hpp"
#include "shared/programme/pareto.hpp"
#include "shared/programme/pass.hpp"
#include "shared/programme/team_work.hpp"
#include "shared/text/text.hpp"

namespace anketa::programme {
namespace {

Json entry_body(const Uuid& campaign, const ListEntry& entry) {
  return {{"client", entry.client.text()}, {"campaign", campaign.text()}, {"rep", entry.rep.text()}};
}

void check_dates(const Json& campaign) {
  const auto from = parse_day(string_or_empty(campaign, "from"));
  const auto until = parse_day(string_or_empty(campaign, "until"));
  if (from && until && (*until < *from || *until - *from > longest_pass))
    throw ProblemError(ProblemCode::InvalidValue, {{"value", string_or_empty(campaign, "until")}}, "until");
}

}  // namespace

Json to_json(const SplitOutcome& outcome) {
  return {{"clients", outcome.clients},
          {"listed", outcome.listed},
          {"moved", outcome.moved},
          {"suggestions", outcome.suggestions}};
}

CampaignWork::CampaignWork(const RecordSource& records, const Worker& worker, Environment& environment)
    : records_(records), worker_(worker), environment_(environment) {
  if (worker.role != Role::Lead) throw ProblemError(ProblemCode::Forbidden);
}

void CampaignWork::add(ChangeGroup group) {
  std::erase_if(group, [](const RecordChange& change) { return change.ops.empty(); });
  if (!group.empty()) groups_.push_back(std::move(group));
}

void CampaignWork::take_staff(Json& wanted, const Json& now) const {
  const auto people = wanted.find("staff");
  if (people == wanted.end()) return;
  if (people->is_array()) {
    StaffList staff(now, environment_);
    staff.become(*people);
    *people = staff.changes();
  }
  for (const auto& one : *people)
    if (const auto user = Uuid::parse(string_or_empty(one, "user"))) check_may_own(records_, *user);
}

Json CampaignWork::decision(const char* status) const {
  return {{"status", status}, {"decided_by", worker_.user.text()}, {"decided_on", day_text(worker_.today)}};
}

std::optional<RecordState> CampaignWork::find_entry(const Uuid& campaign, const Uuid& client) const {
  std::optional<RecordState> found;
  records_.each("campaign_client", client, [&](const RecordState& entry) {
    if (reference_in(entry, "campaign") == campaign) found = entry;
    return !found;
  });
  return found;
}

std::optional<RecordState> CampaignWork::find_suggestion(const Uuid& campaign, const Uuid& client) const {
  std::optional<RecordState> found;
  records_.each("reassignment", std::nullopt, [&](const RecordState& one) {
    if (reference_in(one, "campaign") == campaign && reference_in(one, "client") == client &&
        string_or_empty(one.body, "status") != "accepted")
      found = one;
    return true;
  });
  return found;
}

void CampaignWork::hand_visits(const ListMove& move, ChangeGroup& changes) const {
  const auto now = environment_.now();
  records_.each("visit", move.client, [&](const RecordState& visit) {
    if (string_or_empty(visit.body, "status") == "booked" && reference_in(visit, "rep") == move.from &&
        visit.body.value("at", Instant{0}) > now)
      changes.push_back(changing(visit, {{"rep", move.to.text()}}));
    return true;
  });
}

ChangeGroup CampaignWork::moving(const ListMove& move, bool with_responsibility) const {
  check_may_own(records_, move.to);
  auto changes = with_responsibility ? owner_change(records_, environment_, move.client, move.to, true)
                                     : joining(records_, environment_, move.client, move.to);
  if (const auto entry = find_entry(move.campaign, move.client))
    changes.push_back(changing(*entry, {{"rep", move.to.text()}, {"relation", "good"}}));
  else
    changes.push_back(
        making(environment_, "campaign_client", move.client, entry_body(move.campaign, {move.client, move.to})));
  hand_visits(move, changes);
  return changes;
}

Uuid CampaignWork::suggest(const Uuid& campaign, const Suggestion& suggestion) {
  auto made = making(environment_, "reassignment", {},
                     {{"campaign", campaign.text()},
                      {"client", suggestion.client.text()},
                      {"from", suggestion.from.text()},
                      {"to", suggestion.to.text()},
                      {"reason", id(suggestion.reason)},
                      {"status", "suggested"}});
  const auto record = made.record;
  add({std::move(made)});
  return record;
}

Uuid CampaignWork::create(const Json& body) {
  auto whole = body;
  if (!whole.is_object()) throw ProblemError(ProblemCode::WrongType, {}, "body");
  // A pass begins as planned; one that is to run at once takes that step along.
  constexpr const char* first = "planned";
  const auto wanted = string_or_empty(whole, "status");
  whole["status"] = first;
  auto& script = whole["script"];
  for (const auto language : {text::Language::Russian, text::Language::English})
    if (string_or_empty(script, text::code(language)).empty())
      script[std::string(text::code(language))] = text::get(language, "programme.script");
  check_dates(whole);
  take_staff(whole, nullptr);
  auto made = making(environment_, "campaign", {}, std::move(whole));
  if (!wanted.empty() && wanted != first)
    made.ops.push_back({OpKind::Transition, "status", {{"from", first}, {"to", wanted}}, {}, {}});
  const auto record = made.record;
  add({std::move(made)});
  return record;
}

std::size_t CampaignWork::edit(const Uuid& campaign, const Json& wanted) {
  if (!wanted.is_object()) throw ProblemError(ProblemCode::WrongType, {}, "body");
  const auto record = records_.need(campaign, "campaign");
  auto after = record.body;
  for (const auto* field : {"from", "until"})
    if (const auto day = string_or_empty(wanted, field); !day.empty()) after[field] = day;
  check_dates(after);
  auto given = wanted;
  take_staff(given, record.at("staff"));
  auto change = changing(record, given);
  const auto count = change.ops.size();
  add({std::move(change)});
  return count;
}

SplitOutcome CampaignWork::split(const Facts& facts, const Uuid& campaign) {
  records_.need(campaign, "campaign");
  const auto pass = make_pass(facts, campaign, worker_.today);
  const auto lists = programme::split(facts, pass, worker_.today);
  SplitOutcome outcome;
  outcome.clients = pass.clients.size();
  for (std::size_t i = 0; i < lists.lists.size(); ++i) {
    const auto& one = pass.clients[i];
    const auto& entry = lists.lists[i];
    if (is_left_behind(pass, one)) {
      add(moving({campaign, entry.client, one.rep, entry.rep}, false));
      ++outcome.moved;
    } else if (!one.entry) {
      auto group = joining(records_, environment_, entry.client, entry.rep);
      group.push_back(making(environment_, "campaign_client", entry.client, entry_body(campaign, entry)));
      add(std::move(group));
      ++outcome.listed;
    }
  }
  for (const auto& suggestion : lists.suggestions) suggest(campaign, suggestion);
  outcome.suggestions = lists.suggestions.size();
  return outcome;
}

std::optional<Uuid> CampaignWork::judge(const Facts& facts, const Uuid& campaign, const Uuid& client,
                                        std::string_view relation) {
  records_.need(campaign, "campaign");
  records_.need(client, "client");
  if (relation != "good" && relation != "unsure" && relation != "monopolised")
    throw ProblemError(ProblemCode::InvalidValue, {{"value", excerpt(relation)}}, "relation");
  const auto pass = make_pass(facts, campaign, worker_.today);
  const auto judged = relation_from(relation);
  const auto lists = programme::split(facts, pass, worker_.today, {{client, judged}});
  // "Monopolised" is not for the rep's eyes, so the list itself says no more than "good" or "unsure".
  if (const auto entry = find_entry(campaign, client))
    add({changing(*entry, {{"relation", judged == Relation::Unsure ? "unsure" : "good"}})});
  const auto earlier = find_suggestion(campaign, client);
  std::optional<Uuid> made;
  for (const auto& suggestion : lists.suggestions) {
    if (!(suggestion.client == client) || judged == Relation::Good) continue;
    made = earlier ? earlier->id : suggest(campaign, suggestion);
    if (earlier)
      add({changing(*earlier, {{"status", "suggested"},
                               {"reason", id(suggestion.reason)},
                               {"from", suggestion.from.text()},
                               {"to", suggestion.to.text()}})});
  }
  // What was suggested before has lost its reason.
  if (earlier && !made && string_or_empty(earlier->body, "status") == "suggested")
    add({changing(*earlier, decision("declined"))});
  return made;
}

void CampaignWork::decide(const Uuid& suggestion, bool accept, std::optional<Uuid> to) {
  const auto record = records_.need(suggestion, "reassignment");
  const auto status = string_or_empty(record.body, "status");
  const auto* wanted = accept ? "accepted" : "declined";
  if (status != "suggested")
    throw ProblemError(ProblemCode::IllegalTransition, {{"from", status}, {"to", wanted}}, "status");
  auto decided = decision(wanted);
  ChangeGroup changes;
  if (accept) {
    const auto taker = to.value_or(reference_in(record, "to"));
    records_.need(taker, "user");
    decided["to"] = taker.text();
    changes = moving(
        {reference_in(record, "campaign"), reference_in(record, "client"), reference_in(record, "from"), taker}, true);
  }
  changes.push_back(changing(record, decided));
  add(std::move(changes));
}

void CampaignWork::move(const Uuid& campaign, const Uuid& client, const Uuid& to, bool with_responsibility) {
  records_.need(campaign, "campaign");
  records_.need(client, "client");
  records_.need(to, "user");
  const auto entry = find_entry(campaign, client);
  auto changes = moving({campaign, client, entry ? reference_in(*entry, "rep") : Uuid(), to}, with_responsibility);
  // What was suggested before has lost its reason.
  const auto open = find_suggestion(campaign, client);
  if (open && string_or_empty(open->body, "status") == "suggested")
    changes.push_back(changing(*open, decision("declined")));
  add(std::move(changes));
}

void CampaignWork::set_status(const Uuid& client, const Json& status, bool by_split) {
  const auto record = records_.need(client, "client");
  const std::string sign(income_sign);
  const auto found = record.body.find("key_signs");
  const auto signs = found == record.body.end() ? std::set<std::string>() : found->get<std::set<std::string>>();
  RecordChange change{record.id, record.collection, record.scope, {}};
  if (record.at("key_status") != status) change.ops.push_back({OpKind::Set, "key_status", status, {}, {}});
  if (by_split && !signs.contains(sign)) change.ops.push_back({OpKind::Add, "key_signs", sign, {}, {}});
  if (!by_split && signs.contains(sign)) change.ops.push_back({OpKind::Remove, "key_signs", sign, {}, {}});
  add({std::move(change)});
}

std::size_t CampaignWork::make_key(const Facts& facts, int percent) {
  std::vector<ClientIncome> incomes;
  for (const auto& one : facts.clients)
    incomes.push_back({one.id, one.income_year, one.key_status, one.status_by_split});
  std::size_t changed = 0;
  for (const auto& row : pareto(std::move(incomes), percent).rows) {
    if (row.wanted == row.status) continue;
    set_status(row.client, row.wanted.empty() ? Json() : Json(row.wanted), !row.wanted.empty());
    ++changed;
  }
  return changed;
}

void CampaignWork::decide_key_status(const Uuid& client, std::string_view status) {
  // Without a status of its own the next split decides.
  set_status(client, status.empty() ? Json() : Json(std::string(status)), false);
}

}  // namespace anketa::programme
