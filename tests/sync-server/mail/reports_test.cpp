// When reports are due, what they cover, and that each is made once (R16).
#include <catch2/catch_test_macros.hpp>

#include "sync-server/mail/composer.hpp"
#include "sync-server/mail/mail_sender.hpp"
#include "sync-server/mail/mail_service.hpp"
#include "sync-server/mail/message/report_letters.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_environment.hpp"

using namespace anketa;
using namespace anketa::server;
using namespace anketa::server::mail;

namespace {

const reports::OrgCalendar moscow("Europe/Moscow");

/// A moment in Moscow.
Instant at(const char* day, int hour, int minute = 0) {
  return moscow.start_of(programme::parse_day(day).value()) + (hour * 60 + minute) * 60'000LL;
}

std::string day(const Occasion& occasion) {
  return programme::day_text(occasion.day);
}

struct Room {
  anketa::test::TemporaryFolder folder;
  anketa::test::TestEnvironment environment;
  std::unique_ptr<Store> store = open_sqlite_store({folder.path().string(), 2, true}, environment);
  MailSettings settings;
  std::unique_ptr<Composer> composer;

  Room() {
    settings.server.host = "localhost";
    settings.from = {"Анкета", "anketa@firma.example"};
    settings.daily_to = parse_recipients("anna@firma.example, john@firma.example en").value();
    composer = std::make_unique<Composer>(*store, settings, "Пример", "Europe/Moscow");
  }
  void set_now(Instant now) { environment.advance(now - environment.now()); }
};

}  // namespace

TEST_CASE("The daily report is due on working days, the agenda on its day of the week, in the organisation's zone") {
  const Schedule schedule;
  const auto daily = [&](Instant now) { return latest(ReportKind::Daily, schedule, moscow, now); };
  CHECK(day(daily(at("2025-06-10", 18))) == "2025-06-10");
  CHECK(day(daily(at("2025-06-10", 17, 59))) == "2025-06-09");
  CHECK(day(daily(at("2025-06-15", 20))) == "2025-06-13");
  CHECK(day(next(ReportKind::Daily, schedule, moscow, at("2025-06-13", 18))) == "2025-06-16");
  CHECK(next(ReportKind::Daily, schedule, moscow, at("2025-06-10", 9)).due == at("2025-06-10", 18));
  CHECK(day(latest(ReportKind::Weekly, schedule, moscow, at("2025-06-15", 12))) == "2025-06-09");
  CHECK(day(next(ReportKind::Weekly, schedule, moscow, at("2025-06-09", 8))) == "2025-06-16");
}

TEST_CASE("A report is put into the outbox once for each recipient, whole, and goes on where the last one ended") {
  Room room;
  const auto now = at("2025-06-10", 18, 1);
  const Occasion first{programme::parse_day("2025-06-10").value(), at("2025-06-10", 18)};
  CHECK(room.composer->period_begin(ReportKind::Daily, first.due) == at("2025-06-09", 18));
  CHECK(room.composer->put(ReportKind::Daily, first, now) == 2);
  CHECK(room.composer->put(ReportKind::Daily, first, now + 5'000) == 0);
  const auto rows = room.store->mail().list(10);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].message_id != rows[1].message_id);
  CHECK(rows[0].day == "2025-06-10");
  const auto kept = room.store->mail().find(rows[1].id).value();
  CHECK(kept.content.find("Message-ID: <" + kept.message_id + ">") != std::string::npos);
  // After a weekend the report covers it.
  CHECK(room.composer->period_begin(ReportKind::Daily, at("2025-06-16", 18)) == first.due);
  // The second recipient's report of the same occasion covers the same time.
  CHECK(room.composer->period_begin(ReportKind::Daily, first.due) == at("2025-06-09", 18));
}

