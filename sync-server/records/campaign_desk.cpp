#include "sync-server/records/campaign_desk.hpp"

#include "shared/programme/campaign_work.hpp"
#include "sync-server/records/browser_edit.hpp"
#include "sync-server/records/seen_records.hpp"
#include "sync-server/reports/campaign_facts.hpp"

namespace anketa::server::records {
namespace {

bool flag(const Json& wish, const char* name) {
  return wish.value(name, Json()) == true;
}

std::optional<Uuid> find_id(const Json& wish, const char* name) {
  const auto text = string_or_empty(wish, name);
  return text.empty() ? std::nullopt : std::optional(Uuid::from(text));
}

Uuid need_id(const Json& wish, const char* name) {
  const auto id = find_id(wish, name);
  if (!id) throw ProblemError(ProblemCode::RequiredMissing, {{"field", name}}, name);
  return *id;
}

}  // namespace

Json CampaignDesk::at_work(const Author& author, const Work& work) {
  std::vector<Mutation> mutations;
  Json answer;
  store_.read([&](Reader& reader) {
    const Sight sight(reader, author);
    const SeenRecords records(reader, sight);
    programme::CampaignWork campaign(records, {author.user, author.role, calendar_.day_of(environment_.now())},
                                     environment_);
    answer = work(campaign, [&] { return reports::load_facts(reader, calendar_); });
    mutations = edits_of(environment_, author, records, std::move(campaign).changes());
  });
  if (!mutations.empty()) sync_.attempt(author, mutations);
  return answer.is_null() ? Json{{"changed", mutations.size()}} : answer;
}

Json CampaignDesk::create(const Author& author, const Json& wish) {
  return at_work(author, [&](auto& work, auto&) { return Json{{"id", work.create(wish).text()}}; });
}

Json CampaignDesk::edit(const Author& author, const Uuid& campaign, const Json& wish) {
  return at_work(author, [&](auto& work, auto&) { return Json{{"changed", work.edit(campaign, wish)}}; });
}

Json CampaignDesk::split(const Author& author, const Uuid& campaign) {
  return at_work(author, [&](auto& work, auto& facts) { return to_json(work.split(facts(), campaign)); });
}

Json CampaignDesk::move(const Author& author, const Uuid& campaign, const Uuid& client, const Json& wish) {
  return at_work(author, [&](auto& work, auto&) {
    work.move(campaign, client, need_id(wish, "to"), flag(wish, "with_responsibility"));
    return Json();
  });
}

Json CampaignDesk::judge(const Author& author, const Uuid& campaign, const Uuid& client, const Json& wish) {
  return at_work(author, [&](auto& work, auto& facts) {
    work.judge(facts(), campaign, client, string_or_empty(wish, "relation"));
    return Json();
  });
}

Json CampaignDesk::decide(const Author& author, const Uuid& suggestion, const Json& wish) {
  return at_work(author, [&](auto& work, auto&) {
    work.decide(suggestion, flag(wish, "accept"), find_id(wish, "to"));
    return Json();
  });
}

Json CampaignDesk::make_key(const Author& author, const Json& wish) {
  const auto percent = wish.value("percent", Json());
  return at_work(author, [&](auto& work, auto& facts) {
    return Json{
        {"changed", work.make_key(facts(), percent.is_number_integer() ? percent.template get<int>()
                                                                       : programme::CampaignFact{}.pareto_percent)}};
  });
}

Json CampaignDesk::decide_key_status(const Author& author, const Uuid& client, const Json& wish) {
  return at_work(author, [&](auto& work, auto&) {
    work.decide_key_status(client, string_or_empty(wish, "status"));
    return Json();
  });
}

}  // namespace anketa::server::records
