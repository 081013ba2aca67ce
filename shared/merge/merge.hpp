// Merging a mutation into a record: plan first, then apply. Pure: no IO, no clock; the same inputs give the same plan.
//
// Model: the server holds a record's state and its open conflicts, and takes mutations in its own order. plan() says
// what a mutation would do (which cells change, which conflict sides open, close or are replaced) and apply() does it.
// A device shows its own unsynced edits with overlay(), which lets the author's own edits win in his own view.
//
// Laws (docs/merge.md states them all, tests/shared/merge checks them):
//   nothing is lost   every op of a mutation ends in effect, as a conflict side, or its whole mutation is parked;
//   own chain         an op over what its author saw, or over his own earlier mutation, never conflicts;
//   disjoint commute  mutations of different cells give the same body in either order;
//   idempotent        equal values never conflict.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/problem/problem.hpp"
#include "shared/record/mutation.hpp"
#include "shared/record/record_state.hpp"
#include "shared/schema/schema.hpp"

namespace anketa::merge {

/// One value that lost or has yet to win a cell, kept until somebody settles it.
struct Side {
  Json value;
  Uuid mutation;
  Uuid user;
  Instant at = 0;
  /// Settled by a resolution, or overtaken by a later edit made over it; kept as history.
  bool consumed = false;
};

/// The body of a record of collection "conflict": all sides of one cell of one record.
struct Conflict {
  Uuid record;
  std::string collection;
  std::string path;
  /// Value both started from, as far as the first newcomer's author saw it; null where unknown.
  Json base;
  /// The value in effect when the conflict opened, and every newcomer.
  std::vector<Side> sides;
  bool open = true;
};

Json to_json(const Conflict& conflict);
Conflict conflict_from_json(const Json& body);
/// A conflict's id follows from the record and the path, so that making it again gives the same record.
Uuid conflict_id(const Uuid& record, std::string_view path);

/// What an earlier mutation did to a cell: who, when, and the value it set.
struct Earlier {
  Uuid user;
  Instant at = 0;
  Json value;
};

/// What plan() needs to know beyond the record. Any of the functions may be empty: then nothing is known.
struct Context {
  /// Whether `ancestor` is reached from the mutation by its `prev` links.
  std::function<bool(const Uuid& ancestor)> in_own_chain;
  /// The named mutation's effect on the path; nullopt where it is unknown or did not set it. merge::History knows the
  /// ids of merged texts too.
  std::function<std::optional<Earlier>(const Uuid& mutation, std::string_view path)> earlier;
  /// The record's conflict at a path, open or resolved.
  std::function<std::optional<Conflict>(std::string_view path)> conflict;
  /// Whether somebody who had seen what the mutation brings has taken it out already, a set element or, where the cell
  /// is empty, the whole record: after a restore, devices push again in another order.
  std::function<bool(std::string_view cell)> taken_out;
};

struct CellChange {
  enum class Kind {
    Create,         ///< the first op of the mutation holds the whole body of a new record
    Set,            ///< a leaf, or a whole log entry
    SetMerged,      ///< a text that is neither what stood there nor what the mutation says
    Clear,          ///< a leaf goes
    AddElement,     ///< `path` is the set, `value` the element
    JoinElement,    ///< the same, where somebody else's add, unseen by the author, stands already
    RemoveElement,  ///< the same
    RemoveItem,     ///< a list item with all its cells
    RestoreItem,    ///< as it was when it was removed
    DeleteRecord,
    RestoreRecord
  };
  Kind kind = Kind::Set;
  std::string path;
  Json value;
};

/// Stands in the provenance of a text that the mutation was merged into: nobody has seen it before, its author
/// included.
Uuid merged_id(const Uuid& mutation, std::string_view path);

struct Plan {
  /// Set: the mutation is parked whole and changes nothing.
  std::optional<Problem> parked;
  std::vector<CellChange> changes;
  /// Conflicts that open or change, by path, in their new state.
  std::map<std::string, Conflict> conflicts;
  /// A cell became a side instead of taking effect, or an edit met a removal.
  bool conflicted = false;
  /// The record becomes what overlay() would make of it: a device that has the same record needs not be sent the
  /// result.
  bool as_in_own_view = true;
};

/// What the mutation does to the record. `current` is null where the record does not exist yet.
Plan plan(const RecordState* current, const Mutation& mutation, const Context& context);

/// Carries a plan of this mutation out: changes cells, sets their provenance to the mutation, raises the version.
void apply(RecordState& record, const Mutation& mutation, const Plan& plan);

/// What the mutation does in its author's own view: every op takes effect on top of what is there, whoever set it.
Plan plan_own_view(const RecordState& view, const Mutation& mutation);

/// Applies plan_own_view(). A view with version 0 and no mutation yet becomes the new record.
void overlay(RecordState& view, const Mutation& mutation);

/// The ops that change a body from what a view shows to what its user wants, each with the `over` the view gives it.
/// Sets are compared element by element, lists item by item; members absent from `wanted` are left alone, null clears.
std::vector<Op> diff(const RecordState& view, const schema::Collection& collection, const Json& wanted);

/// Fills in the `over` of an op from the author's view: what set the cell, the cells below it, and what stands in the
/// way of either (a removed item above, the record's deletion). Every op made on a device goes through here.
void note_what_was_seen(Op& op, const RecordState& view);

}  // namespace anketa::merge
