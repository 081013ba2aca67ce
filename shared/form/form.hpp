// A questionnaire template in the language XLSForm, loaded from its sheets as JSON.
//
// Model: {"settings": {...}, "survey": [rows], "choices": [rows]}. begin_group/end_group and begin_repeat/end_repeat
// become one row each with children; rows stand in preorder, so a row's subtree is [row, row.end). Names are unique in
// the whole form, and data does not nest in groups: an answer's path is "nps", in a repeat "contacts/<item id>/c_tel".
// Top-level groups are the sections.
// Invariants: every expression of a loaded form is bound; the graph of calculations and relevance has no cycle;
// `computed` is in an order in which each entry depends only on earlier ones.
// Thread safety: a loaded form never changes and may be shared.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "shared/form/expression.hpp"
#include "shared/form/value.hpp"
#include "shared/problem/problem.hpp"
#include "shared/record/json.hpp"

namespace anketa::form {

enum class RowType {
  Text,
  Integer,
  Decimal,
  Date,
  Time,
  DateTime,
  SelectOne,
  SelectMultiple,
  Range,
  Note,
  Calculate,
  Acknowledge,
  Image,
  File,
  Group,
  Repeat
};

/// "text", "select_one", "group" …
std::string_view type_id(RowType type);

/// A text in several languages, by language code ("ru", "en"); the code "" holds one without a language.
using Label = std::map<std::string, std::string, std::less<>>;

/// One choice of a list; columns hold whatever else its row has, for choice filters.
struct Choice {
  std::string name;
  Label label;
  std::map<std::string, std::string, std::less<>> columns;
};

struct ChoiceList {
  std::string name;
  std::vector<Choice> choices;
  const Choice* find(std::string_view choice) const;
};

/// Bounds of a range question.
struct RangeBounds {
  double start = 0, end = 10, step = 1;
};

/// One row of the survey sheet, with the columns of XLSForm and ours.
struct Row {
  RowType type = RowType::Text;
  std::string name;
  /// Row number in the survey sheet; the header is row 1.
  int sheet_row = 0;
  Label label, hint, constraint_message, required_message;
  std::string appearance;
  std::map<std::string, std::string, std::less<>> parameters;
  RangeBounds range;
  bool read_only = false;

  std::optional<Expression> relevant, constraint, required, calculation, dynamic_default, choice_filter;
  bool always_required = false;
  /// A default that is no expression.
  std::string plain_default;

  /// Of a select: the list it chooses from, or the repeat whose items it chooses from with the row that labels them.
  std::string choice_list;
  RowIndex choice_repeat = no_row, choice_label = no_row;

  // Our columns.
  /// Where the answer is taken from before the talk: "dossier.name"; in a repeat's row "." and the item's member:
  /// ".phone".
  std::string prefill;
  /// The prefill replaces the answer again whenever a paused questionnaire is resumed.
  bool refresh = false;
  std::string writes_to;
  /// Class of the answer for access ("relations", "service"); inherited by a group's rows.
  std::string access_class;
  /// Name of the question this note warns about while it is relevant: such a note is shown with that question.
  std::string warns;
  /// Planned minutes and side of the sheet, of sections.
  int minutes = 0, side = 0;
  /// Marks the section after which quality decides how to go on (R12, R13).
  bool gate = false;
  /// A repeat needs at least so many items before the questionnaire can be finished.
  int min_items = 0;
  /// Rows the paper form leaves for this repeat; 0: its own choice.
  int print_rows = 0;
  bool printed = true;
  /// "5П" of a section; "5.9" of a question, computed where the sheet names none.
  std::string number;
  /// All columns the loader does not know, kept for whoever does.
  Json other = Json::object();

  // Place in the form.
  RowIndex parent = no_row, end = no_row;
  /// The repeat in whose items the row's field lives; no_row: in the form itself. A repeat lives in its outer one.
  RowIndex scope = no_row;
  /// Index of the field among those of its scope; of a repeat also among the repeats of its scope.
  std::size_t slot = 0, repeat_slot = 0;
  /// The nearest of the row itself and its ancestors that has a relevance condition.
  RowIndex guard = no_row;
  RowIndex section = no_row;

