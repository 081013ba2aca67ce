#include "sync-server/config/config.hpp"

#include <array>
#include <charconv>

#include "shared/problem/problem.hpp"
#include "sync-server/mail/message/address.hpp"
#include "sync-server/mail/message/times.hpp"

namespace anketa::server {
namespace {

constexpr std::string_view no_fault;

std::optional<int> whole_number(const std::string& text, int least, int most) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < least || value > most) return std::nullopt;
  return value;
}

std::optional<bool> switch_of(const std::string& text) {
  if (text == "on" || text == "true" || text == "1" || text == "yes") return true;
  if (text == "off" || text == "false" || text == "0" || text == "no") return false;
  return std::nullopt;
}

Setting text_setting(std::string_view name, std::string Config::*member, bool may_be_empty = true) {
  return {name,
          [member, may_be_empty](Config& config, const std::string& text) {
            if (text.empty() && !may_be_empty) return std::string_view("server.fault.empty");
            config.*member = text;
            return no_fault;
          },
          [member](const Config& config) { return config.*member; }};
}

Setting number_setting(std::string_view name, int Config::*member, int least, int most) {
  return {name,
          [member, least, most](Config& config, const std::string& text) {
            const auto value = whole_number(text, least, most);
            if (!value) return std::string_view("server.fault.number");
            config.*member = *value;
            return no_fault;
          },
          [member](const Config& config) { return std::to_string(config.*member); }};
}

Setting switch_setting(std::string_view name, bool Config::*member) {
  return {name,
          [member](Config& config, const std::string& text) {
            const auto value = switch_of(text);
            if (!value) return std::string_view("server.fault.switch");
            config.*member = *value;
            return no_fault;
          },
          [member](const Config& config) { return std::string(config.*member ? "on" : "off"); }, true};
}

/// One of a few words.
Setting word_setting(std::string_view name, std::string Config::*member, std::vector<std::string_view> words,
                     std::string_view fault) {
  return {name,
          [member, words = std::move(words), fault](Config& config, const std::string& text) {
            if (std::find(words.begin(), words.end(), text) == words.end()) return fault;
            config.*member = text;
            return no_fault;
          },
          [member](const Config& config) { return config.*member; }};
}

/// A text that is empty or makes sense to a reader of such texts.
template <typename Read>
Setting read_setting(std::string_view name, std::string Config::*member, const Read& read, std::string_view fault) {
  return {name,
          [member, read, fault](Config& config, const std::string& text) {
            if (!text.empty() && !read(text)) return fault;
            config.*member = text;
            return no_fault;
          },
          [member](const Config& config) { return config.*member; }};
}

bool is_mail_server(const std::string& text) {
  const auto colon = text.rfind(':');
  const bool has_port = colon != std::string::npos && text.find(']', colon) == std::string::npos;
  return colon != 0 && text.find_first_of(" /@") == std::string::npos &&
         (!has_port || whole_number(text.substr(colon + 1), 1, 65535).has_value());
}

bool is_loopback(const std::string& mail_server) {
  return mail_server.starts_with("127.") || mail_server.starts_with("localhost") || mail_server.starts_with("[::1]");
}

/// Takes values of one source into the config and notes what is wrong.
class Collector {
 public:
  Collector(Config& config, text::Language language) : config_(config), language_(language) {}

  void take(const Given& given, const std::string& origin) {
    for (const auto& [name, value] : given) {
      const auto all = settings();
      const auto setting = std::find_if(all.begin(), all.end(), [&](const Setting& s) { return s.name == name; });
      if (setting == all.end()) {
        fault(origin, name, "server.fault.unknown", value);
        continue;
      }
      if (const auto wrong = setting->set(config_, value); !wrong.empty()) fault(origin, name, wrong, value);
    }
  }

  void fault(const std::string& origin, const std::string& name, std::string_view key, const std::string& value) {
    if (!faults_.empty()) faults_ += "\n";
    faults_ += origin + ", " + name + ": " + text::get(language_, key, {{"value", value}});
  }

  void finish() const {
    if (!faults_.empty()) throw ProblemError(ProblemCode::ConfigInvalid, {{"detail", faults_}});
  }

 private:
  Config& config_;
  text::Language language_;
  std::string faults_;
};

std::optional<std::string> plain_text(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "on" : "off";
  if (value.is_number_integer()) return value.dump();
  return std::nullopt;
}

