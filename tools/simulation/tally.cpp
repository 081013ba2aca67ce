#include "tools/simulation/tally.hpp"

#include <algorithm>
#include <numeric>

namespace anketa::simulation {
namespace {

template <typename Weights, typename Counts>
Json named(const Weights& weights, const Counts& counts) {
  Json json = Json::object();
  for (std::size_t i = 0; i < weights.size(); ++i) json[std::string(weights[i].name)] = counts[i];
  return json;
}

template <typename Weights, typename Counts>
void read(const Json& json, const Weights& weights, Counts& counts) {
  for (std::size_t i = 0; i < weights.size(); ++i)
    counts[i] = json.value(std::string(weights[i].name), std::uint64_t{0});
}

std::uint64_t value(const std::map<std::string, std::uint64_t>& counts, std::string_view name) {
  const auto found = counts.find(std::string(name));
  return found == counts.end() ? 0 : found->second;
}

}  // namespace

std::uint64_t Tally::kinds_of_fault() const {
  return static_cast<std::uint64_t>(
      std::count_if(faults.begin(), faults.end(), [](std::uint64_t n) { return n > 0; }));
}

void Tally::add(const Tally& other) {
  fewest_steps = seeds == 0 ? other.fewest_steps : std::min(fewest_steps, other.fewest_steps);
  fewest_kinds = seeds == 0 ? other.fewest_kinds : std::min(fewest_kinds, other.fewest_kinds);
  seeds += other.seeds;
  steps += other.steps;
  edits += other.edits;
  syncs += other.syncs;
  restores += other.restores;
  violations += other.violations;
  for (std::size_t i = 0; i < actions.size(); ++i) actions[i] += other.actions[i];
  for (std::size_t i = 0; i < faults.size(); ++i) faults[i] += other.faults[i];
  for (const auto& [name, count] : other.merges) merges[name] += count;
}

std::vector<std::string> Tally::too_rare() const {
  std::vector<std::string> rare;
  const auto times = std::accumulate(actions.begin(), actions.end(), std::uint64_t{0}) / minimum_actions;
  if (times == 0) return rare;
  for (const auto& fault : fault_weights)
    if (faults[static_cast<std::size_t>(fault.kind)] < fault.minimum * times) rare.emplace_back(fault.name);
  for (const auto& merge : merge_minimums)
    if (value(merges, merge.name) < merge.minimum * times) rare.emplace_back(merge.name);
  return rare;
}

Json Tally::to_json() const {
  return {{"seeds", seeds},
          {"steps", steps},
          {"fewest_steps", fewest_steps},
          {"fewest_kinds_of_fault", fewest_kinds},
          {"edits", edits},
          {"syncs", syncs},
          {"faults", std::accumulate(faults.begin(), faults.end(), std::uint64_t{0})},
          {"merges", value(merges, "merged")},
          {"conflicts", value(merges, "conflict")},
          {"parked", value(merges, "parked")},
          {"restores", restores},
          {"violations", violations},
          {"by_action", named(action_weights, actions)},
          {"by_fault", named(fault_weights, faults)},
          {"by_merge", merges},
          {"too_rare", too_rare()}};
}

Tally Tally::from_json(const Json& json) {
  Tally tally;
  tally.seeds = json.at("seeds");
  tally.steps = json.at("steps");
  tally.fewest_steps = json.at("fewest_steps");
  tally.fewest_kinds = json.at("fewest_kinds_of_fault");
  tally.edits = json.at("edits");
  tally.syncs = json.at("syncs");
  tally.restores = json.at("restores");
  tally.violations = json.at("violations");
  read(json.at("by_action"), action_weights, tally.actions);
  read(json.at("by_fault"), fault_weights, tally.faults);
  tally.merges = json.at("by_merge").get<std::map<std::string, std::uint64_t>>();
  return tally;
}

}  // namespace anketa::simulation
