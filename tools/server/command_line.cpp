#include "tools/server/command_line.hpp"

#include <cstdlib>
#include <iostream>

#include "sync-server/system/files.hpp"

namespace anketa::server::program {

CommandLine::CommandLine(text::Language language) : setup_{{}, language, false}, app_(word("about"), "anketa-server") {
  app_.require_subcommand(1);
  app_.fallthrough();
  app_.add_option("--config", config_file_, word("option.config"))->envname("ANKETA_CONFIG");
  app_.add_option("--lang", language_text_, word("option.lang"));
  app_.add_flag("--json", setup_.json, word("option.json"));
  for (const auto& setting : settings()) {
    const std::string name(setting.name);
    app_.add_option(flag_name(name), flags_[name], word("setting." + name));
  }
  add_organisation_commands();
  add_user_commands();
  add_data_commands();
  add_guard_commands();
  add_mail_commands();
}

int CommandLine::run(int count, const char* const* arguments) {
  try {
    app_.parse(count, arguments);
  } catch (const CLI::ParseError& error) {
    return app_.exit(error) == 0 ? 0 : 2;
  }
  try {
    setup_.config = make_config(sources(), setup_.language);
    chosen_();
    return 0;
  } catch (const ProblemError& error) {
    return fail(error.problem());
  } catch (const std::exception& error) {
    return fail({ProblemCode::Internal, {{"detail", error.what()}}, error.what()});
  }
}

std::string CommandLine::word(const std::string& key) const {
  return text::get(setup_.language, "server." + key);
}

CLI::App* CommandLine::command(CLI::App& parent, const std::string& name, const std::string& key,
                               std::function<void()> work) {
  auto* added = parent.add_subcommand(name, word("command." + key));
  added->fallthrough();
  if (work) added->callback([this, work = std::move(work)] { chosen_ = work; });
  return added;
}

void CommandLine::add_organisation_commands() {
  command(app_, "init", "init", [this] { program::init(setup_); });
  command(app_, "serve", "serve", [this] { program::serve(setup_); });
  auto* demo = command(app_, "demo", "demo", [this] { program::demo(setup_, password_file_); });
  demo->add_option("--password-file", password_file_, word("option.password_file"));
  command(app_, "config", "config", [this] { program::show_config(setup_); });
}

void CommandLine::add_user_commands() {
  auto* user = command(app_, "user", "user", nullptr);
  user->require_subcommand(1);
  auto* add = command(*user, "add", "user_add", [this] { program::user_add(setup_, new_user_, password_file_); });
  add->add_option("login", new_user_.login, word("option.login"))->required();
  add->add_option("--name", new_user_.name, word("option.name"));
  add->add_option("--role", new_user_.role, word("option.role"));
  add->add_option("--share", new_user_.share, word("option.share"));
  command(*user, "list", "user_list", [this] { program::user_list(setup_); });
  auto* passwd =
      command(*user, "passwd", "user_passwd", [this] { program::user_passwd(setup_, login_, password_file_); });
  passwd->add_option("login", login_, word("option.login"))->required();
  auto* close = command(*user, "close", "user_close", [this] { program::user_close(setup_, login_); });
  close->add_option("login", login_, word("option.login"))->required();
  auto* change = command(*user, "change", "user_change", [this] { program::user_change(setup_, changed_user_); });
  change->add_option("login", changed_user_.login, word("option.login"))->required();
  change->add_option("--name", changed_user_.name, word("option.name"));
  change->add_option("--role", changed_user_.role, word("option.role"));
  change->add_option("--share", changed_user_.share, word("option.share"));
  auto* reopen = command(*user, "reopen", "user_reopen", [this] { program::user_reopen(setup_, login_); });
  reopen->add_option("login", login_, word("option.login"))->required();
  for (auto* asking : {add, passwd})
    asking->add_option("--password-file", password_file_, word("option.password_file"));
}

void CommandLine::add_data_commands() {
  auto* import = command(app_, "import", "import", nullptr);
  import->require_subcommand(1);
  auto* clients = command(*import, "clients", "import_clients", [this] { program::import_clients(setup_, import_); });
  clients->add_option("file", import_.file, word("option.csv"))->required();
  clients->add_option("--delimiter", import_.delimiter, word("option.delimiter"));
  clients->add_option("--encoding", import_.encoding, word("option.encoding"));
  clients->add_option("--map", import_.columns, word("option.map"));
  clients->add_option("--owner", import_.owner, word("option.import_owner"));
  clients->add_flag("--dry-run", import_.dry_run, word("option.dry_run"));
  auto* bundle = command(app_, "bundle", "bundle", nullptr);
  bundle->require_subcommand(1);
  auto* take =
      command(*bundle, "import", "bundle_import", [this] { program::bundle_import(setup_, file_, answer_file_); });
  take->add_option("file", file_, word("option.bundle_file"))->required();
  take->add_option("--answer", answer_file_, word("option.bundle_answer"));
  auto* backup = command(app_, "backup", "backup", [this] { program::backup(setup_, file_); });
  auto* restore = command(app_, "restore", "restore", [this] { program::restore(setup_, file_, force_); });
  for (auto* with_file : {backup, restore})
    with_file->add_option("file", file_, word("option.backup_file"))->required();
  restore->add_flag("--force", force_, word("option.force"));
  command(app_, "verify", "verify", [this] { program::verify(setup_); });
}

void CommandLine::add_guard_commands() {
  auto* erase = command(app_, "erase", "erase", nullptr);
  erase->require_subcommand(1);
  auto* record = command(*erase, "record", "erase_record", [this] { program::erase_record(setup_, erase_); });
  record->add_option("id", erase_.record, word("option.erase_record"))->required();
  record->add_option("--path", erase_.paths, word("option.erase_path"))->allow_extra_args(false);
  record->add_option("--by", erase_.by, word("option.by"))->required();
  record->add_option("--why", erase_.why, word("option.why"))->required();
  record->add_flag("--mentions", erase_.mentions, word("option.mentions"));
  record->add_flag("--dry-run", erase_.dry_run, word("option.dry_run"));
  command(*erase, "list", "erase_list", [this] { program::erase_list(setup_); });

  auto* device = command(app_, "device", "device", nullptr);
  device->require_subcommand(1);
  command(*device, "list", "device_list", [this] { program::device_list(setup_); });
  auto* revoke = command(*device, "revoke", "device_revoke", [this] { program::device_revoke(setup_, device_, by_); });
  revoke->add_option("--by", by_, word("option.by"))->required();
  auto* accept = command(*device, "accept", "device_accept", [this] { program::device_accept(setup_, device_); });
  for (auto* one : {revoke, accept}) one->add_option("id", device_, word("option.device"))->required();
}

void CommandLine::add_mail_commands() {
  auto* mail = command(app_, "mail", "mail", nullptr);
  mail->require_subcommand(1);
  auto* preview = command(*mail, "preview", "mail_preview", [this] { program::mail_preview(setup_, mail_); });
  preview->add_option("kind", mail_.kind, word("option.mail_kind"))->required();
  preview->add_option("--html", mail_.html_file, word("option.mail_html"));
  preview->add_option("--language", mail_.language, word("option.mail_language"));
  preview->add_option("--since", mail_.since, word("option.mail_since"));
  auto* send = command(*mail, "send", "mail_send", [this] { program::mail_send(setup_, mail_.kind); });
  send->add_option("kind", mail_.kind, word("option.mail_kind"))->required();
  auto* list = command(*mail, "list", "mail_list", [this] { program::mail_list(setup_, mail_limit_); });
  list->add_option("--limit", mail_limit_, word("option.mail_limit"));
  auto* resend = command(*mail, "resend", "mail_resend", [this] { program::mail_resend(setup_, mail_id_); });
  resend->add_option("id", mail_id_, word("option.mail_id"))->required();
  auto* test = command(*mail, "test", "mail_test", [this] { program::mail_test(setup_, mail_to_); });
  test->add_option("to", mail_to_, word("option.mail_to"))->required();
}

Sources CommandLine::sources() const {
  Sources sources;
  for (const auto& setting : settings()) {
    const std::string name(setting.name);
    if (const char* value = std::getenv(environment_name(name).c_str())) sources.environment[name] = value;
    if (app_.count(flag_name(name)) > 0) sources.flags[name] = flags_.at(name);
  }
  if (!config_file_.empty()) {
    sources.file_path = config_file_;
    sources.file_text = read_file(config_file_);
  }
  return sources;
}

int CommandLine::fail(const Problem& problem) const {
  if (setup_.json)
    std::cout << problem.to_json(setup_.language).dump() << "\n";
  else
    std::cerr << problem.what(setup_.language) << "\n" << problem.remedy(setup_.language) << "\n";
  return 1;
}

}  // namespace anketa::server::program
