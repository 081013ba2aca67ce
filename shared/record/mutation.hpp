// A mutation: one author's committed edit of one record, the unit that is journalled, merged and never lost.
//
// Invariants: a mutation is immutable once it has been offered to a server or a file; its hash is over its canonical
// form, computed by both sides; `over` tells for every cell which mutation's value the author saw, so that a merge
// needs no other account of what he knew.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/record/environment.hpp"
#include "shared/record/json.hpp"
#include "shared/record/sha256.hpp"
#include "shared/record/uuid.hpp"

namespace anketa {

enum class OpKind {
  Set,         ///< a scalar, a long text, or a whole subtree of cells; null clears
  Remove,      ///< a set element, a list item with its cells, or (path "") the whole record
  Add,         ///< an element of a set
  Append,      ///< an entry of a log; value is the entry with its "id"
  Transition,  ///< a status; value is {from, to, facts}
};

std::string_view name(OpKind kind);

struct Op {
  OpKind kind = OpKind::Set;
  /// Cell path inside the body: "name", "answers/contacts/<item id>/c_tel", "" for the whole record.
  std::string path;
  /// For Add and Remove of a set element: the element (a string).
  Json value;
  /// The mutation whose value the author's view showed in the cell; none: the cell was empty. For a subtree (remove of
  /// an item or a record, set of an object) every distinct mutation the author saw in it.
  std::vector<Uuid> over;
  /// Conflict sides (by their mutation) that this op settles. Empty for an ordinary edit, which settles none.
  std::vector<Uuid> consumes;
};

struct Group {
  Uuid id;
  /// Number of mutations in the group; they apply all or none.
  int size = 1;
};

struct Mutation {
  Uuid id;
  Uuid device;
  Uuid user;
  /// Rises by one with every mutation of a device; for audit, never for deduplication.
  std::uint64_t counter = 0;
  /// History epoch the author's device knew.
  std::string epoch;
  /// Version of the schema the author's program was built with.
  int schema = 1;
  Uuid record;
  std::string collection;
  Scope scope;
  /// The author's own previous unsynced mutation of this record.
  std::optional<Uuid> prev;
  std::optional<Group> group;
  /// Hybrid logical clock of the author's device; for display and audit, never decides who wins.
  Instant at = 0;
  std::vector<Op> ops;
};

Json to_json(const Mutation& mutation);
/// Throws ProblemError (WrongType, RequiredMissing, InvalidValue) naming the member that is wrong.
Mutation mutation_from_json(const Json& json);
/// The same, taking the values of the ops out of the JSON.
Mutation mutation_from_json(Json&& json);

/// SHA-256 of the canonical form.
Digest mutation_hash(std::string_view canonical_text);

}  // namespace anketa