TEST_CASE("A daily report that covers more than a day says from when") {
  Room room;
  const auto head = [&](const char* since, text::Language language) {
    const auto letter = room.composer->letter(ReportKind::Daily, language, at(since, 18), at("2025-06-16", 18));
    return letter.subject + "\n" + letter.subtitle;
  };
  CHECK(head("2025-06-15", text::Language::English) ==
        "Service quality on 16 June 2025: 0 restored, 0 open\nDaily report for 16 June 2025");
  CHECK(head("2025-06-13", text::Language::English) ==
        "Service quality from 13 June 2025 to 16 June 2025: 0 restored, 0 open\n"
        "Daily report: all that came in from 13 June 2025 to 16 June 2025");
  CHECK(head("2025-06-13", text::Language::Russian).find("с 13\u00a0июня") != std::string::npos);
}

TEST_CASE("The outbox gives what is due, also what an interrupted attempt left, and nothing that is done") {
  Room room;
  const auto now = at("2025-06-10", 18);
  room.composer->put_now(ReportKind::Daily, now);
  auto& mail = room.store->mail();
  auto row = mail.due(now).value();
  row.state = MailState::HandingOver;
  row.attempts = 1;
  row.next_at = now + 60'000;
  mail.note(row);
  auto other = mail.due(now).value();
  CHECK(other.id != row.id);
  other.state = MailState::Sent;
  mail.note(other);
  CHECK_FALSE(mail.due(now));
  CHECK(mail.next_due() == now + 60'000);
  CHECK(mail.due(now + 60'000)->id == row.id);
  row.state = MailState::Failed;
  mail.note(row);
  CHECK_FALSE(mail.next_due());
}

TEST_CASE("Pauses between attempts grow to an hour") {
  CHECK(pause_after(1, 60'000) == 60'000);
  CHECK(pause_after(2, 60'000) == 5 * 60'000);
  CHECK(pause_after(9, 60'000) == 60 * 60'000);
}

TEST_CASE("Nobody at home: the message waits, with the reason, and is given up after two days") {
  Room room;
  room.settings.server.port = 1;  // nobody listens there
  room.settings.server.host = "127.0.0.1";
  room.composer->put_now(ReportKind::Daily, room.environment.now());
  const std::atomic<bool> stop = false;
  MailSender sender(room.store->mail(), room.settings);
  CHECK(sender.send_due(room.environment, stop) == 2);
  CHECK(sender.send_due(room.environment, stop) == 0);
  auto row = room.store->mail().list(1).front();
  CHECK(row.state == MailState::Queued);
  CHECK(row.attempts == 1);
  CHECK_FALSE(row.problem.empty());
  room.environment.advance(give_up_after + 1);
  sender.send_due(room.environment, stop);
  CHECK(room.store->mail().list(1).front().state == MailState::Failed);
}

TEST_CASE("A missed report is made up for once; one that a later report has told already is not") {
  Room room;
  room.settings.server.host = "127.0.0.1";
  room.settings.server.port = 1;  // nobody listens there
  MailService service(*room.store, room.environment, room.settings, "Пример", "Europe/Moscow");
  const auto reports = [&] {
    service.run_once();
    return room.store->mail().list(100).size();
  };
  room.set_now(at("2025-06-10", 9));
  REQUIRE(reports() == 2);  // Monday's, before it was known that mail is new here
  CHECK(room.store->mail().list(1).front().day == "2025-06-09");
  CHECK(reports() == 2);
  room.set_now(at("2025-06-13", 20));
  CHECK(reports() == 4);  // two were missed, the last is made up for
  CHECK(room.store->mail().list(1).front().day == "2025-06-13");
  room.set_now(at("2025-06-16", 17));
  room.composer->put_now(ReportKind::Daily, room.environment.now());
  CHECK(reports() == 6);
  room.set_now(at("2025-06-16", 18));
  CHECK(reports() == 8);
}

TEST_CASE("Dates as people write them") {
  const auto june = programme::parse_day("2025-06-05").value();
  CHECK(long_date(june, text::Language::Russian) == "5\u00a0июня 2025\u00a0г.");
  CHECK(long_date(june, text::Language::English) == "5 June 2025");
  CHECK(short_date(june, text::Language::Russian) == "05.06.2025");
  CHECK(short_date(june, text::Language::English) == "2025-06-05");
}
