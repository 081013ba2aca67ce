// What autosave was given, and the reasons of refused answers, as texts to compare.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "form_fixture.hpp"

namespace anketa::form::testing {

/// "set nps 7", "add likes red", "remove people/x" for every op that reached autosave.
struct Saved {
  std::vector<std::string> ops;
  Autosave hook() {
    return [this](const std::vector<Op>& batch) {
      for (const auto& op : batch)
        ops.push_back(std::string(name(op.kind)) + " " + op.path + (op.value.is_null() ? "" : " " + op.value.dump()));
    };
  }
  std::vector<std::string> take() { return std::exchange(ops, {}); }
};

using Ops = std::vector<std::string>;

inline std::string reason(const std::optional<Problem>& problem) {
  if (!problem) return "taken";
  const auto found = problem->arguments.find("reason");
  return found == problem->arguments.end() ? std::string(id(problem->code)) : found->second;
}

}  // namespace anketa::form::testing
