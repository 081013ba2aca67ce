#include "sync-server/mail/message/report_letters.hpp"

#include <algorithm>

namespace anketa::server::mail {
namespace {

using programme::CaseLine;
using Lines = std::vector<CaseLine>;
using Row = std::vector<Cell>;

/// Lines of a list before the rest is only counted: a letter is read, not scrolled.
constexpr std::size_t most_lines = 40;
constexpr std::int64_t minor_units = 100;

std::string two_digits(unsigned value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

/// Thousands apart by a narrow space; kopecks are left out.
std::string grouped(std::int64_t minor) {
  const auto digits = std::to_string((minor + minor_units / 2) / minor_units);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += "\u00a0";
    text += digits[i];
  }
  return text;
}

/// "Name, post, telephone" without the telephone: whoever reads a report has no need of it (R60).
std::string without_phone(const std::string& person) {
  const auto comma = person.rfind(',');
  if (comma == std::string::npos) return person;
  const auto digits = std::count_if(person.begin() + static_cast<std::ptrdiff_t>(comma), person.end(),
                                    [](char c) { return c >= '0' && c <= '9'; });
  return digits >= 5 ? person.substr(0, comma) : person;
}

class Writer {
 public:
  explicit Writer(const LetterOptions& options) : language_(options.language) {
    letter_.language = options.language;
    letter_.organisation = options.organisation;
    letter_.footer = say("footer", {{"at", options.made_at}});
  }

  std::string say(std::string_view key, const text::Arguments& arguments = {}) const {
    return text::get(language_, "mail." + std::string(key), arguments);
  }
  std::string counted(std::string_view key, std::int64_t count) const {
    return say(key, {{"count", std::to_string(count)}});
  }
  std::string date(const std::optional<programme::Day>& day) const {
    return day ? short_date(*day, language_) : std::string();
  }
  std::string full_date(programme::Day day) const { return long_date(day, language_); }

  void head(const std::string& kind, const text::Arguments& arguments) {
    letter_.subject = say(kind + ".subject", arguments);
    letter_.title = say(kind + ".title");
    letter_.subtitle = say(kind + ".subtitle", arguments);
  }

  void figure(std::string_view key, std::size_t value, Tone tone_if_any = Tone::Plain) {
    letter_.figures.push_back(
        {say("figure." + std::string(key)), std::to_string(value), value > 0 ? tone_if_any : Tone::Plain});
  }

  using Cells = Row (Writer::*)(const CaseLine&) const;
  void section(const std::string& key, Tone tone, std::initializer_list<const char*> columns, const Lines& lines,
               Cells cells) {
    auto made = begin(key, tone, columns);
    for (const auto& line : lines) {
      if (made.rows.size() == most_lines) break;
      made.rows.push_back((this->*cells)(line));
    }
    close(std::move(made), lines.size());
  }

  void bottlenecks(const std::vector<programme::Bottleneck>& all) {
    auto made = begin("bottlenecks", Tone::Plain, {"bottleneck", "cases", "cost", "profit", "payback"});
    for (const auto& each : all) made.rows.push_back(bottleneck(each));
    close(std::move(made), all.size());
  }

  // Rows, one function a kind of list.
  Row restored(const CaseLine& line) const {
    return {client(line), said(line.row.confirmed_by, line), days(line.row.age.value_or(0)), rep(line)};
  }
  Row refused(const CaseLine& line) const {
    auto who = line.row.contact.empty() ? say("unknown") : without_phone(line.row.contact);
    return {client(line), Cell{who, line.text, Tone::Plain}, state(line), due(line)};
  }
  Row to_call(const CaseLine& line) const {
    return {client(line), Cell{date(line.row.dates.fixed_on), {}, Tone::Plain}, due(line), rep(line)};
  }
  Row to_answer(const CaseLine& line) const {
    return {client(line), Cell{date(line.row.dates.called_on), {}, Tone::Plain}, due(line), rep(line)};
  }
  Row work(const CaseLine& line) const {
    return {client(line), Cell{line.text, {}, Tone::Plain}, Cell{line.user_name, {}, Tone::Plain}};
  }
  Row opened(const CaseLine& line) const {
    return {client(line), Cell{line.text, {}, Tone::Plain}, severity(line), due(line), rep(line)};
  }
  Row late(const CaseLine& line) const {
    auto over = days(line.row.overdue);
    over.tone = Tone::Bad;
    if (line.row.due) over.note = say("due_by", {{"date", date(line.row.due)}});
    return {client(line), over, state(line), severity(line), responsible(line)};
  }
  Row waiting(const CaseLine& line) const {
    return {client(line), state(line), due(line), severity(line), responsible(line)};
  }

