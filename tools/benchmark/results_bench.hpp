// Consolidated results over a pass of many clients, beside the same figures by SQL written by hand.
//
// In one process, without the network: what is measured is the work of an answer, not the way to it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace anketa::benchmark {

struct ResultsOptions {
  std::size_t clients = 10'000, questionnaires = 20'000;
  std::uint64_t seed = 1;
};

/// Prints a JSON line each: results_first (the first question after a start), results_warm, results_after_change,
/// results_sql. `folder` is where the database is made.
void run_results(const ResultsOptions& options, const std::string& folder);

}  // namespace anketa::benchmark
