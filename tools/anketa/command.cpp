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

void Commands::declare_globals(GlobalOptions& options) {
  option(&root_, "--home", options.home, "home");
  option(&root_, "--lang", options.language, "lang")->check(CLI::IsMember({"ru", "en"}));
  flag(&root_, "--json", options.json, "json");
  option(&root_, "--passphrase-file", options.passphrase_file, "passphrase_file");
  flag(&root_, "--keyring", options.keyring, "keyring");
  root_.require_subcommand(1);
  // The common options may stand before or after the command.
  root_.fallthrough();
}

void Commands::declare_all() {
  declare_globals(app_.options);
  for (const auto add :
       {add_account_commands,   add_sync_commands,           add_bundle_commands,       add_client_commands,
        add_dossier_commands,   add_dossier_record_commands, add_team_commands,         add_questionnaire_commands,
        add_record_commands,    add_conflict_commands,       add_campaign_commands,     add_call_commands,
        add_programme_commands, add_result_commands,         add_calendar_day_commands, add_export_commands,
        add_form_commands,      add_attachment_commands,     add_case_commands,         add_register_commands,
        add_task_commands})
    add(*this);
}

}  // namespace anketa::cli
