// Takes messages from the outbox to the mail server, one attempt at a time, each step noted durably (R16).
//
// Exactly once, as far as SMTP allows: a message has one id for ever; "sending" is noted before the attempt, and
// "handing_over" before the end of the message goes out. A process that is killed before that note has delivered
// nothing, and the message goes out again; one that is killed after "sent" is done. Between the two lies the time in
// which the mail server answers for the message. Who is killed there cannot know, so the message is sent again, with
// the same Message-ID, by which mail servers and programs know it for the same: better twice than never.
// Thread safety: one thread.
#pragma once

#include "sync-server/mail/mail_settings.hpp"
#include "sync-server/store/mail_store.hpp"

namespace anketa::server::mail {

/// How long after an attempt that failed the next one comes: `first`, then 5, 15, 30 and 60 times as much.
Instant pause_after(int attempts, Instant first);
/// After so long a message is given up; it stays, and can be sent again by hand.
inline constexpr Instant give_up_after = 48LL * 60 * 60 * 1000;

class MailSender {
 public:
  MailSender(MailStore& store, const MailSettings& settings) : store_(store), settings_(settings) {}

  /// Sends what is due. Gives how many messages were tried.
  int send_due(Environment& environment, const std::atomic<bool>& stop);
  /// One attempt with one message, which is in the outbox.
  MailRow attempt(MailRow row, Environment& environment, const std::atomic<bool>& stop);

 private:
  MailStore& store_;
  const MailSettings& settings_;
};

}  // namespace anketa::server::mail
