// The lead's work on a campaign: making it, individual lists, suggestions, key clients (R3-R5, R20).
#include <algorithm>
#include <set>

#include "anketa/programme.hpp"
#include "client-core/api/parts.hpp"
#include "client-core/api/programme_facts.hpp"
#include "shared/programme/account_team.hpp"
#include "shared/programme/pareto.hpp"
#include "shared/programme/pass.hpp"

namespace anketa::client {
namespace {

void check_lead(const Client& client) {
  const auto account = client.account();
  if (!account) throw ProblemError(ProblemCode::NotLoggedIn);
  if (account->role != Role::Lead) throw ProblemError(ProblemCode::Forbidden);
}

LocalRecord need_of(const Client& client, const Uuid& id, std::string_view collection) {
  auto record = client.need(id);
  if (record.view.collection != collection) throw ProblemError(ProblemCode::RecordNotFound, {}, id.text());
  return record;
}

Uuid id_of(const LocalRecord& record, std::string_view field) {
  return Uuid::parse(string_or_empty(record.view.body, field)).value_or(Uuid());
}

Uuid make_suggestion(Client& client, const Uuid& campaign, const programme::Suggestion& suggestion) {
  // The record is its own scope, which create() sees to.
  return client.create("reassignment", {},
                       {{"campaign", campaign.text()},
                        {"client", suggestion.client.text()},
                        {"from", suggestion.from.text()},
                        {"to", suggestion.to.text()},
                        {"reason", id(suggestion.reason)},
                        {"status", "suggested"}});
}

Json entry_body(const Uuid& campaign, const programme::ListEntry& entry) {
  return {{"client", entry.client.text()}, {"campaign", campaign.text()}, {"rep", entry.rep.text()}};
}

void check_dates(const Json& campaign) {
  const auto from = programme::parse_day(string_or_empty(campaign, "from"));
  const auto until = programme::parse_day(string_or_empty(campaign, "until"));
  if (from && until && (*until < *from || *until - *from > programme::longest_pass))
    throw ProblemError(ProblemCode::InvalidValue, {{"value", string_or_empty(campaign, "until")}}, "until");
}

/// The client's place on an individual list of the campaign.
std::optional<LocalRecord> find_entry(const Client& client, const Uuid& campaign, const Uuid& of_client) {
  std::optional<LocalRecord> found;
  client.each("campaign_client", of_client, [&](const LocalRecord& entry) {
    if (id_of(entry, "campaign") != campaign) return true;
    found = entry;
    return false;
  });
  return found;
}

/// The campaign's suggestion for a client that the lead has not accepted.
std::optional<LocalRecord> find_suggestion(const Client& client, const Uuid& campaign, const Uuid& of_client) {
  std::optional<LocalRecord> found;
  client.each("reassignment", std::nullopt, [&](const LocalRecord& one) {
    if (id_of(one, "campaign") == campaign && id_of(one, "client") == of_client &&
        string_or_empty(one.view.body, "status") != "accepted")
      found = one;
    return true;
  });
  return found;
}

Json decision(const Client& client, const std::string& status) {
  return {{"status", status},
          {"decided_by", client.account()->user.text()},
          {"decided_on", format_date(client.parts().environment.now(), 0)}};
}

/// A client's way from one individual list to another (R5).
struct ListMove {
  Uuid campaign, client, from, to;
};

void hand_visits(Client& client, const ListMove& move, std::vector<RecordEdit>& edits) {
  const auto now = client.parts().environment.now();
  for (const auto& visit : client.list("visit", move.client)) {
    const auto& body = visit.view.body;
    if (string_or_empty(body, "status") == "booked" && id_of(visit, "rep") == move.from &&
        body.value("at", Instant{0}) > now)
      edits.push_back(edit_of(visit, {{"rep", move.to.text()}}));
  }
}

/// Somebody answers for the client whose account is not closed.
bool has_owner_at_work(const Client& client, const Uuid& account) {
  bool found = false;
  client.each("assignment", account, [&](const LocalRecord& one) {
    const auto user = programme::is_owner(one.view.body) ? client.get(id_of(one, "user")) : std::nullopt;
    found = user && user->view.at("active") != false;
    return !found;
  });
  return found;
}

bool is_on_team(const Client& client, const Uuid& account, const Uuid& user) {
  bool found = false;
  client.each("assignment", account, [&](const LocalRecord& one) { return !(found = id_of(one, "user") == user); });
  return found;
}

/// Who looks after a client has to see it: he comes into its team, as its owner where nobody answers for it (R37).
std::vector<RecordEdit> joining_edits(Client& client, const Uuid& account, const Uuid& user) {
  if (!has_owner_at_work(client, account)) return owner_edits(client, account, user, false);
  if (is_on_team(client, account, user)) return {};
  return {making(client.parts(), "assignment", account,
                 {{"client", account.text()}, {"user", user.text()}, {"role", "member"}})};
}

/// What the move changes: the list, the booked visits, and responsibility, where that goes along (R37).
std::vector<RecordEdit> move_edits(Client& client, const ListMove& move, bool with_responsibility) {
  auto edits = with_responsibility ? owner_edits(client, move.client, move.to, true)
                                   : joining_edits(client, move.client, move.to);
  if (const auto entry = find_entry(client, move.campaign, move.client))
    edits.push_back(edit_of(*entry, {{"rep", move.to.text()}, {"relation", "good"}}));
  else
    edits.push_back(
        making(client.parts(), "campaign_client", move.client, entry_body(move.campaign, {move.client, move.to})));
  hand_visits(client, move, edits);
  return edits;
}

/// Puts a client that is on no list yet onto a rep's.
void list_client(Client& client, const Uuid& campaign, const programme::ListEntry& entry) {
  auto edits = joining_edits(client, entry.client, entry.rep);
  edits.push_back(making(client.parts(), "campaign_client", entry.client, entry_body(campaign, entry)));
  commit_together(client.parts(), std::move(edits));
}

/// The status, and whether it comes from the split (programme::income_sign).
void set_status(Client& client, const Uuid& of_client, const Json& status, bool by_split) {
  const auto record = need_of(client, of_client, "client");
  const std::string sign(programme::income_sign);
  const auto found = record.view.body.find("key_signs");
  const auto signs = found == record.view.body.end() ? std::set<std::string>() : found->get<std::set<std::string>>();
  std::vector<Op> ops;
  if (record.view.at("key_status") != status) ops.push_back({OpKind::Set, "key_status", status, {}, {}});
  if (by_split && !signs.contains(sign)) ops.push_back({OpKind::Add, "key_signs", sign, {}, {}});
  if (!by_split && signs.contains(sign)) ops.push_back({OpKind::Remove, "key_signs", sign, {}, {}});
  client.apply(of_client, std::move(ops));
}

}  // namespace

Uuid create_campaign(Client& client, const Json& body) {
  check_lead(client);
  auto whole = body;
  if (!whole.is_object()) throw ProblemError(ProblemCode::WrongType, {}, "body");
  if (!whole.contains("status")) whole["status"] = "planned";
  auto& script = whole["script"];
  for (const auto language : {text::Language::Russian, text::Language::English})
    if (string_or_empty(script, text::code(language)).empty())
      script[std::string(text::code(language))] = text::get(language, "programme.script");
  check_dates(whole);
  return client.create("campaign", {}, whole);
}

std::size_t edit_campaign(Client& client, const Uuid& campaign, const Json& wanted) {
  check_lead(client);
  auto after = need_of(client, campaign, "campaign").view.body;
  for (const auto* field : {"from", "until"})
    if (const auto day = string_or_empty(wanted, field); !day.empty()) after[field] = day;
  check_dates(after);
  return client.edit(campaign, wanted);
}

SplitOutcome split_campaign(Client& client, const Uuid& campaign, int offset_minutes) {
  check_lead(client);
  need_of(client, campaign, "campaign");
  const auto facts = load_facts(client, offset_minutes);
  const auto today = local_day(client.parts().environment.now(), offset_minutes);
  const auto pass = make_pass(facts, campaign, today);
  const auto lists = split(facts, pass, today);
  SplitOutcome outcome;
  outcome.clients = pass.clients.size();
  Client::Batch batch(client);
  for (std::size_t i = 0; i < lists.lists.size(); ++i) {
    const auto& one = pass.clients[i];
    const auto& entry = lists.lists[i];
    if (is_left_behind(pass, one)) {
      commit_together(client.parts(), move_edits(client, {campaign, entry.client, one.rep, entry.rep}, false));
      ++outcome.moved;
    } else if (!one.entry) {
      list_client(client, campaign, entry);
      ++outcome.listed;
    }
  }
  for (const auto& suggestion : lists.suggestions) make_suggestion(client, campaign, suggestion);
  outcome.suggestions = lists.suggestions.size();
  batch.commit();
  return outcome;
}

std::optional<Uuid> judge_relation(Client& client, const Uuid& campaign, const Uuid& of_client,
                                   std::string_view relation, int offset_minutes) {
  check_lead(client);
  need_of(client, campaign, "campaign");
  need_of(client, of_client, "client");
  if (relation != "good" && relation != "unsure" && relation != "monopolised")
    throw ProblemError(ProblemCode::InvalidValue, {{"value", excerpt(relation)}}, "relation");
  const auto facts = load_facts(client, offset_minutes);
  const auto today = local_day(client.parts().environment.now(), offset_minutes);
  const auto pass = make_pass(facts, campaign, today);
  const auto judged = programme::relation_from(relation);
  const auto lists = split(facts, pass, today, {{of_client, judged}});
  Client::Batch batch(client);
  // "Monopolised" is not for the rep's eyes, so the list itself says no more than "good" or "unsure".
  if (const auto entry = find_entry(client, campaign, of_client))
    client.edit(entry->view.id, {{"relation", judged == programme::Relation::Unsure ? "unsure" : "good"}});
  const auto earlier = find_suggestion(client, campaign, of_client);
  std::optional<Uuid> made;
  for (const auto& suggestion : lists.suggestions) {
    if (!(suggestion.client == of_client) || judged == programme::Relation::Good) continue;
    made = earlier ? earlier->view.id : make_suggestion(client, campaign, suggestion);
    if (earlier)
      client.edit(*made, {{"status", "suggested"},
                          {"reason", id(suggestion.reason)},
                          {"from", suggestion.from.text()},
                          {"to", suggestion.to.text()}});
  }
  // What was suggested before has lost its reason.
  if (earlier && !made && string_or_empty(earlier->view.body, "status") == "suggested")
    client.edit(earlier->view.id, decision(client, "declined"));
  batch.commit();
  return made;
}

void decide_suggestion(Client& client, const Uuid& suggestion, bool accept, std::optional<Uuid> to) {
  check_lead(client);
  const auto record = need_of(client, suggestion, "reassignment");
  const auto status = string_or_empty(record.view.body, "status");
  const std::string wanted = accept ? "accepted" : "declined";
  if (status != "suggested")
    throw ProblemError(ProblemCode::IllegalTransition, {{"from", status}, {"to", wanted}}, "status");
  const auto campaign = id_of(record, "campaign"), of_client = id_of(record, "client"), from = id_of(record, "from");
  const auto taker = to.value_or(id_of(record, "to"));
  if (accept) need_of(client, taker, "user");
  auto decided = decision(client, wanted);
  std::vector<RecordEdit> edits;
  if (accept) {
    decided["to"] = taker.text();
    edits = move_edits(client, {campaign, of_client, from, taker}, true);
  }
  edits.push_back(edit_of(record, decided));
  commit_together(client.parts(), std::move(edits));
}

void move_client(Client& client, const Uuid& campaign, const Uuid& of_client, const Uuid& to,
                 bool with_responsibility) {
  check_lead(client);
  need_of(client, campaign, "campaign");
  need_of(client, of_client, "client");
  need_of(client, to, "user");
  const auto entry = find_entry(client, campaign, of_client);
  const auto from = entry ? id_of(*entry, "rep") : Uuid();
  auto edits = move_edits(client, {campaign, of_client, from, to}, with_responsibility);
  // What was suggested before has lost its reason.
  const auto open = find_suggestion(client, campaign, of_client);
  if (open && string_or_empty(open->view.body, "status") == "suggested")
    edits.push_back(edit_of(*open, decision(client, "declined")));
  commit_together(client.parts(), std::move(edits));
}

std::size_t apply_pareto(Client& client, int percent) {
  check_lead(client);
  std::vector<programme::ClientIncome> incomes;
  for (const auto& one : load_facts(client, 0).clients)
    incomes.push_back({one.id, one.income_year, one.key_status, one.status_by_split});
  std::size_t changed = 0;
  Client::Batch batch(client);
  for (const auto& row : programme::pareto(std::move(incomes), percent).rows) {
    if (row.wanted == row.status) continue;
    set_status(client, row.client, row.wanted.empty() ? Json() : Json(row.wanted), !row.wanted.empty());
    ++changed;
  }
  batch.commit();
  return changed;
}

void decide_key_status(Client& client, const Uuid& of_client, std::string_view status) {
  check_lead(client);
  if (status.empty()) {
    // Without a status of its own the next split decides.
    set_status(client, of_client, nullptr, false);
    return;
  }
  set_status(client, of_client, std::string(status), false);
}

}  // namespace anketa::client
