// The company's campaigns: last year's, which is over, and the present one with its individual lists (R3-R5, R20).
#include <algorithm>

#include "shared/text/text.hpp"
#include "tools/demo/questionnaire.hpp"

namespace anketa::demo {
namespace {

constexpr Instant minute = 60LL * 1000;
/// Last year's pass, in days from today: before everything else that the company remembers.
constexpr int last_from = -408, last_until = -380;
/// Talks a rep held in it.
constexpr std::size_t last_talks_each = 5;

Json staff_of(World& world, Instant at) {
  Json staff = Json::object();
  for (std::size_t rep = 0; rep < reps; ++rep) {
    const auto& colleague = world.ledger.colleague(first_rep + rep);
    staff[world.ledger.new_id(at).text()] = {{"user", colleague.user.text()},
                                             {"share", colleague.full_time ? "full" : "part"},
                                             {"pos", std::string("m") + static_cast<char>('a' + rep)}};
  }
  return staff;
}

Uuid make_campaign(World& world, Instant at, const char* title, int from, int until) {
  const auto& calendar = world.calendar;
  return world.ledger.create(lead, at, "campaign", company_scope,
                             {{"title", title},
                              {"from", calendar.date(calendar.at(from, 12))},
                              {"until", calendar.date(calendar.at(until, 12))},
                              {"status", "planned"},
                              {"staff", staff_of(world, at)},
                              {"script",
                               {{"ru", text::get(text::Language::Russian, "programme.script")},
                                {"en", text::get(text::Language::English, "programme.script")}}}});
}

void add_cost(World& world, Instant at, const Uuid& campaign, const char* title, std::int64_t amount) {
  const auto id = world.ledger.new_id(at);
  world.ledger.create_as(
      id, lead, at, "campaign_cost", id,
      {{"campaign", campaign.text()}, {"title", title}, {"amount", amount}, {"on", world.calendar.date(at)}});
}

Uuid list_client(World& world, Instant at, const Uuid& campaign, const DemoClient& client, bool unsure) {
  Json body{{"client", client.id.text()},
            {"campaign", campaign.text()},
            {"rep", world.ledger.colleague(client.owner).user.text()}};
  if (unsure) body["relation"] = "unsure";
  return world.ledger.create(lead, at, "campaign_client", client.id, body);
}

void suggest(World& world, Instant at, const Uuid& campaign, const DemoClient& client, const char* reason,
             const char* status) {
  const auto taker = first_rep + (client.owner - first_rep + 1) % reps;
  const auto id = world.ledger.new_id(at);
  world.ledger.create_as(id, lead, at, "reassignment", id,
                         {{"campaign", campaign.text()},
                          {"client", client.id.text()},
                          {"from", world.ledger.colleague(client.owner).user.text()},
                          {"to", world.ledger.colleague(taker).user.text()},
                          {"reason", reason},
                          {"status", "suggested"}});
  if (std::string_view(status) == "suggested") return;
  world.ledger.move(
      lead, at + 30 * minute, id, status,
      {{"decided_by", world.ledger.colleague(lead).user.text()}, {"decided_on", world.calendar.date(at)}});
}

}  // namespace

void make_last_season(World& world) {
  const auto& calendar = world.calendar;
  const auto at = calendar.working(last_from - 7, 10);
  const auto campaign = make_campaign(world, at, "Пилотный проход", last_from, last_until);
  world.ledger.move(lead, calendar.working(last_from, 9), campaign, "running");
  std::vector<std::size_t> done(reps, 0);
  for (std::size_t i = 3; i < world.clients.size(); i += 2) {
    auto& client = world.clients[i];
    const auto rep = client.owner - first_rep;
    if (done[rep] == last_talks_each || client.neglected ||
        string_or_empty(world.ledger.record(client.id).body, "name") == untouched_client)
      continue;
    list_client(world, at + minute, campaign, client, false);
    QuestionnaireMaker maker(world, client, "last year's", campaign);
    maker.without_trouble();
    const int day = last_from + 2 + static_cast<int>(done[rep]) * 5;
    maker.make(calendar.working(day, 11 + static_cast<int>(rep % 4), 20));
    ++done[rep];
  }
  add_cost(world, calendar.working(last_until, 15), campaign, "Выезды и связь", 186'000'00);
  world.ledger.move(lead, calendar.working(last_until + 1, 10), campaign, "finished");
}

void make_campaign(World& world, int weeks_before) {
  const auto& calendar = world.calendar;
  const int monday = calendar.monday() - 7 * weeks_before;
  const auto at = calendar.working(monday - 11, 11);
  auto chance = world.chance.part("campaign");
  world.campaign = make_campaign(world, at, "Проход по VIP-программе", monday, monday + 69);
  for (const auto& client : world.clients) {
    const bool unsure = chance.percent(4);
    list_client(world, at + 5 * minute, world.campaign, client, unsure);
    if (unsure)
      suggest(world, at + 20 * minute, world.campaign, client, "unsure", chance.percent(40) ? "declined" : "suggested");
  }
  // One rep keeps a large client to himself.
  suggest(world, at + 40 * minute, world.campaign, world.clients.front(), "monopolised", "suggested");
  add_cost(world, at + 60 * minute, world.campaign, "Выезды и связь", 240'000'00);
  add_cost(world, at + 61 * minute, world.campaign, "Обучение сотрудников", 95'000'00);
  world.ledger.move(lead, calendar.working(monday, 9), world.campaign, "running");
  // Days to come that nobody works, and a rep who will be away.
  const int next = calendar.monday() + 14;
  world.ledger.create(lead, at + 62 * minute, "holiday", company_scope,
                      {{"date", calendar.date(calendar.at(next + 3, 12))}, {"kind", "day_off"}, {"title", "Праздник"}});
  world.ledger.create(lead, at + 63 * minute, "absence", company_scope,
                      {{"user", world.ledger.colleague(first_rep + reps - 1).user.text()},
                       {"from", calendar.date(calendar.at(next, 12))},
                       {"until", calendar.date(calendar.at(next + 4, 12))},
                       {"kind", "vacation"}});
}

void call_in_vain(World& world, const DemoClient& client, int place) {
  const auto& calendar = world.calendar;
  const auto at = calendar.working(calendar.monday() - 7 + place % 4, 15, 10 + place);
  static const std::vector<const char*> outcomes{"no_answer", "call_back", "refused", "no_answer"};
  const std::string outcome = outcomes[static_cast<std::size_t>(place) % outcomes.size()];
  Json body{{"client", client.id.text()},
            {"campaign", world.campaign.text()},
            {"rep", world.ledger.colleague(client.owner).user.text()},
            {"at", at},
            {"outcome", outcome}};
  if (outcome == "call_back") body["call_back_at"] = calendar.working(calendar.monday() + 4 + place % 3, 11);
  world.ledger.create(client.owner, at, "call", client.id, body);
}

}  // namespace anketa::demo
