// Reports by e-mail: looked at before they go, listed, sent once more, and a test of the way to the mail server.
#include <iostream>

#include "shared/system/system_environment.hpp"
#include "sync-server/mail/mail_desk.hpp"
#include "sync-server/mail/smtp.hpp"
#include "sync-server/system/files.hpp"
#include "tools/server/commands.hpp"
#include "tools/terminal/terminal.hpp"

namespace anketa::server::program {
namespace {

/// The outbox and what composes for it.
struct MailRoom {
  explicit MailRoom(const Setup& setup)
      : store(open_sqlite_store({setup.config.data, 2, false}, environment)),
        settings(mail::mail_settings(setup.config)),
        composer(*store, settings, setup.config.organisation, setup.config.zone) {}

  SystemEnvironment environment;
  std::unique_ptr<Store> store;
  const mail::MailSettings settings;
  mail::Composer composer;
};

std::string word(const Setup& setup, const std::string& key, const text::Arguments& arguments = {}) {
  return text::get(setup.language, "server.mail." + key, arguments);
}

}  // namespace

void mail_preview(const Setup& setup, const MailArguments& arguments) {
  MailRoom room(setup);
  const auto kind = mail::report_kind(arguments.kind);
  const auto now = room.environment.now();
  auto since = room.composer.period_begin(kind, now);
  if (!arguments.since.empty()) {
    const auto day = programme::parse_day(arguments.since);
    if (!day) throw ProblemError(ProblemCode::InvalidValue, {{"value", arguments.since}}, "--since");
    since = room.composer.calendar().start_of(*day);
  }
  const auto language = arguments.language.empty() ? room.settings.language : text::from_code(arguments.language);
  const auto letter = room.composer.letter(kind, language, since, now);
  if (!arguments.html_file.empty()) write_private_file(arguments.html_file, mail::html_of(letter));
  if (setup.json) {
    std::cout
        << Json{{"subject", letter.subject}, {"text", mail::text_of(letter)}, {"html", mail::html_of(letter)}}.dump()
        << "\n";
  } else if (!arguments.html_file.empty()) {
    std::cout << word(setup, "written", {{"path", arguments.html_file}}) << "\n";
  } else {
    std::cout << letter.subject << "\n\n" << mail::text_of(letter);
  }
}

void mail_send(const Setup& setup, const std::string& kind) {
  MailRoom room(setup);
  if (!room.settings.is_on())
    throw ProblemError(ProblemCode::ConfigInvalid, {{"detail", word(setup, "off")}}, "mail_server");
  const auto added = room.composer.put_now(mail::report_kind(kind), room.environment.now());
  if (setup.json)
    std::cout << Json{{"messages", added}}.dump() << "\n";
  else
    std::cout << word(setup, "composed", {{"count", std::to_string(added)}}) << "\n";
}

void mail_list(const Setup& setup, int limit) {
  MailRoom room(setup);
  const auto rows = room.store->mail().list(limit);
  if (setup.json) {
    Json all = Json::array();
    for (const auto& row : rows) all.push_back(mail::to_json(row));
    std::cout << all.dump() << "\n";
    return;
  }
  if (rows.empty()) {
    std::cout << word(setup, "none") << "\n";
    return;
  }
  const auto heading = [&](const char* key) { return text::get(setup.language, std::string("server.table.") + key); };
  cli::Table table({heading("day"), heading("kind"), heading("recipient"), heading("state"), heading("when"),
                    heading("problem"), "id"});
  for (const auto& row : rows)
    table.row(
        {row.day, word(setup, "kind." + row.kind), row.recipient, word(setup, "state." + std::string(id(row.state))),
         row.state == MailState::Sent ? format_instant(row.sent_at) : "", cli::harmless(row.problem), row.id.text()});
  table.print(cli::Terminal());
}

void mail_resend(const Setup& setup, const std::string& message) {
  MailRoom room(setup);
  const auto id = Uuid::parse(message);
  if (!id) throw ProblemError(ProblemCode::InvalidValue, {{"value", message}}, "id");
  const auto again = room.composer.put_again(*id, room.environment.now());
  if (setup.json)
    std::cout << mail::to_json(again).dump() << "\n";
  else
    std::cout << word(setup, "queued", {{"id", again.id.text()}}) << "\n";
}

void mail_test(const Setup& setup, const std::string& to) {
  MailRoom room(setup);
  if (!room.settings.is_on())
    throw ProblemError(ProblemCode::ConfigInvalid, {{"detail", word(setup, "off")}}, "mail_server");
  const auto recipients = mail::parse_recipients(to);
  if (!recipients || recipients->size() != 1) throw ProblemError(ProblemCode::InvalidValue, {{"value", to}}, "to");
  const auto row = room.composer.test_message(recipients->front(), room.environment.now());
  const std::atomic<bool> stop = false;
  const auto outcome = mail::send_mail(
      room.settings.server, {room.settings.from.mailbox, row.recipient, row.content}, [] {}, stop);
  if (outcome.taken != mail::Taken::Yes)
    throw ProblemError(
        ProblemCode::ConfigInvalid,
        {{"detail", word(setup, "not_taken", {{"server", setup.config.mail_server}, {"answer", outcome.detail}})}});
  if (setup.json)
    std::cout << Json{{"to", row.recipient}, {"message_id", row.message_id}, {"answer", outcome.detail}}.dump() << "\n";
  else
    std::cout << word(setup, "taken", {{"to", row.recipient}, {"answer", outcome.detail}}) << "\n";
}

}  // namespace anketa::server::program
