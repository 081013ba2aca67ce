// What a fill session shows: plain values without behaviour, each with its JSON for front ends.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/form/form.hpp"

namespace anketa::form {

/// Where the quality gate stands (R12, R13).
enum class GateState {
  Undecided,  ///< its questions are not answered yet; later sections are closed
  Open,       ///< quality is good, or the form has no gate
  Problem,    ///< the questionnaire pauses; later sections stay closed
  Confirmed,  ///< there was a problem and the client has confirmed that it is repaired
};

enum class FillStatus { Draft, Paused, Resumed, Complete, CompleteAfterPause };

/// "undecided", "open", "problem", "confirmed".
std::string_view id(GateState state);
/// "draft", "paused", "resumed", "complete", "complete_after_pause".
std::string_view id(FillStatus status);
/// Draft for an unknown id.
FillStatus fill_status(std::string_view id);

struct ChoiceView {
  /// Of a select from a repeat: the item's id.
  std::string name;
  std::string label;
  bool selected = false;
};

/// One item of a repeat.
struct ItemView {
  std::string id;
  /// "contacts/<id>".
  std::string path;
  /// The item's first answered text, or its number.
  std::string label;
  /// 1-based.
  std::size_t position = 0;
};

/// A question, note or repeat as it is to be shown in one language.
struct QuestionView {
  std::string path, name;
  RowType type = RowType::Text;
  /// "5.9"; empty inside repeats.
  std::string number;
  std::string label, hint;
  /// Name of the section and label of the group the question stands in, if any.
  std::string section, group_label;
  std::string appearance;
  std::map<std::string, std::string, std::less<>> parameters;
  bool required = false, read_only = false, relevant = true, answered = false;
  /// The stored answer; null without one.
  Json value;
  /// The answer as a person reads it: labels of choices, sums of money in roubles and kopecks.
  std::string value_text;
  std::vector<ChoiceView> choices;
  std::optional<RangeBounds> range;
  /// Notes that warn about this question now.
  std::vector<std::string> warnings;
  /// Of a repeat.
  std::vector<ItemView> items;
  int min_items = 0;
  std::string access_class, writes_to;
};

struct SectionView {
  std::string name, number, label, hint, access_class;
  int minutes = 0, side = 0;
  /// Relevant: it can be filled in now. Locked: the gate keeps it closed.
  bool relevant = true, locked = false, is_gate = false;
  std::size_t answered = 0, total = 0, missing = 0;
};

struct Progress {
  /// Relevant questions, notes and calculations not counted.
  std::size_t answered = 0, total = 0, missing = 0;
  /// Of the relevant sections.
  int minutes_planned = 0, minutes_max = 0;
  std::vector<SectionView> sections;
};

struct Gap {
  enum class Kind { Required, ItemsMissing } kind = Kind::Required;
  std::string path, name, number, label, section;
  /// The form's own words for it, or the general ones.
  std::string message;
};

struct FinishOutcome {
  bool done = false;
  FillStatus status = FillStatus::Draft;
  /// Section where a paused questionnaire goes on.
  std::string resume_point;
  /// Why not: gaps, invalid answers, or GateClosed.
  std::vector<Gap> gaps;
  std::vector<Problem> problems;
};

struct WriteBack {
  std::string path, writes_to;
  Json value;
};

Json to_json(const ChoiceView& view);
Json to_json(const ItemView& view);
Json to_json(const QuestionView& view);
Json to_json(const SectionView& view);
Json to_json(const Progress& progress);
Json to_json(const Gap& gap);
Json to_json(const FinishOutcome& outcome, text::Language language);

}  // namespace anketa::form
