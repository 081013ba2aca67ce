// docs/cli.md against the command lines that the programs declare: neither may know what the other does not.
#include <catch2/catch_test_macros.hpp>
#include <fstream>

#include "tests/tools/manual/pages.hpp"
#include "tools/anketa/exit_code.hpp"

namespace anketa::manual {
namespace {

bool is_argument(const std::string& word) {
  return word.find_first_not_of("[]ABCDEFGHIJKLMNOPQRSTUVWXYZ") == word.npos;
}

/// "### `anketa fill [CLIENT]`" opens a command; gives its words.
std::string open_command(const std::string& heading, Manual& into) {
  std::string words;
  Command command;
  for (const auto& word : words_of(code_of(heading).at(0))) {
    if (!is_argument(word)) {
      words += (words.empty() ? "" : " ") + word;
      continue;
    }
    std::string name;
    for (const char c : word)
      if (c >= 'A' && c <= 'Z') name += static_cast<char>(c - 'A' + 'a');
    command.arguments.push_back(name);
  }
  INFO(words);
  REQUIRE(into.emplace(words, command).second);
  return words;
}

Manual told_by_the_page() {
  std::ifstream page(ANKETA_SOURCE_DIR "/docs/cli.md");
  REQUIRE(page.is_open());
  Manual all;
  std::string current;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("## ") || line.starts_with("### ")) current = open_command(line, all);
    if (!line.starts_with("| `") || current.empty()) continue;
    for (const auto& code : code_of(line.substr(0, line.find(" | ", 1))))
      if (code.starts_with('-')) all[current].options.insert(words_of(code).front());
  }
  return all;
}

}  // namespace

TEST_CASE("docs/cli.md tells every command, argument and option of the programs, and nothing else") {
  const auto declared = declared_by_programs();
  const auto told = told_by_the_page();
  REQUIRE(declared.size() > 30);
  for (const auto& [words, command] : declared) {
    INFO("declared: " << words);
    const auto found = told.find(words);
    REQUIRE(found != told.end());
    CHECK(found->second.arguments == command.arguments);
    CHECK(found->second.options == command.options);
  }
  for (const auto& [words, command] : told) {
    INFO("told: " << words);
    CHECK(declared.contains(words));
  }
}

TEST_CASE("docs/cli.md lists the exit codes that the field program gives") {
  std::ifstream page(ANKETA_SOURCE_DIR "/docs/cli.md");
  const std::string whole((std::istreambuf_iterator<char>(page)), {});
  for (const auto code :
       {cli::ExitCode::Done, cli::ExitCode::Internal, cli::ExitCode::Usage, cli::ExitCode::Access,
        cli::ExitCode::Network, cli::ExitCode::NotFound, cli::ExitCode::Invalid, cli::ExitCode::NotNow,
        cli::ExitCode::Store, cli::ExitCode::Attention, cli::ExitCode::Interrupted}) {
    INFO(static_cast<int>(code));
    CHECK(whole.find("\n| " + std::to_string(static_cast<int>(code)) + " | ") != std::string::npos);
  }
}

}  // namespace anketa::manual
