// Answers as a tree of items with everything derived from them: the form as it lives while it is filled in.
//
// Model: the root item holds the fields outside repeats; every item of a repeat holds its own fields and inner repeats.
// Fields hold an answer or a calculation, and whether their row's own relevance condition holds. set(), add_item(),
// remove_item() and move_item() bring relevance and calculations up to date, looking only at what depends on the
// change. Invariants: after each of these calls the state equals one that were computed from the answers alone; items
// of a repeat stand in the order of (pos, id). An expression that fails while it runs counts as empty (calculation) or
// true (relevance); failures() names it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/form/form.hpp"
#include "shared/form/local_time.hpp"
#include "shared/form/value.hpp"

namespace anketa::form {

struct Field {
  Scalar value;
  /// The row's own condition; whether it shows also depends on the groups around it.
  bool relevant = true;
};

struct Item {
  /// Empty for the root.
  std::string id, pos;
  /// The repeat it is an item of; no_row for the root.
  RowIndex repeat = no_row;
  Item* parent = nullptr;
  std::vector<Field> fields;
  std::vector<std::vector<std::unique_ptr<Item>>> repeats;
};

/// What expressions read besides the answers.
struct Surroundings {
  std::string language = "ru";
  LocalTime now;
};

class FormState {
 public:
  FormState(std::shared_ptr<const Form> form, Surroundings surroundings);
  // Items point to the root inside.
  FormState(const FormState&) = delete;
  FormState& operator=(const FormState&) = delete;

  const Form& form() const { return *form_; }
  const Surroundings& surroundings() const { return surroundings_; }

  /// Reads stored answers; what does not fit its question is read as text and shows up in validation.
  void load(const Json& answers);
  /// Derives everything anew.
  void recalculate();

  Item& root() { return root_; }
  const Item& root() const { return root_; }
  std::vector<std::unique_ptr<Item>>& items(RowIndex repeat, Item& parent);
  const std::vector<std::unique_ptr<Item>>& items(RowIndex repeat, const Item& parent) const;

  /// The item that holds the fields of `scope` on the way from `item` to the root; null if there is none.
  const Item* ancestor(const Item& item, RowIndex scope) const;
  /// Field of a row; `item` is an item of the row's scope.
  const Field& field(RowIndex row, const Item& item) const { return item.fields[form_->row(row).slot]; }
  /// The answer, relevant or not.
  const Scalar& stored(RowIndex row, const Item& item) const { return field(row, item).value; }
  /// The answer, empty while irrelevant: what expressions read.
  const Scalar& value(RowIndex row, const Item& item) const;
  /// Whether the row and everything around it is relevant; `item` holds the row's field.
  bool relevant(RowIndex row, const Item& item) const;

  void set(RowIndex row, Item& item, Scalar value);
  Item& add_item(RowIndex repeat, Item& parent, std::string id, std::string pos);
  void remove_item(Item& item);
  void move_item(Item& item, std::string pos);
  void set_now(const LocalTime& now);
  void set_language(std::string language);

  std::size_t evaluated() const { return evaluated_; }
  /// Relevances and calculations that cannot be evaluated now, with their row and column.
  std::vector<Problem> failures();
  /// Calculations with once() whose value has to be stored, since the last call.
  std::vector<NodeRef> take_once_values();

 private:
  using Dirty = std::set<std::pair<std::size_t, Item*>>;

  std::unique_ptr<Item> make_item(RowIndex repeat, Item* parent) const;
  void load_item(Item& item, const Json& answers);
  void load_repeat(RowIndex repeat, Item& parent, const Json& items);
  void mark(const std::vector<Dependent>& dependents, Item& changed);
  void mark_all(const std::vector<std::size_t>& computed);
  void mark_below(std::size_t computed, Item& under);
  /// Calls visit for every item of the scope at or below `under`.
  template <typename Visit>
  void each_item(RowIndex scope, Item& under, const Visit& visit);
  void settle();
  /// Evaluates one entry in one item; true if its result changed.
  bool evaluate(std::size_t computed, Item& item);
  /// Throws ExpressionError.
  bool relevance_of(const Row& row, RowIndex index, const Item& item) const;
  Scalar calculation_of(const Row& row, RowIndex index, const Item& item) const;

  std::shared_ptr<const Form> form_;
  Surroundings surroundings_;
  Item root_;
  Dirty dirty_;
  std::size_t evaluated_ = 0;
  std::vector<NodeRef> once_values_;
};

/// Orders items of a repeat as devices agree on: by position key, equal keys by id.
bool before(const Item& a, const Item& b);

}  // namespace anketa::form
