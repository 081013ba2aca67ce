// The pass of the programme: who visits whom in which week (R8).
#include <algorithm>

#include "tools/demo/questionnaire.hpp"

namespace anketa::demo {
namespace {

/// Each rep's clients in the order in which he visits them.
std::vector<std::vector<std::size_t>> lists(World& world, Chance& chance) {
  std::vector<std::vector<std::size_t>> all(reps);
  for (std::size_t i = 0; i < world.clients.size(); ++i) {
    const auto& client = world.clients[i];
    if (string_or_empty(world.ledger.record(client.id).body, "name") != untouched_client)
      all[client.owner - first_rep].push_back(i);
  }
  for (auto& list : all) {
    for (std::size_t i = list.size(); i > 1; --i)
      std::swap(list[i - 1], list[static_cast<std::size_t>(chance.below(static_cast<int>(i)))]);
    std::stable_partition(list.begin(), list.end(), [&](std::size_t i) { return !world.clients[i].neglected; });
  }
  return all;
}

/// Times of a rep's talks in a week, in order; one of them is on Friday.
std::vector<Instant> talks_of_week(const World& world, Chance& chance, int week, bool full_time) {
  constexpr int slots = 15, friday_slots = 3;
  const int count = full_time ? chance.between(13, slots) : chance.between(4, 6);
  const int kept = slots - 1 - chance.below(friday_slots);
  std::vector<int> taken;
  for (int slot = 0; slot < slots; ++slot) taken.push_back(slot);
  while (static_cast<int>(taken.size()) > count) {
    const auto drop = taken.begin() + chance.below(static_cast<int>(taken.size()));
    if (*drop != kept) taken.erase(drop);
  }
  std::vector<Instant> talks;
  for (const int slot : taken)
    talks.push_back(
        world.calendar.at(world.calendar.monday() + week * 7 + slot / 3, 10 + slot % 3 * 3, chance.between(0, 50)));
  return talks;
}

/// Goes through one rep's clients, each of whom is visited once.
class Round {
 public:
  Round(World& world, std::vector<std::size_t> clients) : world_(world), clients_(std::move(clients)) {}

  void visit(Instant at) {
    if (next_ == clients_.size()) return;
    QuestionnaireMaker maker(world_, world_.clients[clients_[next_]]);
    const bool over = at + 90LL * 60 * 1000 <= world_.calendar.now();
    if (over) maker.make(at);
    if (over || maker.plan(at)) ++next_;
  }

  /// Of the clients nobody will visit soon some have been called all the same.
  void call_some_in_vain() {
    constexpr std::size_t called = 4;
    for (std::size_t i = 0; i < called && next_ + i < clients_.size(); ++i)
      call_in_vain(world_, world_.clients[clients_[next_ + i]], static_cast<int>(i));
  }

 private:
  World& world_;
  std::vector<std::size_t> clients_;
  std::size_t next_ = 0;
};

}  // namespace

void run_programme(World& world, int weeks_before) {
  auto chance = world.chance.part("programme");
  std::vector<Round> rounds;
  for (auto& list : lists(world, chance)) rounds.emplace_back(world, std::move(list));
  // Backwards and what is to come at last, so that the present week is the fullest where there are few clients.
  std::vector<int> weeks;
  for (int week = 0; week >= -weeks_before; --week) weeks.push_back(week);
  weeks.push_back(1);
  for (const int week : weeks)
    for (std::size_t rep = 0; rep < reps; ++rep)
      for (const auto at : talks_of_week(world, chance, week, world.ledger.colleague(first_rep + rep).full_time))
        rounds[rep].visit(at);
  for (auto& round : rounds) round.call_some_in_vain();
}

namespace {

/// Devices sync in the evening, on Fridays not before Monday morning; what is older than the programme came in week by
/// week.
Instant delivery(const World& world, const Deed& deed, int first_day) {
  if (world.ledger.colleague(deed.author).is_server()) return deed.at;
  const auto& calendar = world.calendar;
  const auto day = calendar.days_to(deed.at);
  const bool rep = deed.author >= first_rep;
  const int behind = (calendar.monday() - day) % 7;
  auto brought = calendar.at(day, rep ? 19 : 18);
  if (day < first_day)
    brought = calendar.at(day + (behind + 6) % 7, 19);
  else if (rep && calendar.is_friday(day))
    brought = calendar.at(day + 3, 8, 30);
  return std::min(std::max(brought, deed.at), calendar.now());
}

}  // namespace

Demo make_demo(const DemoOptions& options) {
  World world(options, make_colleagues());
  make_clients(world, options.clients);
  make_last_season(world);
  make_accounts(world);
  make_campaign(world, options.weeks_before);
  run_programme(world, options.weeks_before);
  // The first calls are made a week and a day before the first talk.
  const int first_day = world.calendar.monday() - 7 * (options.weeks_before + 2);
  Demo demo;
  demo.deeds = world.ledger.take(options.now, [&](const Deed& deed) { return delivery(world, deed, first_day); });
  demo.colleagues = world.ledger.colleagues();
  return demo;
}

}  // namespace anketa::demo
