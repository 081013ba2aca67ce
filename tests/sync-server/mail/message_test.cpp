// Messages as text: addresses, headers, MIME, and letters in their two faces (R16).
#include <catch2/catch_test_macros.hpp>
#include <sstream>

#include "sync-server/mail/message/letter.hpp"
#include "sync-server/mail/message/mime.hpp"
#include "sync-server/mail/message/report_letters.hpp"
#include "sync-server/mail/message/times.hpp"

using namespace anketa;
using namespace anketa::server::mail;

namespace {

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> all;
  std::size_t at = 0;
  for (auto end = text.find("\r\n"); end != std::string::npos; end = text.find("\r\n", at)) {
    all.push_back(text.substr(at, end - at));
    at = end + 2;
  }
  CHECK(at == text.size());
  return all;
}

Message message() {
  Message made;
  made.from = {"Анкета", "anketa@firma.example"};
  made.to = {"", "anna@firma.example"};
  made.subject = "Качество";
  made.message_id = "1@firma.example";
  made.date = 1'749'567'600'000;
  made.offset_minutes = 180;
  made.language = "ru";
  made.text = "текст\n";
  made.html = "<p>текст</p>\n";
  return made;
}

}  // namespace

TEST_CASE("Addresses are read with a name, without one, and with a language behind them") {
  CHECK(parse_address("anna@firma.example")->mailbox == "anna@firma.example");
  CHECK(parse_address(" Анна <anna@firma.example> ")->name == "Анна");
  CHECK(parse_address("\"Anna, lead\" <a@b.c>")->name == "Anna, lead");
  for (const auto* wrong : {"", "anna", "@b.c", "a@", "a b@c.d", "a@b c", "<a@b.c", "a@b.c>", "анна@b.c",
                            "a@b.c\r\nRCPT TO:<x@y.z>", "a@b.c, d@e.f"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_address(wrong));
  }
  const auto all = parse_recipients("Анна <a@b.c>, john@d.e en,x@y.z ru ");
  REQUIRE(all);
  REQUIRE(all->size() == 3);
  CHECK((*all)[0].language.empty());
  CHECK((*all)[1].address.mailbox == "john@d.e");
  CHECK((*all)[1].language == "en");
  CHECK((*all)[2].language == "ru");
  CHECK(parse_recipients("")->empty());
  CHECK_FALSE(parse_recipients("a@b.c, wrong"));
}

TEST_CASE("Times of day and of the week") {
  CHECK(parse_time("18:05") == 18 * 60 + 5);
  for (const auto* wrong : {"24:00", "7:00", "07:60", "0700", "07:0x", ""}) CHECK_FALSE(parse_time(wrong));
  CHECK(parse_week_time("wed 08:00")->weekday == 2);
  for (const auto* wrong : {"wednesday 08:00", "08:00", "wed 8:00", "ср 08:00"}) CHECK_FALSE(parse_week_time(wrong));
}

TEST_CASE("A message is ASCII, in short lines, and the same every time") {
  auto long_subject = message();
  for (int i = 0; i < 20; ++i) long_subject.subject += " восстановлено у клиента ёлки";
  const auto bytes = compose(long_subject);
  CHECK(bytes == compose(long_subject));
  for (const auto& line : lines(bytes)) {
    CHECK(line.size() <= 78);
    CHECK(std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c <= '~'; }));
  }
  CHECK(bytes.find("Date: Tue, 10 Jun 2025 18:00:00 +0300\r\n") != std::string::npos);
  CHECK(bytes.find("Message-ID: <1@firma.example>\r\n") != std::string::npos);
  CHECK(bytes.find("Content-Type: multipart/alternative;\r\n boundary=") != std::string::npos);
  CHECK(bytes.find("text/plain") < bytes.find("text/html"));
}

TEST_CASE("Nobody breaks out of a header") {
  auto bad = message();
  bad.subject = "a\r\nBcc: x@y.z\r\n\r\nbody";
  bad.from.name = "b\"\r\nBcc: x@y.z";
  for (const auto& line : lines(compose(bad))) CHECK_FALSE(line.starts_with("Bcc"));
}

TEST_CASE("RFC 2047: words of whole characters, at most 75 long") {
  const auto words = encoded_words("Ежедневный отчёт: качество услуг за 10 июня 2025 г., подробно", 9);
  std::stringstream stream(words);
  for (std::string word; stream >> word;) {
    CHECK(word.size() <= 75);
    CHECK(word.starts_with("=?UTF-8?B?"));
    CHECK(word.ends_with("?="));
  }
  CHECK(encoded_words("plain ASCII", 9) == "plain ASCII");
  CHECK(encoded_words("=?looks encoded?=", 9).starts_with("=?UTF-8?B?"));
}

TEST_CASE("A letter escapes what people typed, and leaves out sections without anything") {
  Letter letter;
  letter.subject = letter.title = "<b>Тема</b>";
  letter.organisation = "A & B";
  letter.figures = {{"открыто", "3", Tone::Bad}};
  Section section;
  section.heading = "Клиенты";
  section.columns = {"Клиент", "Что сказал"};
  section.rows = {{Cell{"<script>alert(1)</script>", "", Tone::Plain}, Cell{"\"хорошо\"", "потом", Tone::Good}}};
  letter.sections = {section, Section{}};
  const auto html = html_of(letter);
  CHECK(html.find("<script>") == std::string::npos);
  CHECK(html.find("&lt;script&gt;") != std::string::npos);
  CHECK(html.find("A &amp; B") != std::string::npos);
  CHECK(html.find("http") == std::string::npos);
  // On a phone a row is a card, and each cell but the first stands behind its column's heading.
  CHECK(html.find("@media (max-width:600px)") != std::string::npos);
  CHECK(html.find("class=\"label\" style=\"display:none;mso-hide:all\">Что сказал: </span>&quot;хорошо") !=
        std::string::npos);
  const auto text = text_of(letter);
  CHECK(text.find("<script>alert(1)</script>") != std::string::npos);
  CHECK(text.find("Что сказал: \"хорошо\"; потом") != std::string::npos);
}

TEST_CASE("A report names the person who confirmed, and leaves his telephone out (R16, R60)") {
  programme::CaseLine line;
  line.row.company = "Ромашка";
  line.row.confirmed_by = "Иванов П. П., директор, +7 000 123-45-67";
  line.row.confirmed_how = "call";
  programme::DailyReport report{};
  report.restored = {line};
  for (const auto language : {text::Language::Russian, text::Language::English}) {
    const auto letter = daily_letter(report, {language, "Фирма", "10.06.2025 18:00"});
    for (const auto& shown : {text_of(letter), html_of(letter)}) {
      CHECK(shown.find("Иванов П. П., директор") != std::string::npos);
      CHECK(shown.find("123-45-67") == std::string::npos);
    }
  }
}
