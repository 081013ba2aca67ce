#include "sync-server/mail/mail_settings.hpp"

#include "sync-server/system/files.hpp"

namespace anketa::server::mail {
namespace {

Security security_of(const std::string& name) {
  if (name == "tls") return Security::Tls;
  return name == "none" ? Security::None : Security::StartTls;
}

int usual_port(Security security) {
  if (security == Security::Tls) return 465;
  return security == Security::None ? 25 : 587;
}

/// "smtp.firma.example:587" or "[::1]:25"; without a port, the usual one.
void put_address(SmtpServer& server, const std::string& text) {
  const auto colon = text.rfind(':');
  const bool has_port = colon != std::string::npos && text.find(']', colon) == std::string::npos &&
                        (text.front() == '[' || text.find(':') == colon);
  server.host = has_port ? text.substr(0, colon) : text;
  server.port = has_port ? std::stoi(text.substr(colon + 1)) : usual_port(server.security);
  if (!server.host.empty() && server.host.front() == '[') server.host = server.host.substr(1, server.host.size() - 2);
}

std::string first_line(const std::string& text) {
  auto line = text.substr(0, text.find('\n'));
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

}  // namespace

MailSettings mail_settings(const Config& config) {
  MailSettings settings;
  if (config.mail_server.empty()) return settings;
  settings.server.security = security_of(config.mail_security);
  put_address(settings.server, config.mail_server);
  settings.server.user = config.mail_user;
  settings.server.ca_file = config.mail_ca;
  if (!config.mail_password_file.empty()) settings.server.password = first_line(read_file(config.mail_password_file));
  settings.from = parse_address(config.mail_from).value_or(Address{});
  settings.language = text::from_code(config.mail_language);
  settings.daily_to = parse_recipients(config.mail_daily_to).value_or(std::vector<Recipient>{});
  settings.weekly_to = parse_recipients(config.mail_weekly_to).value_or(std::vector<Recipient>{});
  settings.retry = Instant{config.mail_retry_seconds} * 1000;
  settings.schedule.daily_minutes = parse_time(config.mail_daily_at).value_or(settings.schedule.daily_minutes);
  settings.schedule.weekly = parse_week_time(config.mail_weekly_at).value_or(settings.schedule.weekly);
  return settings;
}

}  // namespace anketa::server::mail
