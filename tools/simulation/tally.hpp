// Counts of what happened in a run, and whether it was enough to mean something.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "shared/record/json.hpp"
#include "tools/simulation/weights.hpp"

namespace anketa::simulation {

struct Tally {
  std::uint64_t seeds = 0;
  /// Actions and events carried out once the world stands.
  std::uint64_t steps = 0;
  /// Of the seed that had the fewest: steps, and kinds of fault.
  std::uint64_t fewest_steps = 0, fewest_kinds = 0;
  /// Local commits.
  std::uint64_t edits = 0;
  std::uint64_t syncs = 0;
  std::uint64_t restores = 0;
  std::uint64_t violations = 0;
  std::array<std::uint64_t, static_cast<std::size_t>(ActionKind::Count)> actions{};
  std::array<std::uint64_t, static_cast<std::size_t>(FaultKind::Count)> faults{};
  std::map<std::string, std::uint64_t> merges;

  void count(FaultKind kind) { ++faults[static_cast<std::size_t>(kind)]; }
  void count(ActionKind kind) { ++actions[static_cast<std::size_t>(kind)]; }
  /// Kinds of fault that came about.
  std::uint64_t kinds_of_fault() const;
  void add(const Tally& other);
  /// Kinds that came about too rarely for a run of that length; empty for a short one.
  std::vector<std::string> too_rare() const;
  Json to_json() const;
  static Tally from_json(const Json& json);
};

}  // namespace anketa::simulation
