// What the pages of docs are compared with: the command lines that the programs declare.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace anketa::manual {

/// What can be typed: arguments in order, and the names of options ("--json", "-u").
struct Command {
  std::vector<std::string> arguments;
  std::set<std::string> options;
};
/// By the words of the command: "anketa client show".
using Manual = std::map<std::string, Command>;

/// A command that does nothing without a subcommand is not one of its own, but for the program itself.
Manual declared_by_programs();

/// What stands between back-ticks.
std::vector<std::string> code_of(std::string_view line);
std::vector<std::string> words_of(const std::string& text);

}  // namespace anketa::manual
