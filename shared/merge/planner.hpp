// The rules of the table in docs/merge.md, one member function a row.
//
// A Planner plans one mutation and is used once. Its parts: the Draft (the record as it becomes), the Sight (what the
// author knew) and the ConflictBook (what becomes of conflicts).
#pragma once

#include "shared/merge/conflict_book.hpp"
#include "shared/merge/draft.hpp"

namespace anketa::merge {

class Planner {
 public:
  /// `own_view`: every op takes effect on top of what is there; nothing is refused and no conflict noted.
  Planner(const RecordState* current, const Mutation& mutation, const Context& context, bool own_view);

  Plan run();

 private:
  using Kind = CellChange::Kind;

  // planner.cpp: the mutation as a whole
  void plan();
  bool accept();
  void create();
  void check_new_record();
  void take(const Op& op);
  void park(Problem problem);
  bool parked() const noexcept { return plan_.parked.has_value(); }
  schema::Cell cell_of(std::string_view path, const Json& value) const;
  /// The op's value becomes a side instead of taking effect.
  void newcomer(const Op& op, const std::string& path, const Json& value, std::string_view standing);
  void newcomer(const Op& op, const std::string& path, const Json& value) { newcomer(op, path, value, path); }
  /// The author's own view would have come out differently.
  void differs() noexcept { plan_.as_in_own_view = own_view_; }
  /// Whether somebody who had seen the mutation has taken what it brings to the cell out already (Context::taken_out).
  bool taken_out(std::string_view cell) const { return !own_view_ && context_.taken_out && context_.taken_out(cell); }

  // planner_values.cpp: scalars, texts and subtrees of them
  void set(const Op& op, const std::string& path, const Json& value);
  void set_members(const Op& op, const std::string& path, const Json& value);
  void put(const Op& op, const schema::Cell& cell, const std::string& path, const Json& value);
  std::optional<std::string> text_seen(const Op& op, const std::string& path) const;
  bool merge_text(const Op& op, const std::string& path, const Json& value);
  void clear(const Op& op, const std::string& path);
  void clear_leaf(const Op& op, const schema::Cell& cell, const std::string& path);
  bool may_change(const schema::Cell& cell, const std::string& path, const Json& value);
  /// Makes room where something of another shape stands; false where the author has not seen it: it stays.
  bool make_room(const Op& op, const std::string& path, const Json& value, bool for_set);
  void clear_out(const std::string& path);

  // planner_members.cpp: sets, logs and lists
  void set_elements(const Op& op, const std::string& path, const Json& wanted);
  void add_element(const Op& op, const std::string& path, const Json& element);
  void remove_element(const Op& op, const std::string& path, const Json& element);
  void put_entry(const Op& op, const std::string& path, Json entry);
  void remove_item(const Op& op, const std::string& path);
  void restore_item_above(const Op& op, const std::string& path);

  // planner_record.cpp: statuses and whole records
  bool check_first_status(const Op& op, const schema::Cell& cell, const std::string& path, const Json& value);
  void transition(const Op& op);
  bool may_resolve_to(const Op& op, const schema::Field* field);
  bool says_otherwise(const Op& op, const schema::Field& field) const;
  void facts(const Op& op);
  void remove_record(const Op& op);
  void undelete();

  const Mutation& mutation_;
  const Context& context_;
  const bool own_view_;
  const schema::Collection* collection_;
  Draft draft_;
  Sight sight_;
  ConflictBook book_;
  Plan plan_;
  /// The op under way has become a side of its path's conflict.
  bool stands_aside_ = false;
};

}  // namespace anketa::merge
