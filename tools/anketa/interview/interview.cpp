#include "tools/anketa/interview/interview.hpp"

#include <cstdlib>

#include "tools/anketa/interview/places.hpp"
#include "tools/anketa/interview/typed_answer.hpp"
#include "tools/terminal/interrupt.hpp"

namespace anketa::cli {

using form::QuestionView;
using form::RowType;

InterviewScreen::End InterviewScreen::run() {
  go_to_place();
  app_.terminal.line(app_.terminal.styled(app_.say("fill.how"), Style::Dim));
  while (true) {
    const auto question = session().current();
    if (!question) {
      if (close()) return End::Finished;
      if (stopped_) return End::Stopped;
      continue;
    }
    arrive(*question);
    show(*question);
    const auto typed = app_.terminal.read_line(prompt());
    if (!typed || !take(*question, *typed)) {
      if (interrupted()) app_.terminal.line();
      return End::Stopped;
    }
  }
}

void InterviewScreen::go_to_place() {
  const auto place = remembered_place(app_, interview_.questionnaire());
  if (!place.empty() && !session().jump_to(place)) {
    const auto question = session().current();
    app_.terminal.line(app_.say("fill.resumed", {{"number", question->number}, {"label", harmless(question->label)}}));
    return;
  }
  if (!session().current()) session().go_to_start();
  // A questionnaire begun elsewhere: to its first question without an answer.
  if (session().progress().answered == 0) return;
  while (const auto question = session().current()) {
    if (question->type != RowType::Note && question->type != RowType::Repeat && !question->answered) return;
    if (!session().next()) break;
  }
  session().go_to_start();
}

void InterviewScreen::arrive(const QuestionView& question) {
  remember_place(app_, interview_.questionnaire(), question.path);
  if (question.section == section_) return;
  section_ = question.section;
  section_since_ = app_.environment().now();
  show_section(section_);
}

std::string InterviewScreen::prompt() const {
  int planned = 0;
  for (const auto& section : interview_.session().sections())
    if (section.name == section_) planned = section.minutes;
  if (planned == 0) return "> ";
  const auto minutes = (app_.environment().now() - section_since_) / 60'000;
  const auto time = app_.say("fill.time", {{"minutes", std::to_string(minutes)}, {"planned", std::to_string(planned)}});
  return app_.terminal.styled(time, minutes > planned ? Style::Warning : Style::Dim) + " > ";
}

bool InterviewScreen::take(const QuestionView& question, const std::string& typed) {
  if (const auto command = parse_command(typed)) return obey(question, *command);
  if (question.type == RowType::Repeat) return take_repeat(question, typed);
  if (typed.empty() || question.type == RowType::Note || question.read_only)
    forward();
  else
    take_answer(question, read_all(question, typed));
  return true;
}

/// A line that ends in a backslash goes on in the next one.
std::string InterviewScreen::read_all(const QuestionView& question, std::string typed) {
  while (question.type == RowType::Text && typed.ends_with('\\')) {
    typed.pop_back();
    const auto more = app_.terminal.read_line("… ");
    if (!more) break;
    typed += "\n" + *more;
  }
  return typed;
}

void InterviewScreen::take_answer(const QuestionView& question, const std::string& typed) {
  const auto today = today_of(form::date_text(form::LocalTime{app_.environment().now(), app_.offset_minutes()}));
  const auto value = typed_answer(question, typed, today);
  if (!value) return app_.terminal.line(app_.say("fill.several_fit"));
  if (const auto problem = interview_.answer(question.path, *value)) return complain(*problem);
  const auto now = session().question(question.path);
  for (const auto& warning : now.warnings)
    app_.terminal.line(app_.terminal.styled("! " + harmless(warning), Style::Warning));
  forward();
}

bool InterviewScreen::take_repeat(const QuestionView& question, const std::string& typed) {
  if (typed == "+") {
    add_item(question.path);
  } else if (typed.starts_with('-') && typed.size() > 1) {
    remove_item(question, typed.substr(1));
  } else if (const int number = std::atoi(typed.c_str());
             number >= 1 && number <= static_cast<int>(question.items.size())) {
    edit_item(question, static_cast<std::size_t>(number));
  } else if (typed.empty()) {
    forward();
  } else {
    app_.terminal.line(app_.say("fill.repeat_how"));
  }
  return true;
}

void InterviewScreen::forward() {
  while (session().next()) {
    const auto path = session().current_path();
    if (!open_item_.empty() && !is_below(path, open_item_)) {
      // The item is through: back to its list, to add another or go on.
      open_item_.clear();
      if (!session().jump_to(std::exchange(open_repeat_, {}))) return;
    }
    // What is known of a person already is not asked again, unless he was picked from the list.
    const auto question = session().current();
    const bool in_item = question && question->path.find('/') != std::string::npos;
    if (!in_item || !question->answered || !open_item_.empty()) return;
  }
}

bool InterviewScreen::obey(const QuestionView& question, const InterviewCommand& command) {
  switch (command.act) {
    case Act::Back:
      open_item_.clear();
      if (!session().previous()) app_.terminal.line(app_.say("fill.first"));
      return true;
    case Act::Next:
      forward();
      return true;
    case Act::Section:
      if (command.argument.empty())
        show_sections();
      else
        jump(command.argument);
      return true;
    case Act::Gaps:
      show_gaps();
      return true;
    case Act::Note:
      note(command.argument, question.path);
      return true;
    case Act::Clear:
      if (const auto problem = interview_.answer(question.path, nullptr)) complain(*problem);
      return true;
    case Act::Add:
      add_item(question.type == RowType::Repeat ? question.path : question.path.substr(0, question.path.find('/')));
      return true;
    case Act::Remove:
      remove_item(question, command.argument);
      return true;
    case Act::Finish:
      while (session().next()) continue;
      return true;
    case Act::Stop:
      return false;
    case Act::Help:
      app_.terminal.line(app_.say("fill.help"));
      return true;
    case Act::Unknown:
      app_.terminal.line(app_.say("fill.unknown_command", {{"command", harmless(command.argument)}}));
      return true;
  }
  return true;
}

void InterviewScreen::add_item(const std::string& repeat) {
  try {
    const auto item = session().add_item(repeat);
    if (session().jump_to(repeat)) return;
    open_item_ = item;
    open_repeat_ = repeat;
    while (session().next() && !is_below(session().current_path(), item)) continue;
  } catch (const ProblemError& error) {
    complain(error.problem());
  }
}

void InterviewScreen::edit_item(const QuestionView& repeat, std::size_t number) {
  open_item_ = repeat.items[number - 1].path;
  open_repeat_ = repeat.path;
  while (session().next() && !is_below(session().current_path(), open_item_)) continue;
}

void InterviewScreen::remove_item(const QuestionView& question, const std::string& argument) {
  const int number = std::atoi(argument.c_str());
  if (question.type != RowType::Repeat || number < 1 || number > static_cast<int>(question.items.size()))
    return app_.terminal.line(app_.say("fill.repeat_how"));
  try {
    session().remove_item(question.items[static_cast<std::size_t>(number - 1)].path);
  } catch (const ProblemError& error) {
    complain(error.problem());
  }
}

void InterviewScreen::jump(const std::string& typed) {
  open_item_.clear();
  for (const auto& section : session().sections()) {
    if (section.number != typed && section.name != typed) continue;
    if (const auto problem = session().jump(section.name)) complain(*problem);
    return;
  }
  app_.terminal.line(app_.say("fill.no_section", {{"section", harmless(typed)}}));
}

void InterviewScreen::note(const std::string& given, const std::string& place) {
  auto text = given;
  if (text.empty()) text = app_.terminal.read_line(app_.say("fill.note_prompt")).value_or("");
  if (text.empty()) return;
  const auto id = Uuid::v7(app_.environment()).text();
  const Json entry{{"id", id}, {"at", app_.environment().now()}, {"place", place}, {"text", text}};
  app_.client().apply(interview_.questionnaire(), {Op{OpKind::Append, "notes", entry, {}, {}}});
  app_.terminal.line(app_.say("fill.noted"));
}

void InterviewScreen::complain(const Problem& problem) {
  auto named = problem;
  // The question is on the screen; its path would only puzzle.
  named.where.clear();
  app_.terminal.line(app_.terminal.styled(named.what(app_.language()), Style::Bad));
}

bool InterviewScreen::close() {
  const auto typed = app_.terminal.read_line(app_.say("fill.close"));
  if (!typed) {
    stopped_ = true;
    return false;
  }
  if (const auto command = parse_command(*typed)) {
    session().previous();
    const auto question = session().current();
    if (command->act != Act::Back && question && !obey(*question, *command)) stopped_ = true;
    return false;
  }
  const auto outcome = interview_.finish();
  if (!outcome.done) return leave_with_gaps(outcome);
  forget_place(app_, interview_.questionnaire());
  show_end(outcome);
  return true;
}

/// False: the interview goes on at the gap that was picked, or stops.
bool InterviewScreen::leave_with_gaps(const form::FinishOutcome& outcome) {
  for (const auto& problem : outcome.problems) complain(problem);
  show_gaps();
  const auto typed = app_.terminal.read_line(app_.say("fill.which_gap"));
  const int number = typed ? std::atoi(typed->c_str()) : 0;
  if (number < 1 || number > static_cast<int>(outcome.gaps.size())) {
    stopped_ = true;
    return false;
  }
  if (const auto problem = session().jump_to(outcome.gaps[static_cast<std::size_t>(number - 1)].path))
    complain(*problem);
  return false;
}

}  // namespace anketa::cli
