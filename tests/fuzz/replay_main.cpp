// Runs a fuzz target over the kept corpus and over seeded variations of it, where there is no libFuzzer.
// replay FOLDER [VARIATIONS]: the input at work is left in the file that is named when the target ends the program.
#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <unistd.h>

#include "tests/fuzz/target.hpp"

namespace {

namespace fs = std::filesystem;

std::string current_input;

/// Async-signal-safe: writes what was tried, then lets the signal end the program.
void keep_input(int signal) {
  constexpr const char* said = "the target ended on this input:\n";
  (void)!::write(STDERR_FILENO, said, 32);
  (void)!::write(STDERR_FILENO, current_input.data(), current_input.size());
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void run(const std::string& input) {
  current_input = input;
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

std::string variation(const std::vector<std::string>& corpus, std::mt19937_64& random) {
  const auto below = [&](std::size_t n) { return n == 0 ? 0 : static_cast<std::size_t>(random() % n); };
  auto input = corpus[below(corpus.size())];
  for (auto changes = 1 + below(6); changes > 0; --changes) {
    const auto at = below(input.size() + 1);
    switch (below(5)) {
      case 0:
        input.insert(at, 1, static_cast<char>(random() % 256));
        break;
      case 1:
        input.erase(at, 1 + below(8));
        break;
      case 2:
        if (at < input.size()) input[at] = static_cast<char>(random() % 256);
        break;
      case 3: {
        const auto& other = corpus[below(corpus.size())];
        const auto from = below(other.size());
        input.insert(at, other, from, 1 + below(32));
        break;
      }
      default:
        input.insert(at, input.substr(below(input.size()), 1 + below(16)));
    }
  }
  return input;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return std::cerr << "replay FOLDER [VARIATIONS]\n", 2;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(arguments[1])) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<std::string> corpus;
  for (const auto& path : files) {
    std::ifstream file(path, std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  if (corpus.empty()) return std::cerr << "no corpus in " << arguments[1] << "\n", 2;
  for (const int signal : {SIGABRT, SIGSEGV, SIGFPE}) std::signal(signal, keep_input);
  run("");
  for (const auto& input : corpus) run(input);
  const auto variations = count > 2 ? std::stoul(arguments[2]) : 2000;
  std::mt19937_64 random(20251122);
  for (std::size_t i = 0; i < variations; ++i) run(variation(corpus, random));
  std::cout << corpus.size() << " kept inputs and " << variations << " variations\n";
  return 0;
}