  bool is_question() const;
  /// A calculation that takes its value from the session itself (prefill "form.…" or "case.…"), not from the answers.
  bool is_live() const;
  /// Whether the row's value is kept with the answers: questions, and calculations that cannot be derived again, since
  /// they are prefilled from outside or use once().
  bool is_stored() const;
  bool is_select() const { return type == RowType::SelectOne || type == RowType::SelectMultiple; }
  bool is_container() const { return type == RowType::Group || type == RowType::Repeat; }
};

/// One thing that is derived from answers: a row's relevance or a calculation's value.
struct Computed {
  enum class Kind { Relevance, Calculation } kind = Kind::Relevance;
  RowIndex row = no_row;
};

/// A computed entry that must be looked at again when something it depends on changes.
struct Dependent {
  std::size_t computed = 0;
  bool wide = false;
};

/// What depends on a row.
struct Dependents {
  std::vector<Dependent> on_value, on_relevance, on_structure;
};

struct Settings {
  std::string form_id, version;
  Label title;
  std::string default_language = "ru";
  int minutes_max = 0;
  Json other = Json::object();
};

/// The three calculations a gate stands on, and its section.
struct Gate {
  RowIndex section = no_row, problem = no_row, open = no_row, ok = no_row;
  bool exists() const { return section != no_row; }
};

class Form {
 public:
  const Settings& settings() const { return settings_; }
  const std::vector<Row>& rows() const { return rows_; }
  const Row& row(RowIndex index) const { return rows_[static_cast<std::size_t>(index)]; }
  std::size_t size() const { return rows_.size(); }
  /// The row of that name, or no_row.
  RowIndex find(std::string_view name) const;
  /// The child row of that name in a group, repeat or (no_row) the form; no_row if there is none.
  RowIndex child(RowIndex parent, std::string_view name) const;
  bool is_ancestor_scope(RowIndex scope, RowIndex of_scope) const;

  const ChoiceList* choice_list(std::string_view name) const;
  const std::vector<ChoiceList>& choice_lists() const { return choice_lists_; }
  const std::vector<RowIndex>& sections() const { return sections_; }
  const Gate& gate() const { return gate_; }
  /// Codes of the languages that labels use, the default language first.
  const std::vector<std::string>& languages() const { return languages_; }

  const std::vector<Computed>& computed() const { return computed_; }
  const Dependents& dependents(RowIndex row) const { return dependents_[static_cast<std::size_t>(row)]; }
  const std::vector<std::size_t>& clock_dependents() const { return clock_dependents_; }
  const std::vector<std::size_t>& language_dependents() const { return language_dependents_; }
  /// Fields and repeats of one item of a scope (no_row: of the form).
  std::size_t field_count(RowIndex scope) const;
  const std::vector<RowIndex>& repeats_in(RowIndex scope) const;

  /// The text in a language, else in the default language, else any.
  const std::string& text(const Label& label, std::string_view language) const;

 private:
  friend class FormLoader;
  friend class GraphBuilder;

  /// Looks names up without making a string of them.
  struct NameHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>{}(name); }
  };
  struct Scope {
    std::size_t fields = 0;
    std::vector<RowIndex> repeats;
  };

  Settings settings_;
  std::vector<Row> rows_;
  std::vector<ChoiceList> choice_lists_;
  std::unordered_map<std::string, RowIndex, NameHash, std::equal_to<>> names_;
  std::unordered_map<std::string, std::size_t, NameHash, std::equal_to<>> list_names_;
  std::vector<RowIndex> sections_;
  Gate gate_;
  std::vector<std::string> languages_;
  std::vector<Computed> computed_;
  std::vector<Dependents> dependents_;
  std::vector<std::size_t> clock_dependents_, language_dependents_;
  /// Index 0 is the form itself, 1 + r the repeat of row r.
  std::vector<Scope> scopes_;
};

/// A form, or everything that is wrong with it.
struct LoadResult {
  /// Null if there are problems.
  std::shared_ptr<const Form> form;
  /// FormInvalid and ExpressionInvalid, in sheet order. `where` names sheet, row and column: "survey row 12, relevant";
  /// the arguments "sheet", "row", "column" and "reason" do so for programs.
  std::vector<Problem> problems;
};

/// Loads a form and finds all its problems at once. Also takes the columns of a spreadsheet ("label::Русский (ru)").
LoadResult load(const Json& json);
/// As load, but throws the first problem as ProblemError.
std::shared_ptr<const Form> load_or_throw(const Json& json);

/// What a draft pins so that it is always read by the template it was begun with: "vip-anketa@1.0 <sha256>".
/// The hash is over the canonical JSON of the form's sheets.
std::string form_pin(const Json& json);

}  // namespace anketa::form
