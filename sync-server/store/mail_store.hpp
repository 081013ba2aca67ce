// The outbox of e-mails: each message whole, with its recipient, its state and what was tried.
//
// Model: one row a message and recipient. The id follows from the occasion ("the daily report of 2025-06-10 for
// anna@…"), so that putting it twice leaves the first; the text is composed once and never again. A message goes
// through queued → sending → handing_over → sent, each step durable before the next begins:
//   sending       an attempt is under way, but the mail server has not been given the end of the message: whatever
//                 happens now, it was not taken;
//   handing_over  the end of the message is on its way: until the answer is noted, nobody knows whether it was taken.
// Thread safety: all calls may come from any thread. A write returns when it is durable, and throws ProblemError.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/record/environment.hpp"
#include "shared/record/uuid.hpp"

namespace anketa::server {

enum class MailState { Queued, Sending, HandingOver, Sent, Failed };

/// "queued", "sending", "handing_over", "sent", "failed".
std::string_view id(MailState state);

struct MailRow {
  Uuid id;
  /// "daily", "weekly".
  std::string kind;
  /// The date it is of.
  std::string day;
  std::string language;
  std::string recipient;
  std::string subject;
  std::string message_id;
  /// What happened up to here is in it; the next report of the kind goes on from there.
  Instant period_end = 0;
  Instant created_at = 0;
  MailState state = MailState::Queued;
  int attempts = 0;
  /// Not before.
  Instant next_at = 0;
  Instant sent_at = 0;
  /// Why the last attempt failed, in the mail server's words; no addresses but the recipient's.
  std::string problem;
  /// The whole message; lists leave it out.
  std::string content;
};

class MailStore {
 public:
  virtual ~MailStore() = default;

  /// All of them in one step, so that a report reaches every recipient or is made again for all; what is there already
  /// stays. Gives how many were new.
  virtual int put(const std::vector<MailRow>& rows) = 0;
  virtual std::optional<MailRow> find(const Uuid& id) = 0;
  /// Newest first, without content.
  virtual std::vector<MailRow> list(int limit) = 0;
  /// When the last report of the kind before that moment ended its period; 0: there was none.
  virtual Instant period_end(std::string_view kind, Instant before) = 0;
  /// The message that is to be sent next, due by `now`: queued ones, and those an interrupted attempt has left.
  virtual std::optional<MailRow> due(Instant now) = 0;
  /// When the next message falls due; nullopt: nothing waits.
  virtual std::optional<Instant> next_due() = 0;
  /// Notes state, attempts, next_at, sent_at and problem.
  virtual void note(const MailRow& row) = 0;
};

}  // namespace anketa::server
