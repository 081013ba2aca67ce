#include "sync-server/mail/mail_sender.hpp"

#include <algorithm>
#include <array>

#include "sync-server/system/log.hpp"

namespace anketa::server::mail {
namespace {

constexpr std::size_t longest_problem = 300;

/// What a mail server says goes into lists and logs: short, and without line breaks.
std::string short_words(std::string text) {
  for (auto& c : text)
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  if (text.size() > longest_problem) text.resize(longest_problem);
  return text;
}

void note_failure(MailRow& row, const SmtpOutcome& outcome, Instant now, Instant retry) {
  row.problem = short_words(outcome.detail);
  const bool late = now - row.created_at > give_up_after;
  row.state = outcome.taken == Taken::Refused || late ? MailState::Failed : MailState::Queued;
  row.next_at = now + pause_after(row.attempts, retry);
}

}  // namespace

Instant pause_after(int attempts, Instant first) {
  constexpr std::array<Instant, 5> pauses{1, 5, 15, 30, 60};
  const auto place = std::clamp<std::size_t>(static_cast<std::size_t>(std::max(attempts, 1)) - 1, 0, pauses.size() - 1);
  return pauses[place] * first;
}

MailRow MailSender::attempt(MailRow row, Environment& environment, const std::atomic<bool>& stop) {
  row.state = MailState::Sending;
  ++row.attempts;
  // Should the process end now, the message is tried again, but not in haste.
  row.next_at = environment.now() + pause_after(row.attempts, settings_.retry);
  store_.note(row);
  const auto before_end = [&] {
    row.state = MailState::HandingOver;
    store_.note(row);
  };
  const auto outcome =
      send_mail(settings_.server, {settings_.from.mailbox, row.recipient, row.content}, before_end, stop);
  if (outcome.taken == Taken::Yes) {
    row.state = MailState::Sent;
    row.sent_at = environment.now();
    row.problem.clear();
  } else {
    note_failure(row, outcome, environment.now(), settings_.retry);
  }
  store_.note(row);
  return row;
}

int MailSender::send_due(Environment& environment, const std::atomic<bool>& stop) {
  int tried = 0;
  while (!stop) {
    auto row = store_.due(environment.now());
    if (!row) break;
    const auto done = attempt(std::move(*row), environment, stop);
    ++tried;
    // No addresses and no texts in the log.
    if (done.state == MailState::Sent)
      log::info("mail.sent", {{"kind", done.kind}, {"id", done.id.text()}, {"attempts", done.attempts}});
    else
      log::warning("mail.not_sent", {{"kind", done.kind},
                                     {"id", done.id.text()},
                                     {"attempts", done.attempts},
                                     {"given_up", done.state == MailState::Failed}});
  }
  return tried;
}

}  // namespace anketa::server::mail
