// How a group of commands joins the program: it declares its subcommands and says what runs when one was given.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>

#include "tools/anketa/app.hpp"

namespace anketa::cli {

class Commands {
 public:
  Commands(CLI::App& root, App& app) : root_(root), app_(app) {}

  App& app() { return app_; }
  /// Everything that can be typed: the common options and every group of commands.
  void declare_all();
  /// A subcommand of the program (or of another one) whose help is "cli.help.<key>".
  CLI::App* add(const std::string& name, const std::string& key, CLI::App* parent = nullptr);
  /// An option whose help is "cli.help.<key>".
  template <typename T>
  CLI::Option* option(CLI::App* command, const std::string& name, T& value, const std::string& key) {
    return command->add_option(name, value, help(key));
  }
  CLI::Option* flag(CLI::App* command, const std::string& name, bool& value, const std::string& key) {
    return command->add_flag(name, value, help(key));
  }
  /// What the command does. State that its options write to lives in the closure. Callbacks come from the inside out:
  /// a command stands aside for a subcommand of its own.
  void runs(CLI::App* command, std::function<ExitCode()> work) {
    command->callback([this, command, work = std::move(work)] {
      if (command->get_subcommands().empty()) chosen_ = work;
    });
  }
  std::string help(const std::string& key) const;
  const std::function<ExitCode()>& chosen() const { return chosen_; }

 private:
  void declare_globals(GlobalOptions& options);

  CLI::App& root_;
  App& app_;
  std::function<ExitCode()> chosen_;
};

void add_account_commands(Commands& commands);
void add_sync_commands(Commands& commands);
void add_bundle_commands(Commands& commands);
void add_client_commands(Commands& commands);
void add_dossier_commands(Commands& commands);
void add_dossier_record_commands(Commands& commands);
void add_team_commands(Commands& commands);
void add_questionnaire_commands(Commands& commands);
void add_record_commands(Commands& commands);
void add_conflict_commands(Commands& commands);
void add_campaign_commands(Commands& commands);
/// create and edit, below `campaign`.
void add_campaign_settings(Commands& commands, CLI::App* campaign);
void add_calendar_day_commands(Commands& commands);
void add_call_commands(Commands& commands);
void add_programme_commands(Commands& commands);
void add_result_commands(Commands& commands);
void add_export_commands(Commands& commands);
void add_form_commands(Commands& commands);
void add_attachment_commands(Commands& commands);
void add_case_commands(Commands& commands);
void add_register_commands(Commands& commands);
void add_task_commands(Commands& commands);

}  // namespace anketa::cli
