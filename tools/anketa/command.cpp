#include "tools/anketa/command.hpp"

namespace anketa::cli {

CLI::App* Commands::add(const std::string& name, const std::string& key, CLI::App* parent) {
  auto* command = (parent ? parent : &root_)->add_subcommand(name, help(key));
  command->group(app_.say("usage.commands_title"));
  // Its inherited help option stands under the library's own heading.
  command->set_help_flag("-h,--help", help("help"));
  return command;
}

std::string Commands::help(const std::string& key) const {
  return app_.say("help." + key);
}

}  // namespace anketa::cli