  Letter take() && { return std::move(letter_); }

 private:
  Section begin(const std::string& key, Tone tone, std::initializer_list<const char*> columns) const {
    Section made;
    const auto place = "section." + key + ".";
    made.heading = say(place + "heading");
    made.tone = tone;
    if (text::has(language_, "mail." + place + "hint")) made.hint = say(place + "hint");
    if (text::has(language_, "mail." + place + "nothing")) made.nothing = say(place + "nothing");
    for (const auto* column : columns) made.columns.push_back(say("column." + std::string(column)));
    return made;
  }

  void close(Section made, std::size_t lines) {
    if (made.rows.empty()) made.tone = Tone::Plain;
    if (lines > made.rows.size())
      made.rows.push_back(
          {Cell{counted("more", static_cast<std::int64_t>(lines - made.rows.size())), {}, Tone::Plain}});
    letter_.sections.push_back(std::move(made));
  }

  Cell client(const CaseLine& line) const {
    Cell cell{line.row.company.empty() ? say("unknown") : line.row.company, {}, Tone::Plain};
    const auto& row = line.row;
    if (!row.place.empty()) cell.note = row.place;
    if (!row.cause.empty()) cell.note += (cell.note.empty() ? "" : ": ") + row.cause;
    return cell;
  }
  Cell said(const std::string& who, const CaseLine& line) const {
    Cell cell{who.empty() ? say("unknown") : without_phone(who), {}, Tone::Plain};
    if (!line.row.confirmed_how.empty()) cell.note = say("how." + line.row.confirmed_how);
    if (!line.text.empty()) cell.note += (cell.note.empty() ? "" : ": ") + line.text;
    return cell;
  }
  Cell days(int count) const { return {counted("days", count), {}, Tone::Plain}; }
  Cell rep(const CaseLine& line) const {
    return {line.row.rep_name.empty() ? say("nobody") : line.row.rep_name, {}, Tone::Plain};
  }
  Cell severity(const CaseLine& line) const {
    const auto& id = line.row.dates.severity;
    return {id.empty() ? say("unknown") : say("severity." + id), {}, id == "stops" ? Tone::Bad : Tone::Plain};
  }
  Cell state(const CaseLine& line) const {
    Cell cell{say("status." + line.row.dates.status), {}, Tone::Plain};
    if (line.row.reopenings > 0) cell.note = counted("times_reopened", line.row.reopenings);
    return cell;
  }
  Cell due(const CaseLine& line) const {
    return {date(line.row.due), {}, line.row.overdue > 0 ? Tone::Bad : Tone::Plain};
  }
  /// Who has the move: the service side, or the rep.
  Cell responsible(const CaseLine& line) const {
    const auto& name = line.row.turn == programme::Turn::Rep ? line.row.rep_name : line.row.service_name;
    return {name.empty() ? say("nobody") : name, {}, name.empty() ? Tone::Warning : Tone::Plain};
  }
  std::string money(std::int64_t minor) const {
    return minor > 0 ? say("money", {{"amount", grouped(minor)}}) : say("unknown");
  }
  Row bottleneck(const programme::Bottleneck& each) const {
    Cell payback{say("unknown"), {}, Tone::Plain};
    if (each.payback_tenths) {
      const auto tenths = *each.payback_tenths % 10;
      const std::string comma = language_ == text::Language::Russian ? "," : ".";
      payback.text = say("payback", {{"months", std::to_string(*each.payback_tenths / 10) +
                                                    (tenths > 0 ? comma + std::to_string(tenths) : "")}});
    }
    return {Cell{each.cause.empty() ? say("no_cause") : each.cause, each.place.empty() ? say("no_place") : each.place,
                 Tone::Plain},
            Cell{counted("cases", static_cast<std::int64_t>(each.cases.size())),
                 say("cases_open", {{"open", std::to_string(each.open)}}) + ", " + counted("clients", each.clients),
                 Tone::Plain},
            Cell{money(each.fix_cost), {}, Tone::Plain}, Cell{money(each.extra_profit_month), {}, Tone::Plain},
            std::move(payback)};
  }

