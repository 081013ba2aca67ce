// The server's settings: from a file, the environment and flags.
//
// Each setting has one name, used everywhere: "log_level" in the JSON file, ANKETA_LOG_LEVEL in the environment,
// --log-level on the command line. A flag wins over the environment, that over the file, that over the default.
// All wrong settings are reported at once, each with where it came from. Thread safety: plain values.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/record/json.hpp"
#include "shared/text/text.hpp"

namespace anketa::server {

struct Config {
  /// Folder of the organisation's data.
  std::string data = "anketa-data";
  std::string listen = "127.0.0.1";
  int port = 8443;
  /// "on", or "off": plain HTTP, allowed on a loopback address only.
  bool tls = true;
  /// The company's own certificate chain and key; empty: a local authority makes them.
  std::string certificate;
  std::string key;
  /// Names and addresses the made certificate carries beside the machine's own, with commas between them.
  std::string names;
  std::string organisation = "Anketa";
  /// Time zone of the organisation's weeks, by IANA name.
  std::string zone = "Europe/Moscow";
  std::string log_level = "info";
  std::string log_file;
  bool public_metrics = false;
  /// Threads that wait for the disk; 0: by the machine.
  int workers = 0;
  /// Largest attachment, and all attachments of one user, in MiB.
  int attachment_mb = 64;
  int attachment_quota_mb = 10'240;
  /// How long an upload that was broken off is kept.
  int upload_hours = 168;
  /// Mail server for reports, "smtp.firma.example:587"; empty: no e-mail is sent.
  std::string mail_server;
  /// "starttls", "tls", or "none" for a relay on a loopback address.
  std::string mail_security = "starttls";
  std::string mail_user;
  /// Its first line is the password; a password itself is never a setting.
  std::string mail_password_file;
  /// Certificates to trust instead of the system's.
  std::string mail_ca;
  std::string mail_from;
  std::string mail_language = "ru";
  /// Addresses with commas between them, each with a language behind it where it is not mail_language.
  std::string mail_daily_to, mail_weekly_to;
  /// After an attempt that failed the next one comes that much later; then 5, 15, 30 and 60 times as much.
  int mail_retry_seconds = 60;
  /// In the organisation's time zone: "18:00", "mon 08:00".
  std::string mail_daily_at = "18:00", mail_weekly_at = "mon 08:00";
};

/// What is known of a setting beside its value; the texts are "server.setting.<name>".
struct Setting {
  std::string_view name;
  /// Takes a text into the config; gives what is wrong with it as a text key, empty where nothing is.
  std::function<std::string_view(Config&, const std::string&)> set;
  std::function<std::string(const Config&)> get;
  bool is_switch = false;
};

std::span<const Setting> settings();

/// "log_level" → "ANKETA_LOG_LEVEL", "--log-level".
std::string environment_name(std::string_view setting);
std::string flag_name(std::string_view setting);

/// Values of settings by name, as they were given in one place.
using Given = std::map<std::string, std::string, std::less<>>;

struct Sources {
  /// Content of the settings file, and its path for messages; empty path: none.
  std::string file_path;
  std::string file_text;
  Given environment;
  Given flags;
};

/// Throws ProblemError(ConfigInvalid) that lists everything wrong, in the language.
Config make_config(const Sources& sources, text::Language language);

/// The config as the settings file would give it.
Json to_json(const Config& config);

}  // namespace anketa::server
