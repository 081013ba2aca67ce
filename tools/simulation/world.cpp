#include "tools/simulation/world.hpp"

#include <numeric>
#include <ostream>

#include "tools/simulation/field_work.hpp"
#include "tools/simulation/quiet.hpp"

namespace anketa::simulation {
namespace {

constexpr int sizes[] = {0, 0, 1, 2, 5, 20};

}  // namespace

World::World(const RunOptions& options)
    : options_(options), rng_(mix(options.seed, 0)), server_("server", now_, mix(options.seed, 1)) {
  if (options.transcript) transcript_.emplace(*options.transcript);
}

World::~World() = default;

void World::run() {
  set_up();
  tally_.steps = 0;
  faults_ = true;
  for (int number = 1; number <= options_.steps; ++number)
    if (!options_.without.contains(number)) step(number);
  Quiet(*this).run();
  tally_.seeds = 1;
  tally_.merges = watch_.merges();
}

void World::tell(const std::string& line) {
  if (options_.story) *options_.story << "      " << line << "\n";
}

std::string World::phrase(const Scope& scope, std::string_view mark) {
  return "p" + std::to_string(++phrases_) + " " + std::string(mark) + " ~s" + scope.text();
}

std::string World::new_word() {
  return "~w" + std::to_string(++words_);
}

Device& World::add_device(const std::string& name, const Uuid& user, Role role) {
  const auto index = static_cast<int>(devices_.size());
  auto& device = *devices_.emplace_back(std::make_unique<Device>(
      index, name, user, role, now_, mix(options_.seed, 1000 + static_cast<std::uint64_t>(index))));
  if (transcript_)
    device.transcript = std::make_unique<Transcript>(*transcript_, index, device.disk, device.environment);
  return device;
}

void World::hire(Role role, const std::string& name, int devices) {
  const auto user = Uuid::derived(company_scope, name);
  server_.store().accounts().add_account(
      {user, login_of(user), name, role, server::hash_password(password, server_.environment, cheap_hash), true});
  for (int i = 0; i < devices; ++i) add(add_device(name + "/" + std::to_string(i + 1), user, role));
}

void World::add(Device& device) {
  device.ledger = DeviceLedger([this](const Uuid& record) { return watch_.erased(record); });
  device.set_up();
  log_in_at_once(device);
}

/// People, their devices, some clients and who works with them; all synced.
void World::set_up() {
  server_.set_up();
  two_servers_ = rng_.chance(350);
  start_second_server();
  page_limit_ = sizes[rng_.below(std::size(sizes))];
  hire(Role::Lead, "lead", 1 + static_cast<int>(rng_.below(2)));
  hire(Role::Service, "service", 1);
  // Mostly few people who meet in the same records; now and then a whole department.
  const auto reps = rng_.chance(950) ? rng_.between(5, 7) : rng_.between(8, 30);
  for (std::int64_t i = 0; i < reps; ++i)
    hire(Role::Rep, "rep" + std::to_string(i + 1), 1 + static_cast<int>(rng_.below(2)));
  FieldWork work(*this);
  const auto clients = rng_.between(2, 6);
  for (std::int64_t i = 0; i < clients; ++i) work.found_account(*devices_.front());
  for (auto& device : devices_) {
    start_sync(*device);
    let_happen(now_ + 60'000);
  }
}

void World::step(int number) {
  rng_ = Rng(mix(options_.seed, 1'000'000 + static_cast<std::uint64_t>(number)));
  if (options_.story) *options_.story << "step " << number << "\n";
  // Mostly a busy minute; sometimes a night.
  const auto passed = rng_.chance(30) ? rng_.between(0, 36'000'000) : rng_.between(1, rng_.chance(500) ? 300 : 30'000);
  let_happen(now_ + passed);
  ++tally_.steps;
  strike();
  act();
  act_on_case();
}

void World::act_on_case() {
  if (!rng_.chance(150)) return;
  std::vector<Device*> able;
  for (auto& device : devices_)
    if (device->running()) able.push_back(device.get());
  if (!able.empty()) FieldWork(*this).work_on_case(*rng_.pick(able));
}

void World::act() {
  static const unsigned total =
      std::accumulate(action_weights.begin(), action_weights.end(), 0U,
                      [](unsigned sum, const ActionWeight& action) { return sum + action.weight; });
  auto left = rng_.below(total);
  const auto* chosen = action_weights.data();
  while (left >= chosen->weight) left -= (chosen++)->weight;
  std::vector<Device*> able;
  for (auto& device : devices_)
    if (device->running() && (chosen->doer == Doer::Anyone || device->role == Role::Lead)) able.push_back(device.get());
  if (able.empty()) return;
  FieldWork(*this).perform(chosen->kind, *rng_.pick(able));
}

void World::after(Instant delay, Work work) {
  queue_.emplace(std::pair(now_ + delay, ++events_), std::move(work));
}

void World::let_happen(Instant until) {
  while (!queue_.empty() && queue_.begin()->first.first <= until) {
    now_ = std::max(now_, queue_.begin()->first.first);
    const auto work = std::move(queue_.begin()->second);
    queue_.erase(queue_.begin());
    ++tally_.steps;
    work();
  }
  now_ = std::max(now_, until);
}

}  // namespace anketa::simulation
