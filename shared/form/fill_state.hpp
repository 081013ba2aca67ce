// Inside of a fill session: the answers as stored, the form's state derived from them, and the place one stands at.
//
// Shared by the files that implement FillSession; callers use fill_session.hpp.
// Invariant: `answers` and `state` tell the same; both change only after the autosave hook has taken the ops.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/form/evaluator.hpp"
#include "shared/form/fill_session.hpp"
#include "shared/form/form_state.hpp"

namespace anketa::form {

/// A place in the answers: the field of a row, a repeat as a whole, or one item of it.
struct Place {
  RowIndex row = no_row;
  /// Holds the field; for an item of a repeat the item itself.
  Item* item = nullptr;
  bool is_item = false;
};

/// Something one can stand at: a question, a note, or a repeat.
struct Stop {
  RowIndex row = no_row;
  Item* item = nullptr;
  bool relevant = true;
};

struct FillState {
  FillState(std::shared_ptr<const Form> of_form, Json stored, FillContext with, Autosave hook);

  std::shared_ptr<const Form> form;
  FillContext context;
  Autosave autosave;
  Json answers;
  FormState state;
  /// Defaults and prefills that did not fit their questions.
  std::vector<Problem> unfit;
  /// Where one stands; no_row: after the last question.
  RowIndex current_row = no_row;
  Item* current_item = nullptr;

  // Paths
  std::optional<Place> find(std::string_view path);
  /// Throws ProblemError(NotFound).
  Place at(std::string_view path);
  std::string path_of(RowIndex row, const Item& item) const;
  std::string item_path(const Item& item) const;

  // Evaluation
  EvaluationContext context_of(RowIndex row, const Item& item) const;
  bool truth(const Expression& expression, RowIndex row, const Item& item) const;
  bool required(RowIndex row, const Item& item) const;
  /// A read-only question keeps what it was prefilled with; where there was nothing to prefill, it takes an answer.
  bool read_only(const Row& row) const;
  Scalar live_value(const Row& row) const;
  /// What the prefill column of a row names; null where the source has nothing there.
  Json prefilled(const Row& row) const;

  // Answers
  /// Hands the ops to the caller, then takes them over into the stored answers.
  void commit(const std::vector<Op>& ops);
  /// Stores a value that has been checked.
  void store(RowIndex row, Item& item, const Json& value);
  void store_once_values();
  std::optional<Problem> check(RowIndex row, Item& item, const std::string& path, const Json& given, Json& canonical);
  /// The constraint of a row for a value, and whether a choice is offered; nullopt: fits.
  std::optional<Problem> check_rules(RowIndex row, const Item& item, const std::string& path, const Json& value) const;
  const Json& stored(RowIndex row, const Item& item) const;

  // Choices
  std::vector<ChoiceView> choices(RowIndex row, const Item& item) const;

  // Gate
  GateState gate() const;
  bool behind_gate(RowIndex section) const;
  bool locked(RowIndex section) const;
  std::optional<Problem> gate_problem(RowIndex row, const std::string& path) const;
  std::string first_closed_section() const;
  void refresh_live_values();

  // Stops
  std::vector<Stop> stops();
  void stand_at(RowIndex row, Item* item);

  // Views
  std::string label(const Label& texts, const Item& item) const;
  std::string item_label(const Item& item) const;
  std::string value_text(RowIndex row, const Item& item) const;
  QuestionView view(RowIndex row, Item& item) const;
  std::vector<ItemView> items(RowIndex repeat, const Item& parent) const;

  // Items
  Item& add_item(RowIndex repeat, Item& parent, std::string id);
  Json default_of(RowIndex row, const Item& item);
  void fill(RowIndex row, Item& item, const Json& given);
  void fill_defaults(RowIndex first, RowIndex last, Item& item);

 private:
  void collect_stops(RowIndex first, RowIndex last, Item& item, std::vector<Stop>& into);
  void add_set_ops(const std::string& path, const Json& before, const Json& after, std::vector<Op>& ops) const;
};

/// Where the gate stands by its three calculations.
GateState gate_state(const FormState& state);

/// Problem with an answer: `reason` is the last part of a text key form.answer.<reason>.
Problem answer_problem(std::string_view reason, std::string path, text::Arguments arguments = {});

}  // namespace anketa::form
