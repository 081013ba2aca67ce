// The commands of anketa-server, each a function of its arguments. They print what was done and throw ProblemError.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sync-server/config/config.hpp"

namespace anketa::server::program {

/// What every command works with.
struct Setup {
  Config config;
  text::Language language = text::Language::Russian;
  bool json = false;
};

void init(const Setup& setup);
void serve(const Setup& setup);
void demo(const Setup& setup, const std::string& password_file);
void show_config(const Setup& setup);

struct NewUser {
  std::string login, name, role = "rep";
  /// "part", "full", or empty: not said, which counts as part.
  std::string share;
};
void user_add(const Setup& setup, const NewUser& user, const std::string& password_file);
void user_list(const Setup& setup);
void user_passwd(const Setup& setup, const std::string& login, const std::string& password_file);
/// What is not given stays as it is.
struct UserChange {
  std::string login, name, role, share;
};
void user_change(const Setup& setup, const UserChange& change);
/// Says how many clients are left without anybody who answers for them.
void user_close(const Setup& setup, const std::string& login);
void user_reopen(const Setup& setup, const std::string& login);

struct ImportArguments {
  std::string file;
  std::string delimiter;
  std::string encoding;
  std::vector<std::string> columns;
  /// Who owns clients for which the file names nobody.
  std::string owner;
  bool dry_run = false;
};
void import_clients(const Setup& setup, const ImportArguments& arguments);

/// Empty answer_file: the answer is not wanted.
void bundle_import(const Setup& setup, const std::string& file, const std::string& answer_file);

struct EraseArguments {
  std::string record;
  std::vector<std::string> paths;
  /// Log-in of whoever orders it, and the reason: for the audit trail.
  std::string by, why;
  bool mentions = false;
  bool dry_run = false;
};
void erase_record(const Setup& setup, const EraseArguments& arguments);
void erase_list(const Setup& setup);

void device_list(const Setup& setup);
void device_revoke(const Setup& setup, const std::string& id, const std::string& by);
void device_accept(const Setup& setup, const std::string& id);

struct MailArguments {
  /// "daily", "weekly".
  std::string kind = "daily";
  /// Empty: printed as text.
  std::string html_file;
  std::string language;
  /// "2025-06-01"; empty: from where the last report ended.
  std::string since;
};
void mail_preview(const Setup& setup, const MailArguments& arguments);
/// The report is composed at once and put into the outbox; the running server sends it.
void mail_send(const Setup& setup, const std::string& kind);
void mail_list(const Setup& setup, int limit);
void mail_resend(const Setup& setup, const std::string& message);
void mail_test(const Setup& setup, const std::string& to);

void backup(const Setup& setup, const std::string& file);
void restore(const Setup& setup, const std::string& file, bool force);
void verify(const Setup& setup);

}  // namespace anketa::server::program
