// Reports as messages in the outbox: composed once, for one recipient each, and kept.
//
// Thread safety: const and free of state that changes.
#pragma once

#include "sync-server/mail/mail_settings.hpp"
#include "sync-server/mail/message/letter.hpp"
#include "sync-server/mail/schedule.hpp"
#include "sync-server/store/mail_store.hpp"
#include "sync-server/store/store.hpp"

namespace anketa::server::mail {

class Composer {
 public:
  Composer(Store& store, const MailSettings& settings, const std::string& organisation, const std::string& zone);

  /// The report of what reached the server in [since, until), as a letter.
  Letter letter(ReportKind kind, text::Language language, Instant since, Instant until) const;
  /// From where a report that ends at that moment begins: where the last one sent ended, at most a month back; the
  /// first one covers a day, or a week.
  Instant period_begin(ReportKind kind, Instant until) const;

  /// Puts the report of an occasion into the outbox, once for each recipient; what is there already stays. Gives how
  /// many messages were new.
  int put(ReportKind kind, const Occasion& occasion, Instant now) const;
  /// The report of what there is since the last one, at once and out of turn; the next one goes on from here.
  int put_now(ReportKind kind, Instant now) const;
  /// A kept message once more, with a Message-ID of its own. Throws ProblemError(RecordNotFound).
  MailRow put_again(const Uuid& id, Instant now) const;
  /// A message that shows that mail arrives; not put anywhere.
  MailRow test_message(const Recipient& recipient, Instant now) const;

  const reports::OrgCalendar& calendar() const { return calendar_; }

 private:
  int put_for_all(ReportKind kind, const std::string& name, const Occasion& occasion, Instant now) const;
  MailRow row(std::string kind, const Recipient& recipient, const Letter& letter, const Uuid& id, Instant now) const;
  text::Language language_of(const Recipient& recipient) const;
  std::string local_time(Instant instant, text::Language language) const;

  Store& store_;
  const MailSettings& settings_;
  std::string organisation_;
  reports::OrgCalendar calendar_;
};

}  // namespace anketa::server::mail