  text::Language language_;
  Letter letter_;
};

}  // namespace

std::string long_date(programme::Day day, text::Language language) {
  const std::chrono::year_month_day date(day);
  const auto month = text::get(language, "mail.month." + std::to_string(static_cast<unsigned>(date.month())));
  return text::get(language, "mail.date",
                   {{"day", std::to_string(static_cast<unsigned>(date.day()))},
                    {"month", month},
                    {"year", std::to_string(static_cast<int>(date.year()))}});
}

std::string short_date(programme::Day day, text::Language language) {
  const std::chrono::year_month_day date(day);
  return text::get(language, "mail.short_date",
                   {{"day", two_digits(static_cast<unsigned>(date.day()))},
                    {"number", two_digits(static_cast<unsigned>(date.month()))},
                    {"year", std::to_string(static_cast<int>(date.year()))}});
}

Letter daily_letter(const programme::DailyReport& report, const LetterOptions& options) {
  Writer writer(options);
  // After a weekend, or a time without mail, it tells of more than a day.
  const bool longer = report.day - report.since > std::chrono::days(1);
  writer.head(longer ? "daily_longer" : "daily", {{"since", writer.full_date(report.since)},
                                                  {"date", writer.full_date(report.day)},
                                                  {"restored", std::to_string(report.restored.size())},
                                                  {"open", std::to_string(report.open)}});
  writer.figure("restored", report.restored.size(), Tone::Good);
  writer.figure("works", report.works.size());
  writer.figure("reported", static_cast<std::size_t>(report.reported_fixed));
  writer.figure("refused", report.refused.size(), Tone::Warning);
  writer.figure("opened", report.opened.size(), Tone::Warning);
  writer.figure("to_call", report.to_call.size() + report.to_answer.size());
  writer.figure("overdue", report.overdue.size(), Tone::Bad);
  writer.figure("open", static_cast<std::size_t>(report.open));
  writer.section("restored", Tone::Good, {"client", "said", "took", "rep"}, report.restored, &Writer::restored);
  writer.section("works", Tone::Plain, {"client", "work", "who"}, report.works, &Writer::work);
  writer.section("refused", Tone::Warning, {"client", "refused", "status", "due"}, report.refused, &Writer::refused);
  writer.section("to_call", Tone::Plain, {"client", "fixed", "due", "rep"}, report.to_call, &Writer::to_call);
  writer.section("to_answer", Tone::Plain, {"client", "called", "due", "rep"}, report.to_answer, &Writer::to_answer);
  writer.section("opened", Tone::Plain, {"client", "complaint", "severity", "due", "rep"}, report.opened,
                 &Writer::opened);
  writer.section("overdue", Tone::Bad, {"client", "late", "status", "severity", "responsible"}, report.overdue,
                 &Writer::late);
  return std::move(writer).take();
}

Letter weekly_letter(const programme::WeeklyAgenda& agenda, const LetterOptions& options) {
  Writer writer(options);
  writer.head("weekly", {{"since", writer.full_date(agenda.since)},
                         {"until", writer.full_date(agenda.until)},
                         {"open", std::to_string(agenda.open)},
                         {"overdue", std::to_string(agenda.overdue.size())}});
  const auto count = [](int value) { return static_cast<std::size_t>(value); };
  writer.figure("open", count(agenda.open));
  writer.figure("overdue", agenda.overdue.size(), Tone::Bad);
  writer.figure("on_agenda", count(agenda.on_agenda));
  writer.figure("opened", count(agenda.opened), Tone::Warning);
  writer.figure("restored", count(agenda.restored), Tone::Good);
  writer.figure("refused", count(agenda.refused), Tone::Warning);
  const std::initializer_list<const char*> waiting{"client", "status", "due", "severity", "responsible"};
  writer.section("overdue_weekly", Tone::Bad, {"client", "late", "status", "severity", "responsible"}, agenda.overdue,
                 &Writer::late);
  writer.section("refused_again", Tone::Warning, waiting, agenda.refused_again, &Writer::waiting);
  writer.section("not_accepted", Tone::Warning, waiting, agenda.not_accepted, &Writer::waiting);
  writer.section("with_clients", Tone::Plain, waiting, agenda.with_clients, &Writer::waiting);
  writer.section("due_soon", Tone::Plain, waiting, agenda.due_soon, &Writer::waiting);
  writer.bottlenecks(agenda.bottlenecks);
  auto letter = std::move(writer).take();
  // Points of an agenda have numbers.
  int point = 0;
  for (auto& section : letter.sections)
    if (!section.rows.empty() || !section.nothing.empty())
      section.heading = std::to_string(++point) + ". " + section.heading;
  return letter;
}

Letter test_letter(const LetterOptions& options) {
  Writer writer(options);
  writer.head("test", {});
  return std::move(writer).take();
}

}  // namespace anketa::server::mail
