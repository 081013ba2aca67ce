#include "tests/tools/manual/pages.hpp"

#include <sstream>

#include "tools/anketa/command.hpp"
#include "tools/server/command_line.hpp"

namespace anketa::manual {
namespace {

Command declared(const CLI::App& app) {
  Command command;
  for (const auto* option : app.get_options()) {
    if (option == app.get_help_ptr()) continue;
    if (option->get_positional()) command.arguments.push_back(option->get_name(true));
    for (const auto& name : option->get_lnames()) command.options.insert("--" + name);
    for (const auto& name : option->get_snames()) command.options.insert("-" + name);
  }
  return command;
}

void collect(const CLI::App& app, const std::string& words, bool program, Manual& into) {
  if (program || app.get_require_subcommand_min() == 0) into[words] = declared(app);
  for (const auto* sub : app.get_subcommands([](const CLI::App*) { return true; }))
    collect(*sub, words + " " + sub->get_name(), false, into);
}

}  // namespace

Manual declared_by_programs() {
  Manual all;
  cli::App app;
  CLI::App field("", "anketa");
  cli::Commands commands(field, app);
  commands.declare_all();
  collect(field, "anketa", true, all);
  const server::program::CommandLine office(text::Language::English);
  collect(office.app(), "anketa-server", true, all);
  return all;
}

std::vector<std::string> code_of(std::string_view line) {
  std::vector<std::string> all;
  for (auto from = line.find('`'); from != line.npos; from = line.find('`', from)) {
    const auto to = line.find('`', from + 1);
    if (to == line.npos) break;
    all.emplace_back(line.substr(from + 1, to - from - 1));
    from = to + 1;
  }
  return all;
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

}  // namespace anketa::manual
