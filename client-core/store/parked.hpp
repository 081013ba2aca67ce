// Mutations the server refused: made anew after the reason has gone, or given up by the user.
//
// Model: what was edited after a parked mutation is chained to it and would be parked too. So the whole chain from the
// first parked mutation on is replaced at once.
#pragma once

#include "client-core/store/store.hpp"

namespace anketa::client {

class ParkedMutations {
 public:
  explicit ParkedMutations(ClientStore& store) : store_(store) {}

  /// Puts one new mutation with the same ops in place of the chain. It is checked as any edit is, and names as `over`
  /// what the author saw when he made the edits. Throws ProblemError: RecordNotFound where nothing is parked, and what
  /// makes the edit invalid still.
  void retry(const Uuid& record);
  /// Drops the parked mutations; later edits stay, unless the record itself was among what was refused. Throws
  /// RecordNotFound as above.
  void dismiss(const Uuid& record);

 private:
  struct Chain {
    RecordRow row;
    /// Pending before the first parked one.
    std::vector<OutboxRow> before;
    /// From the first parked one on.
    std::vector<OutboxRow> rows;
  };
  Chain need_chain(const Uuid& record);
  void drop(Chain& chain);
  void make_anew(Chain& chain, const std::vector<OutboxRow>& from);
  ClientStore& store_;
};

}  // namespace anketa::client
