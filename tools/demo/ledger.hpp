// What the invented company did, as ordinary mutations of its people in the order of time.
//
// Model: the ledger keeps every record as its authors see it, so that each mutation carries honest `over`s and the
// server merges it without a conflict. The deeds of one record must be noted in the order of time; deeds of different
// records may come in any order and are sorted at the end.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "shared/merge/merge.hpp"
#include "shared/record/mutation.hpp"
#include "shared/record/role.hpp"
#include "tools/demo/chance.hpp"

namespace anketa::demo {

/// One of the company's people, or the server itself (nil user).
struct Colleague {
  Uuid user;
  Uuid device;
  Role role = Role::Rep;
  std::string login, name;
  bool full_time = false;

  bool is_server() const { return user.is_nil(); }
};

struct Deed {
  Instant at = 0;
  /// When the author's device brought it to the office.
  Instant delivered = 0;
  /// Index in Demo::colleagues.
  std::size_t author = 0;
  Mutation mutation;
};

class Ledger {
 public:
  explicit Ledger(std::vector<Colleague> colleagues, std::uint64_t seed);

  const std::vector<Colleague>& colleagues() const { return colleagues_; }
  const Colleague& colleague(std::size_t index) const { return colleagues_[index]; }

  Uuid create(std::size_t author, Instant at, std::string_view collection, const Scope& scope, const Json& body);
  /// A record whose id is given: that of the list item it grew from.
  Uuid create_as(const Uuid& id, std::size_t author, Instant at, std::string_view collection, const Scope& scope,
                 const Json& body);
  /// A client, which is its own scope.
  Uuid create_client(std::size_t author, Instant at, const Json& body);
  /// Changes what differs; a record that is the wanted one already gets no deed.
  void edit(std::size_t author, Instant at, const Uuid& id, const Json& wanted);
  /// Moves the record's status and edits the fields that belong to the move, in one mutation.
  void move(std::size_t author, Instant at, const Uuid& id, std::string_view to, const Json& facts = Json::object());

  const RecordState& record(const Uuid& id) const { return records_.at(id); }
  /// A new id of a record or list item made at that time.
  Uuid new_id(Instant at);

  /// All deeds up to a moment in the order of their delivery; what is delivered together comes author by author.
  std::vector<Deed> take(Instant until, const std::function<Instant(const Deed&)>& delivered);

 private:
  void note(std::size_t author, Instant at, const Uuid& id, std::vector<Op> ops);

  std::vector<Colleague> colleagues_;
  ScriptedEnvironment environment_;
  std::map<Uuid, RecordState> records_;
  std::vector<Deed> deeds_;
};

}  // namespace anketa::demo
