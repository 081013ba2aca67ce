// Mutations the server refused: made anew after the reason has gone, or given up by the user.
//
// Model: what was edited after a parked mutation is chained to it and would be parked too. So the whole chain from the
// first parked mutation on is replaced at once. A member of an atomic group never goes, nor is made anew, without the
// others: the server would wait for them for ever. So the chains of their records are replaced with it.
#pragma once

#include <map>
#include <set>

#include "client-core/store/store.hpp"

namespace anketa::client {

class ParkedMutations {
 public:
  explicit ParkedMutations(ClientStore& store) : store_(store) {}

  /// Puts one new mutation with the same ops in place of each chain. It is checked as any edit is, and names as `over`
  /// what the author saw when he made the edits. What was a group is one again. Gives the records concerned. Throws
  /// ProblemError: RecordNotFound where nothing is parked, and what makes the edit invalid still.
  std::vector<Uuid> retry(const Uuid& record);
  /// Drops the parked mutations, and those made in one step with them; later edits stay, unless the record itself was
  /// among what was refused. Gives the records concerned. Throws RecordNotFound as above.
  std::vector<Uuid> dismiss(const Uuid& record);

 private:
  struct Pending {
    OutboxRow row;
    Mutation mutation;
  };
  struct Chain {
    RecordRow row;
    /// Pending before the first one concerned.
    std::vector<OutboxRow> before;
    /// From it on.
    std::vector<Pending> rows;

    bool exists_without_them() const { return row.server != 0 || !before.empty(); }
  };
  /// The chains concerned, and the groups of which something is dropped.
  struct Concerned {
    std::vector<Chain> chains;
    std::set<Uuid> dropped_groups;
  };
  enum class Fate { MadeAnew, Dropped };

  /// Where the chain of a record begins: the counter of the first mutation concerned.
  using Beginnings = std::map<RecordKey, std::uint64_t>;

  Concerned concerned(const Uuid& record, Fate fate);
  std::uint64_t first_parked(const RecordRow& row);
  Chain chain_from(RecordKey record, std::uint64_t counter);
  /// Reaches for the other members of the groups in a chain; true: there was something new.
  bool follow_groups(const Chain& chain, Fate fate, std::set<Uuid>& dropped_groups, Beginnings& beginnings);
  std::vector<Uuid> replace(const Uuid& record, Fate fate);
  void drop(Chain& chain);
  /// Replaces what was dropped of the chains by one mutation each of the pending ones given.
  void make_anew(std::vector<std::pair<Chain*, std::vector<Pending>>> parts);
  void make_anew(Chain& chain, const std::vector<Pending>& from, const std::optional<Group>& group);

  ClientStore& store_;
};

}  // namespace anketa::client
