// The command line of anketa-server (docs/cli.md): its commands and options, and what runs when one was given.
//
// Exit codes: 0 done, 1 failed (the problem is printed), 2 wrong usage. One command per object; one thread.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <map>
#include <string>

#include "shared/problem/problem.hpp"
#include "tools/server/commands.hpp"

namespace anketa::server::program {

class CommandLine {
 public:
  /// Help and answers are in that language.
  explicit CommandLine(text::Language language);
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  /// Parses, does, prints; gives the exit code.
  int run(int count, const char* const* arguments);
  /// What can be typed, to compare with the manual.
  const CLI::App& app() const { return app_; }

 private:
  std::string word(const std::string& key) const;
  CLI::App* command(CLI::App& parent, const std::string& name, const std::string& key, std::function<void()> work);
  void add_organisation_commands();
  void add_user_commands();
  void add_data_commands();
  void add_guard_commands();
  void add_mail_commands();
  Sources sources() const;
  int fail(const Problem& problem) const;

  Setup setup_;
  CLI::App app_;
  std::function<void()> chosen_;
  std::map<std::string, std::string> flags_;
  std::string config_file_, language_text_, login_, password_file_, file_, answer_file_, device_, by_, mail_id_,
      mail_to_;
  NewUser new_user_;
  UserChange changed_user_;
  ImportArguments import_;
  EraseArguments erase_;
  MailArguments mail_;
  int mail_limit_ = 50;
  bool force_ = false;
};

}  // namespace anketa::server::program
