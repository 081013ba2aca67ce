// anketa-sim: the whole of Anketa in one process, with a seed for its fate.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <fstream>
#include <iostream>
#include <thread>

#include "sync-server/system/log.hpp"
#include "tools/simulation/jobs.hpp"

namespace anketa::simulation {
namespace {

struct Arguments {
  std::string seeds = "1..100";
  /// A file of seeds, in place of these.
  std::string kept;
  /// Of each seed; 0: usual_steps.
  int steps = 0;
  int jobs = 1;
  bool json = false;
  bool keep_going = false;
  std::optional<std::uint64_t> trace;
  /// A file, "-" for standard output.
  std::string transcript;
  std::vector<int> without;
};

/// One seed a line; what follows a "#" is said about it.
std::vector<std::uint64_t> kept_seeds(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::vector<std::uint64_t> seeds;
  for (std::string line; std::getline(file, line);) {
    line.resize(std::min(line.find('#'), line.size()));
    if (line.find_first_not_of(" \t") != std::string::npos) seeds.push_back(std::stoull(line));
  }
  return seeds;
}

Batch batch_of(const Arguments& arguments) {
  Batch batch;
  if (arguments.kept.empty()) {
    const auto dots = arguments.seeds.find("..");
    const auto first = std::stoull(arguments.seeds.substr(0, dots));
    const auto last = dots == std::string::npos ? first : std::stoull(arguments.seeds.substr(dots + 2));
    for (auto seed = first; seed <= last; ++seed) batch.seeds.push_back(seed);
  } else {
    batch.seeds = kept_seeds(arguments.kept);
  }
  batch.steps = arguments.steps;
  batch.jobs = std::max(1, arguments.jobs);
  batch.stop = !arguments.keep_going;
  return batch;
}

std::string replay_command(const RunOptions& options) {
  auto command = "anketa-sim --trace " + std::to_string(options.seed) + " --steps " + std::to_string(options.steps);
  if (options.without.empty()) return command;
  command += " --without ";
  // As ranges: "4..17,20".
  for (auto at = options.without.begin(); at != options.without.end();) {
    const int from = *at;
    int to = from;
    for (++at; at != options.without.end() && *at == to + 1; ++at) ++to;
    command += (command.back() == ' ' ? "" : ",") + std::to_string(from) + (to > from ? ".." + std::to_string(to) : "");
  }
  return command;
}

std::set<int> parse_ranges(const std::string& text) {
  std::set<int> numbers;
  if (text.empty()) return numbers;
  for (const auto& part : CLI::detail::split(text, ',')) {
    const auto dots = part.find("..");
    const int from = std::stoi(part.substr(0, dots));
    const int to = dots == std::string::npos ? from : std::stoi(part.substr(dots + 2));
    for (int number = from; number <= to; ++number) numbers.insert(number);
  }
  return numbers;
}

int trace(const RunOptions& options) {
  auto told = options;
  told.story = &std::cout;
  // Why a handler failed, the server tells its log only.
  server::log::configure(server::log::Level::Error);
  const auto result = run_seed(told);
  if (!result.failure) {
    std::cout << "nothing is wrong with seed " << options.seed << "\n";
    return 0;
  }
  std::cout << "VIOLATION of " << result.failure->what << "\n";
  return 1;
}

void report(const BadSeed& bad, int steps) {
  std::cerr << "seed " << bad.seed << " violates " << bad.failure.what << "\n";
  const auto small = shrink({bad.seed, steps, {}, nullptr, nullptr}, bad.failure.invariant);
  std::cerr << "shrunk to " << small.steps - static_cast<int>(small.without.size()) << " steps:\n";
  auto told = small;
  told.story = &std::cerr;
  const auto again = run_seed(told);
  std::cerr << (again.failure ? again.failure->what : "it does not fail again") << "\n"
            << "replay: " << replay_command(small) << "\n";
}

/// Each seed begins with a line {"seed": n}; see transcript.hpp.
int write_transcripts(const Arguments& arguments) {
  std::ofstream file;
  if (arguments.transcript != "-") file.open(arguments.transcript, std::ios::binary);
  auto& out = arguments.transcript == "-" ? std::cout : file;
  const auto batch = batch_of(arguments);
  for (const auto seed : batch.seeds) {
    out << Json{{"seed", seed}}.dump() << "\n";
    const auto result = run_seed({seed, batch.steps_of(seed), {}, nullptr, &out});
    if (result.failure) std::cerr << "seed " << seed << " violates " << result.failure->what << "\n";
    out.flush();
    if (!out) throw std::runtime_error("cannot write " + arguments.transcript);
  }
  return 0;
}

int run_all(const Arguments& arguments) {
  const auto batch = batch_of(arguments);
  const auto total = std::max<std::size_t>(batch.seeds.size(), 1);
  const bool bar = isatty(STDERR_FILENO) != 0;
  const auto began = std::chrono::steady_clock::now();
  const auto result = run_batch(batch, [&](std::uint64_t done) {
    if (!bar) return;
    const auto filled = static_cast<std::size_t>(done * 40 / total);
    std::cerr << "\r[" << std::string(filled, '#') << std::string(40 - filled, ' ') << "] " << done << " of " << total
              << " seeds" << std::flush;
  });
  if (bar) std::cerr << "\n";
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  for (const auto& bad : result.bad) {
    if (&bad == &result.bad.front())
      report(bad, batch.steps_of(bad.seed));
    else
      std::cerr << "seed " << bad.seed << " violates " << bad.failure.what.substr(0, 200) << "\n";
  }
  auto line = result.tally.to_json();
  line["seconds"] = static_cast<std::int64_t>(took.count());
  line["steps_per_second"] =
      static_cast<std::int64_t>(static_cast<double>(result.tally.steps) / std::max(took.count(), 0.001));
  if (!arguments.json)
    for (const auto& [name, value] : line.items())
      if (!value.is_structured()) std::cout << name << ": " << value.dump() << "\n";
  std::cout << line.dump() << "\n";
  const bool enough = line.at("too_rare").empty();
  if (!enough) std::cerr << "too rare to mean anything: " << line.at("too_rare").dump() << "\n";
  return result.bad.empty() && enough ? 0 : 1;
}

}  // namespace
}  // namespace anketa::simulation

int main(int argc, char** argv) {
  using namespace anketa::simulation;
  Arguments arguments;
  std::string without;
  CLI::App app{
      "Runs devices, server and network of a small company under a seeded fate and checks that no edit is lost."};
  app.add_option("--seeds", arguments.seeds, "Seeds to run: A..B")->capture_default_str();
  app.add_option("--kept", arguments.kept, "Seeds to run: a file, one a line");
  app.add_option("--steps", arguments.steps, "Steps of each; mostly 120 to 180, and 500 in every sixteenth seed");
  app.add_option("--jobs", arguments.jobs, "Processes")->capture_default_str();
  app.add_flag("--json", arguments.json, "Only the JSON line");
  app.add_flag("--keep-going", arguments.keep_going, "Go on after a violation");
  app.add_option("--trace", arguments.trace, "Tell the story of one seed");
  app.add_option("--transcript", arguments.transcript,
                 "Write to this file what every device was asked and answered");
  app.add_option("--without", without, "With --trace: steps to leave out, 4..17,20");
  CLI11_PARSE(app, argc, argv);
  try {
    if (arguments.trace) {
      const auto steps = batch_of(arguments).steps_of(*arguments.trace);
      return trace({*arguments.trace, steps, parse_ranges(without), nullptr, nullptr});
    }
    if (!arguments.transcript.empty()) return write_transcripts(arguments);
    return run_all(arguments);
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 2;
  }
}
