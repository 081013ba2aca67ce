// The lead's work on a campaign, by the rules of programme::CampaignWork.
#include "anketa/programme.hpp"
#include "client-core/api/client_records.hpp"
#include "client-core/api/parts.hpp"
#include "client-core/api/programme_facts.hpp"
#include "shared/programme/campaign_work.hpp"

namespace anketa::client {
namespace {

/// Does a piece of work and commits what came of it.
template <typename Do>
auto at_work(Client& client, int offset_minutes, const Do& work) {
  const auto account = client.account();
  if (!account) throw ProblemError(ProblemCode::NotLoggedIn);
  auto& environment = client.parts().environment;
  const ClientRecords records(client);
  programme::CampaignWork campaign(
      records, {account->user, account->role, local_day(environment.now(), offset_minutes)}, environment);
  auto outcome = work(campaign);
  commit_changes(client, std::move(campaign).changes());
  return outcome;
}

}  // namespace

Uuid create_campaign(Client& client, const Json& body) {
  return at_work(client, 0, [&](auto& work) { return work.create(body); });
}

std::size_t edit_campaign(Client& client, const Uuid& campaign, const Json& wanted) {
  return at_work(client, 0, [&](auto& work) { return work.edit(campaign, wanted); });
}

programme::SplitOutcome split_campaign(Client& client, const Uuid& campaign, int offset_minutes) {
  return at_work(client, offset_minutes,
                 [&](auto& work) { return work.split(load_facts(client, offset_minutes), campaign); });
}

std::optional<Uuid> judge_relation(Client& client, const Uuid& campaign, const Uuid& of_client,
                                   std::string_view relation, int offset_minutes) {
  return at_work(client, offset_minutes, [&](auto& work) {
    return work.judge(load_facts(client, offset_minutes), campaign, of_client, relation);
  });
}

void decide_suggestion(Client& client, const Uuid& suggestion, bool accept, std::optional<Uuid> to) {
  at_work(client, 0, [&](auto& work) { return work.decide(suggestion, accept, to), 0; });
}

void move_client(Client& client, const Uuid& campaign, const Uuid& of_client, const Uuid& to,
                 bool with_responsibility) {
  at_work(client, 0, [&](auto& work) { return work.move(campaign, of_client, to, with_responsibility), 0; });
}

std::size_t apply_pareto(Client& client, int percent) {
  return at_work(client, 0, [&](auto& work) { return work.make_key(load_facts(client, 0), percent); });
}

void decide_key_status(Client& client, const Uuid& of_client, std::string_view status) {
  at_work(client, 0, [&](auto& work) { return work.decide_key_status(of_client, status), 0; });
}

}  // namespace anketa::client
