// The interview in the terminal: question by question, section by section, every answer committed when it is given.
//
// Nothing blocks going on: Enter skips, gaps are shown at the end with their numbers. The place is remembered, so that
// an interview that was stopped, interrupted or killed goes on at the same question.
#pragma once

#include <map>
#include <string>

#include "anketa/client.hpp"
#include "tools/anketa/app.hpp"
#include "tools/anketa/interview/interview_command.hpp"

namespace anketa::cli {

class InterviewScreen {
 public:
  InterviewScreen(App& app, client::Interview& interview) : app_(app), interview_(interview) {}

  enum class End { Finished, Stopped };
  /// Until it is finished, or the user stops.
  End run();

 private:
  form::FillSession& session() { return interview_.session(); }
  void go_to_place();
  void arrive(const form::QuestionView& question);
  void show(const form::QuestionView& question);
  void show_choices(const form::QuestionView& question);
  void show_items(const form::QuestionView& question);
  void show_section(const std::string& name);
  void show_sections();
  void show_gaps();
  std::string prompt() const;
  std::string read_all(const form::QuestionView& question, std::string typed);

  /// False: the user stops.
  bool take(const form::QuestionView& question, const std::string& typed);
  void take_answer(const form::QuestionView& question, const std::string& typed);
  bool take_repeat(const form::QuestionView& question, const std::string& typed);
  bool obey(const form::QuestionView& question, const InterviewCommand& command);
  void add_item(const std::string& repeat);
  void edit_item(const form::QuestionView& repeat, std::size_t number);
  void remove_item(const form::QuestionView& question, const std::string& argument);
  void forward();
  void jump(const std::string& section);
  void note(const std::string& text, const std::string& place);
  void complain(const Problem& problem);
  /// At the end of the form. True: finished.
  bool close();
  bool leave_with_gaps(const form::FinishOutcome& outcome);
  void show_end(const form::FinishOutcome& outcome);

  App& app_;
  client::Interview& interview_;
  std::string section_;
  Instant section_since_ = 0;
  /// The list item whose every field is being gone through, and the repeat to come back to after it.
  std::string open_item_, open_repeat_;
  bool stopped_ = false;
};

}  // namespace anketa::cli
