// What a person asks of the mail: what went out and what is to come, a report as it would be now, and sending one out
// of turn or once more (R16).
//
// Thread safety: all calls may come from any thread.
#pragma once

#include "sync-server/mail/composer.hpp"

namespace anketa::server::mail {

/// A message of the outbox as programs read it, without its text.
Json to_json(const MailRow& row);

/// Throws ProblemError(InvalidValue) for what is neither "daily" nor "weekly".
ReportKind report_kind(std::string_view name);

class MailDesk {
 public:
  MailDesk(Store& store, Environment& environment, MailSettings settings, const std::string& organisation,
           const std::string& zone);

  /// {"on", "server", "from", "waiting", "failed", "reports": [{"kind", "recipients", "next_at", "last_at"}]}
  Json state() const;
  /// {"items"}, the newest first, at most so many.
  Json letters(int limit) const;
  /// One letter whole, as it went out. Throws ProblemError(RecordNotFound).
  MailRow letter(const Uuid& id) const;
  /// A report of what there is since the last one, as plain values: {"subject", "title", "subtitle", "figures",
  /// "sections", "footer", "since", "until"}.
  Json preview(ReportKind kind, text::Language language) const;
  /// Puts a report into the outbox at once: {"messages"}. Throws ProblemError(ConfigInvalid) where no mail is set up.
  Json send(ReportKind kind, text::Language language) const;
  /// Puts a letter there once more.
  Json send_again(const Uuid& id) const;

 private:
  Store& store_;
  Environment& environment_;
  const MailSettings settings_;
  Composer composer_;
};

}  // namespace anketa::server::mail
