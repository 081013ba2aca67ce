// How e-mail is sent, to whom and when: the settings "mail_…" as typed values.
#pragma once

#include <vector>

#include "sync-server/config/config.hpp"
#include "sync-server/mail/message/address.hpp"
#include "sync-server/mail/schedule.hpp"
#include "sync-server/mail/smtp.hpp"

namespace anketa::server::mail {

struct MailSettings {
  SmtpServer server;
  Address from;
  text::Language language = text::Language::Russian;
  std::vector<Recipient> daily_to, weekly_to;
  Schedule schedule;
  /// Pause after the first attempt that failed.
  Instant retry = 60'000;

  /// Whether anything is to be sent at all.
  bool is_on() const { return !server.host.empty(); }
};

/// Of settings that make_config() has found right. Reads the password's file: throws ProblemError(FileUnreadable,
/// ConfigInvalid).
MailSettings mail_settings(const Config& config);

}  // namespace anketa::server::mail
