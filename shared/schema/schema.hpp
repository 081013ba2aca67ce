// The one declaration of every collection: its fields, how each merges, what is valid, who may see and write it.
//
// Validation, merge, permissions, search, SQL projections and the types of other languages are all derived from the
// tables of *_collections.cpp. A new field is one line there.
// Thread safety: the declaration is built once and never changes.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/problem/problem.hpp"
#include "shared/record/json.hpp"
#include "shared/record/mutation.hpp"
#include "shared/record/uuid.hpp"

namespace anketa::schema {

/// Version of the declaration; rises with every release that changes it. Mutations carry it.
inline constexpr int version = 1;

/// What a field holds; sets validation and how concurrent edits merge (docs/merge.md).
enum class Kind {
  Text,       ///< one line, scalar
  LongText,   ///< paragraphs, merged three-way by paragraph
  Document,   ///< a large text that is taken or left whole, scalar
  Integer,    ///< scalar
  Money,      ///< integer of minor units, scalar
  Decimal,    ///< a string such as "12.5", scalar
  Boolean,    ///< scalar
  Date,       ///< "2025-06-10", local to the rep, scalar
  Instant,    ///< integer milliseconds UTC, scalar
  Reference,  ///< id of a record, scalar
  Choice,     ///< one of the declared values, scalar
  Set,        ///< sorted array of strings, merged by element
  List,       ///< items with own ids and cells, ordered by "pos"
  Log,        ///< entries with own ids, append-only
  Status,     ///< changes by declared transitions only
  Tree        ///< free nested cells (answers of a form): objects of scalars, sets and lists
};

/// Need-to-know class of a field (R36). A grant names the classes its holder sees; General is in every grant.
enum class FieldClass { General, Service, Relations, Finance, Personal, Restricted };
std::string_view name(FieldClass field_class);
std::optional<FieldClass> field_class(std::string_view name);

struct Transition {
  std::string from;
  std::string to;
};

/// What it takes to come to a value of a status, from wherever (R17).
struct Guard {
  std::string to;
  /// Facts without which the step is not taken. A value that needs facts is earned: it is never set outright, and a
  /// resolution gives it only where a side it consumes is such a step (docs/merge.md).
  std::vector<std::string> needs;
  /// The client's team and the lead take the step, never the service side.
  bool by_team = false;
};

struct Field {
  /// Path in the body: "name", "contract/speed_mbps".
  std::string name;
  Kind kind = Kind::Text;
  FieldClass field_class = FieldClass::General;
  bool required = false;
  /// Found by the search on the device.
  bool searchable = false;
  /// Set once, at creation.
  bool immutable = false;
  /// Only the lead and the administrator change it.
  bool lead_only = false;
  /// The service side does not change it.
  bool team_only = false;
  /// Set as a fact of a step that needs it, and in no other way.
  bool step_fact = false;
  /// Choice and Status: the values; the first of a Status is where it starts.
  std::vector<std::string> values;
  std::vector<Transition> transitions;
  std::vector<Guard> guards;
  /// Reference: collection of the record it names.
  std::string target;
  /// List and Log: cells of an item.
  std::vector<Field> items;

  /// Null where nothing guards the value.
  const Guard* guard(std::string_view to) const;
  /// Whether the value of the status is come to with facts only.
  bool is_earned(std::string_view to) const;
};

/// Where a record of the collection lives.
enum class Placement {
  Own,      ///< the record is a client and its own scope
  Client,   ///< in the scope of a client
  Company,  ///< in the company's scope
  Any       ///< wherever the record it belongs to lives
};

/// Who may change records of the collection.
enum class Writers {
  Team,            ///< whoever holds the scope as owner or member, and the lead
  TeamAndService,  ///< these and the service side
  Lead,            ///< the lead and the administrator
  Server           ///< only the server itself
};

/// Who may make new ones.
enum class Creators { Team, Lead, Server };

/// Which side of the house is shown records in a client's scope; those of the company are everybody's.
enum class Audience {
  Commercial,  ///< not the service side, whatever the class of a field (R14)
  Everyone
};

struct Collection {
  std::string name;
  Placement placement = Placement::Client;
  Writers writers = Writers::Team;
  Creators creators = Creators::Team;
  std::vector<Field> fields;
  Audience audience = Audience::Commercial;
  /// Nobody removes a record of it.
  bool kept = false;

  const Field* field(std::string_view name) const;
};

/// All collections, in the order of first sync.
const std::vector<Collection>& collections();
/// Null where it is not declared.
const Collection* collection(std::string_view name);

/// In which stage a first sync brings the collection: 1 whom to visit and with what form, 2 what is known of them,
/// 3 history. Undeclared collections come last.
int first_sync_stage(std::string_view collection);

/// How the cell at a path merges.
enum class CellKind { Scalar, LongText, SetElement, Set, ListItem, List, LogEntry, Log, Status, Subtree, Record };

/// What the declaration says of a path.
struct Cell {
  CellKind kind = CellKind::Scalar;
  /// Null for the whole record and for an undeclared field.
  const Field* field = nullptr;
  /// Undeclared fields are kept and round-trip, in the most restricted class.
  FieldClass field_class = FieldClass::Restricted;
  /// Path of the set, list or log an element, item or entry belongs to.
  std::string container;

  /// A path with declared fields below it: "contract" above "contract/sites".
  bool is_folder() const noexcept { return kind == CellKind::Subtree && !field && field_class == FieldClass::General; }
};

/// Resolves a path. Inside a Tree and an undeclared field the kind follows from the path's shape (a member that is a
/// UUID names a list item), the op and the value, so these are given.
Cell resolve(const Collection& collection, std::string_view path, OpKind op, const Json& value);

/// Checks a value against the declaration: type, choice, format, size. nullopt: valid.
std::optional<Problem> validate(const Collection& collection, const Op& op);
/// Checks what only shows on the whole body: required fields.
std::optional<Problem> validate_complete(const Collection& collection, const Json& body);

/// The body without the cells whose class is not in the list: what a grant's holder may see (R36).
Json visible(const Collection& collection, const Json& body, std::span<const FieldClass> classes);

/// A right a user holds over a record's scope, as his grant and his role give it.
enum class Right { None, Read, Service, Team, Lead, Server };

/// Whether a holder of the right may make this op; `creates` where the record does not exist yet. nullopt: yes.
std::optional<Problem> permit(const Collection& collection, const Op& op, Right right, bool creates);

/// Whether who sees these classes may make this op: writing a cell takes the right to read it (R36). nullopt: yes.
/// Removing a whole record is not held against him: what he does not see makes it a conflict.
std::optional<Problem> permit_sight(const Collection& collection, const Op& op, std::span<const FieldClass> classes);

/// Text of the searchable fields, one per line, for the full-text index.
std::string search_text(const Collection& collection, const Json& body);

/// The declaration as JSON, for other languages' types and for docs.
Json describe();

}  // namespace anketa::schema