void take_file(Collector& collector, const Sources& sources) {
  if (sources.file_path.empty()) return;
  Json file;
  try {
    file = parse_json(sources.file_text);
  } catch (const ProblemError& error) {
    collector.fault(sources.file_path, "JSON", "server.fault.not_json", error.what());
    return;
  }
  if (!file.is_object()) {
    collector.fault(sources.file_path, "JSON", "server.fault.not_json", "");
    return;
  }
  Given given;
  for (const auto& [name, value] : file.items()) {
    if (const auto text = plain_text(value))
      given[name] = *text;
    else
      collector.fault(sources.file_path, name, "server.fault.type", value.dump());
  }
  collector.take(given, sources.file_path);
}

/// What the settings of e-mail need of each other.
void check_mail(Collector& collector, const Config& config, text::Language language) {
  const auto origin = text::get(language, "server.origin.together");
  const bool wanted = !config.mail_daily_to.empty() || !config.mail_weekly_to.empty();
  if (config.mail_server.empty()) {
    if (wanted) collector.fault(origin, "mail_server", "server.fault.mail_needs_server", "");
    return;
  }
  if (config.mail_from.empty()) collector.fault(origin, "mail_from", "server.fault.mail_needs_from", "");
  if (config.mail_user.empty() != config.mail_password_file.empty())
    collector.fault(origin, config.mail_user.empty() ? "mail_user" : "mail_password_file",
                    "server.fault.mail_needs_both", "");
  // A password and people's names do not cross a network in the open.
  if (config.mail_security == "none" && !is_loopback(config.mail_server))
    collector.fault(origin, "mail_security", "server.fault.mail_open", config.mail_server);
}

}  // namespace

std::span<const Setting> settings() {
  static const std::vector<Setting> all{
      text_setting("data", &Config::data, false),
      text_setting("listen", &Config::listen, false),
      number_setting("port", &Config::port, 0, 65535),
      switch_setting("tls", &Config::tls),
      text_setting("certificate", &Config::certificate),
      text_setting("key", &Config::key),
      text_setting("names", &Config::names),
      text_setting("organisation", &Config::organisation, false),
      text_setting("zone", &Config::zone, false),
      word_setting("log_level", &Config::log_level, {"debug", "info", "warning", "error", "off"}, "server.fault.level"),
      text_setting("log_file", &Config::log_file),
      switch_setting("public_metrics", &Config::public_metrics),
      number_setting("workers", &Config::workers, 0, 256),
      number_setting("attachment_mb", &Config::attachment_mb, 1, 4096),
      number_setting("attachment_quota_mb", &Config::attachment_quota_mb, 1, 10'000'000),
      number_setting("upload_hours", &Config::upload_hours, 1, 8760),
      read_setting("mail_server", &Config::mail_server, is_mail_server, "server.fault.mail_server"),
      word_setting("mail_security", &Config::mail_security, {"starttls", "tls", "none"}, "server.fault.mail_security"),
      text_setting("mail_user", &Config::mail_user),
      text_setting("mail_password_file", &Config::mail_password_file),
      text_setting("mail_ca", &Config::mail_ca),
      read_setting("mail_from", &Config::mail_from, mail::parse_address, "server.fault.mail_address"),
      word_setting("mail_language", &Config::mail_language, {"ru", "en"}, "server.fault.mail_language"),
      read_setting("mail_daily_to", &Config::mail_daily_to, mail::parse_recipients, "server.fault.mail_address"),
      read_setting("mail_weekly_to", &Config::mail_weekly_to, mail::parse_recipients, "server.fault.mail_address"),
      number_setting("mail_retry_seconds", &Config::mail_retry_seconds, 1, 3600),
      read_setting("mail_daily_at", &Config::mail_daily_at, mail::parse_time, "server.fault.mail_time"),
      read_setting("mail_weekly_at", &Config::mail_weekly_at, mail::parse_week_time, "server.fault.mail_week_time"),
  };
  return all;
}

std::string environment_name(std::string_view setting) {
  std::string name = "ANKETA_";
  for (const char c : setting) name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return name;
}

std::string flag_name(std::string_view setting) {
  std::string name = "--";
  for (const char c : setting) name += c == '_' ? '-' : c;
  return name;
}

Config make_config(const Sources& sources, text::Language language) {
  Config config;
  Collector collector(config, language);
  take_file(collector, sources);
  collector.take(sources.environment, text::get(language, "server.origin.environment"));
  collector.take(sources.flags, text::get(language, "server.origin.flags"));
  if (config.certificate.empty() != config.key.empty())
    collector.fault(text::get(language, "server.origin.together"), config.key.empty() ? "key" : "certificate",
                    "server.fault.pair", "");
  check_mail(collector, config, language);
  collector.finish();
  return config;
}

Json to_json(const Config& config) {
  Json json = Json::object();
  for (const auto& setting : settings()) json[std::string(setting.name)] = setting.get(config);
  return json;
}

}  // namespace anketa::server
