// What the interview shows.
#include <algorithm>

#include "tools/anketa/interview/interview.hpp"

namespace anketa::cli {

using form::QuestionView;
using form::RowType;

void InterviewScreen::show_section(const std::string& name) {
  for (const auto& section : session().sections()) {
    if (section.name != name) continue;
    const auto& terminal = app_.terminal;
    auto title = section.number + ". " + harmless(section.label);
    if (section.minutes > 0) title += "  " + app_.counted("fill.minutes", static_cast<std::uint64_t>(section.minutes));
    terminal.line();
    terminal.line(terminal.styled(title, Style::Bold));
    std::string rule;
    for (std::size_t i = 0; i < std::min<std::size_t>(width_of(title), terminal.columns()); ++i) rule += "─";
    terminal.line(terminal.styled(rule, Style::Dim));
  }
}

void InterviewScreen::show(const QuestionView& question) {
  const auto& terminal = app_.terminal;
  const auto room = std::max<std::size_t>(terminal.columns(), 40) - 4;
  std::string label = question.number.empty() ? std::string() : question.number + "  ";
  // A list item's questions stand under its name.
  if (const auto slash = question.path.rfind('/'); slash != std::string::npos) {
    const auto item = question.path.substr(0, slash);
    for (const auto& each : session().items(item.substr(0, item.find('/'))))
      if (each.path == item) label = harmless(each.label) + " · ";
  } else if (!question.group_label.empty()) {
    label += harmless(question.group_label) + ": ";
  }
  label += harmless(question.label);
  if (question.required) label += " *";
  terminal.line();
  for (const auto& line : wrapped(label, room))
    terminal.line(terminal.styled(line, question.type == RowType::Note ? Style::Plain : Style::Bold));
  if (!question.hint.empty())
    for (const auto& line : wrapped(harmless(question.hint), room))
      terminal.line("   " + terminal.styled(line, Style::Dim));
  if (question.type == RowType::Repeat) show_items(question);
  if (question.type == RowType::SelectOne || question.type == RowType::SelectMultiple) show_choices(question);
  if (question.range)
    terminal.line("   " + terminal.styled(
                              app_.say("fill.range", {{"from", std::to_string(static_cast<int>(question.range->start))},
                                                      {"to", std::to_string(static_cast<int>(question.range->end))}}),
                              Style::Dim));
  if (question.answered && question.type != RowType::Repeat)
    terminal.line("   " + app_.say("fill.now", {{"value", harmless(question.value_text)}}));
  for (const auto& warning : question.warnings)
    terminal.line(terminal.styled("! " + harmless(warning), Style::Warning));
}

void InterviewScreen::show_choices(const QuestionView& question) {
  std::vector<std::string> choices;
  std::size_t total = 0;
  for (std::size_t i = 0; i < question.choices.size(); ++i) {
    const auto& choice = question.choices[i];
    auto text = std::to_string(i + 1) + ") " + harmless(choice.label);
    if (choice.selected) text = app_.terminal.styled(text + " ✓", Style::Good);
    total += width_of(harmless(choice.label)) + 7;
    choices.push_back(std::move(text));
  }
  const bool one_line = total + 3 < app_.terminal.columns();
  std::string line = "   ";
  for (const auto& choice : choices) {
    if (one_line)
      line += choice + "   ";
    else
      app_.terminal.line("   " + choice);
  }
  if (one_line) app_.terminal.line(line);
}

void InterviewScreen::show_items(const QuestionView& question) {
  for (const auto& item : question.items)
    app_.terminal.line("   " + std::to_string(item.position) + ") " + harmless(item.label));
  app_.terminal.line("   " + app_.terminal.styled(app_.say("fill.repeat_how"), Style::Dim));
}

void InterviewScreen::show_sections() {
  Table table({app_.say("fill.section"), "", app_.say("fill.answered"), app_.say("fill.missing")});
  table.align_right(2);
  table.align_right(3);
  for (const auto& section : session().sections()) {
    if (!section.relevant && !section.locked) continue;
    const auto answered = std::to_string(section.answered) + "/" + std::to_string(section.total);
    table.row({section.number, harmless(section.label), section.locked ? app_.say("fill.locked") : answered,
               section.missing > 0 ? std::to_string(section.missing) : ""});
  }
  table.print(app_.terminal);
}

void InterviewScreen::show_gaps() {
  const auto gaps = session().missing();
  if (gaps.empty()) return app_.terminal.line(app_.say("fill.no_gaps"));
  app_.terminal.line(app_.say("fill.gaps"));
  int number = 0;
  for (const auto& gap : gaps)
    app_.terminal.line("  " + std::to_string(++number) + ") " + (gap.number.empty() ? "" : gap.number + " ") +
                       harmless(gap.label) + ": " + harmless(gap.message));
}

void InterviewScreen::show_end(const form::FinishOutcome& outcome) {
  app_.terminal.line();
  if (outcome.status == form::FillStatus::Paused) {
    app_.terminal.line(app_.terminal.styled(app_.say("fill.paused"), Style::Warning));
    app_.terminal.line(app_.say("fill.paused_next"));
  } else {
    app_.terminal.line(app_.terminal.styled(app_.say("fill.complete"), Style::Good));
  }
  app_.terminal.line(app_.say("fill.goes_with_sync"));
}

}  // namespace anketa::cli
