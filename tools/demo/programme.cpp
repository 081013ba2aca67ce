// The pass of the programme: who visits whom in which week (R8).
#include <algorithm>

#include "tools/demo/questionnaire.hpp"

namespace anketa::demo {
namespace {

constexpr int weeks_before = 3;

/// Each rep's clients in the order in which he visits them.
std::vector<std::vector<std::size_t>> lists(World& world, Chance& chance) {
  std::vector<std::vector<std::size_t>> all(reps);
  for (std::size_t i = 0; i < world.clients.size(); ++i) all[world.clients[i].owner - first_rep].push_back(i);
  for (auto& list : all)
    for (std::size_t i = list.size(); i > 1; --i)
      std::swap(list[i - 1], list[static_cast<std::size_t>(chance.below(static_cast<int>(i)))]);
  return all;
}

/// Times of a rep's talks in a week, in order.
std::vector<Instant> talks_of_week(const World& world, Chance& chance, int week, bool full_time) {
  const int count = full_time ? chance.between(12, 16) : chance.between(3, 6);
  std::vector<Instant> talks;
  for (int slot = 0; slot < 15; ++slot)
    talks.push_back(
        world.calendar.at(world.calendar.monday() + week * 7 + slot / 3, 10 + slot % 3 * 3, chance.between(0, 50)));
  while (static_cast<int>(talks.size()) > count)
    talks.erase(talks.begin() + chance.below(static_cast<int>(talks.size())));
  return talks;
}

}  // namespace

void run_programme(World& world, std::size_t most_questionnaires) {
  auto chance = world.chance.part("programme");
  const auto visiting = lists(world, chance);
  std::vector<std::size_t> place(reps, 0);
  std::size_t number = 0;
  for (int week = -weeks_before; week <= 0; ++week)
    for (std::size_t rep = 0; rep < reps; ++rep)
      for (const auto at : talks_of_week(world, chance, week, world.ledger.colleague(first_rep + rep).full_time)) {
        const bool over = at + 90LL * 60 * 1000 > world.calendar.now();
        if (over || place[rep] >= visiting[rep].size() || number >= most_questionnaires) continue;
        QuestionnaireMaker(world, world.clients[visiting[rep][place[rep]++]], number++).make(at);
      }
}

namespace {

/// Devices sync in the evening; what is older than the programme came in week by week.
Instant delivery(const World& world, const Deed& deed) {
  if (world.ledger.colleague(deed.author).is_server()) return deed.at;
  const auto day = world.calendar.days_to(deed.at);
  const bool old = day < -40;
  const int behind = (world.calendar.monday() - day) % 7;
  const auto evening = world.calendar.at(old ? day + (behind + 6) % 7 : day, deed.author < first_rep ? 18 : 19);
  return std::min(std::max(evening, deed.at), world.calendar.now());
}

}  // namespace

Demo make_demo(const DemoOptions& options) {
  World world(options, make_colleagues());
  make_clients(world, options.clients);
  run_programme(world, options.questionnaires);
  Demo demo;
  demo.deeds = world.ledger.take(options.now, [&](const Deed& deed) { return delivery(world, deed); });
  demo.colleagues = world.ledger.colleagues();
  return demo;
}

}  // namespace anketa::demo
