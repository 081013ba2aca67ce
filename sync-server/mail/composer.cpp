#include "sync-server/mail/composer.hpp"

#include "shared/problem/problem.hpp"
#include "sync-server/mail/message/mime.hpp"
#include "sync-server/mail/message/report_letters.hpp"
#include "sync-server/reports/daily.hpp"

namespace anketa::server::mail {
namespace {

constexpr Instant minute = 60LL * 1000;
constexpr Instant day_length = 24 * 60 * minute;
/// A report looks back at most so far, however long none was sent.
constexpr Instant longest_period = 31 * day_length;

std::string two_digits(Instant value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

}  // namespace

Composer::Composer(Store& store, const MailSettings& settings, const std::string& organisation, const std::string& zone)
    : store_(store), settings_(settings), organisation_(organisation), calendar_(zone) {}

text::Language Composer::language_of(const Recipient& recipient) const {
  return recipient.language.empty() ? settings_.language : text::from_code(recipient.language);
}

std::string Composer::local_time(Instant instant, text::Language language) const {
  const auto minutes = (instant - calendar_.start_of(calendar_.day_of(instant))) / minute;
  return short_date(calendar_.day_of(instant), language) + " " + two_digits(minutes / 60) + ":" +
         two_digits(minutes % 60);
}

Letter Composer::letter(ReportKind kind, text::Language language, Instant since, Instant until) const {
  const LetterOptions options{language, organisation_, local_time(until, language)};
  Letter letter;
  store_.read([&](Reader& reader) {
    const auto tables = reports::load_tables(reader);
    letter = kind == ReportKind::Daily
                 ? daily_letter(reports::daily(reader, tables, calendar_, since, until), options)
                 : weekly_letter(reports::weekly(reader, tables, calendar_, since, until), options);
  });
  return letter;
}

Instant Composer::period_begin(ReportKind kind, Instant until) const {
  const auto last = store_.mail().period_end(id(kind), until);
  if (last == 0) return until - (kind == ReportKind::Daily ? day_length : 7 * day_length);
  return std::max(last, until - longest_period);
}

MailRow Composer::row(std::string kind, const Recipient& recipient, const Letter& letter, const Uuid& id,
                      Instant now) const {
  MailRow row;
  row.id = id;
  row.kind = std::move(kind);
  row.day = programme::day_text(calendar_.day_of(now));
  row.language = text::code(letter.language);
  row.recipient = recipient.address.mailbox;
  row.subject = letter.subject;
  const auto domain = settings_.from.mailbox.substr(settings_.from.mailbox.find('@') + 1);
  row.message_id = id.text() + "@" + domain;
  row.created_at = row.next_at = now;
  Message message;
  message.from = settings_.from;
  message.to = recipient.address;
  message.subject = letter.subject;
  message.message_id = row.message_id;
  message.date = now;
  message.offset_minutes = calendar_.offset_minutes(now);
  message.language = row.language;
  message.text = text_of(letter);
  message.html = html_of(letter);
  row.content = compose(message);
  return row;
}

int Composer::put(ReportKind kind, const Occasion& occasion, Instant now) const {
  return put_for_all(kind, programme::day_text(occasion.day), occasion, now);
}

int Composer::put_now(ReportKind kind, Instant now) const {
  return put_for_all(kind, "now:" + std::to_string(now), {calendar_.day_of(now), now}, now);
}

int Composer::put_for_all(ReportKind kind, const std::string& name, const Occasion& occasion, Instant now) const {
  const auto& recipients = kind == ReportKind::Daily ? settings_.daily_to : settings_.weekly_to;
  HistoryState history;
  store_.read([&](Reader& reader) { history = reader.history(); });
  const auto day = programme::day_text(occasion.day);
  const auto since = period_begin(kind, occasion.due);
  std::vector<MailRow> rows;
  for (const auto& recipient : recipients) {
    const auto occasion_id =
        Uuid::derived(history.server, "mail:" + std::string(id(kind)) + ":" + name + ":" + recipient.address.mailbox);
    if (store_.mail().find(occasion_id)) continue;
    auto made = row(std::string(id(kind)), recipient, letter(kind, language_of(recipient), since, occasion.due),
                    occasion_id, now);
    made.day = day;
    made.period_end = occasion.due;
    rows.push_back(std::move(made));
  }
  return rows.empty() ? 0 : store_.mail().put(rows);
}

MailRow Composer::put_again(const Uuid& id, Instant now) const {
  auto kept = store_.mail().find(id);
  if (!kept) throw ProblemError(ProblemCode::RecordNotFound, {}, id.text());
  auto again = *kept;
  again.id = Uuid::derived(id, "again:" + std::to_string(now));
  again.message_id = again.id.text() + kept->message_id.substr(kept->message_id.find('@'));
  const auto place = again.content.find("<" + kept->message_id + ">");
  if (place != std::string::npos)
    again.content.replace(place, kept->message_id.size() + 2, "<" + again.message_id + ">");
  again.state = MailState::Queued;
  again.attempts = 0;
  again.created_at = again.next_at = now;
  again.sent_at = 0;
  again.problem.clear();
  store_.mail().put({again});
  return again;
}

MailRow Composer::test_message(const Recipient& recipient, Instant now) const {
  const auto language = language_of(recipient);
  return row("test", recipient, test_letter({language, organisation_, local_time(now, language)}),
             Uuid::derived(Uuid(), "mail test " + std::to_string(now) + recipient.address.mailbox), now);
}

}  // namespace anketa::server::mail
