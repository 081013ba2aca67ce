// Taking mutations in: each is journalled with its result, and merged into its record where the rules allow.
//
// Invariants: a mutation id has one effect for ever (idempotent by id and hash); a bad mutation parks alone, or with
// its group and its chain, and never holds up another record; what is journalled is answered for. Belongs to the
// writer's thread for the length of one piece of work.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "shared/merge/merge.hpp"
#include "sync-server/services/access.hpp"
#include "sync-server/store/store.hpp"

namespace anketa::server {

/// A pushed mutation, checked as far as that goes without the store.
struct Prepared {
  /// Canonical form and its hash.
  std::string text;
  Digest hash{};
  Uuid id;
  /// Where the text is no valid mutation, `malformed` says why and only id is set.
  Mutation mutation;
  std::optional<Problem> malformed;
};

/// Throws ProblemError where not even the id can be read: then the whole request is wrong.
Prepared prepare(Json json);

class Intake {
 public:
  /// `cursor_seq`: up to where the author's device knows the history.
  Intake(Writer& writer, const Author& author, std::uint64_t cursor_seq, Instant now);

  /// Takes all of them, in order; one result each.
  std::vector<protocol::MutationResult> take(std::vector<Prepared>& mutations);

  /// Records that are now exactly what the author's own view became: they need not be sent back to him.
  const std::unordered_set<Uuid>& unchanged_for_author() const noexcept { return mirrored_; }

 private:
  protocol::MutationResult take_one(Prepared& prepared, std::vector<Prepared>& all);
  protocol::MutationResult take_group(Prepared& prepared, std::vector<Prepared>& all);
  /// Merges one mutation that nothing is missing for. `journalled`: it stands in the journal as waiting.
  protocol::MutationResult merge_in(const Prepared& prepared, bool journalled);
  protocol::MutationResult keep(const Prepared& prepared, protocol::MutationResult result, bool journalled);
  protocol::MutationResult park(const Prepared& prepared, Problem problem, bool journalled);
  std::optional<Problem> refuse(const Mutation& mutation, const std::optional<RecordState>& current) const;
  merge::Context context_for(const Mutation& mutation, bool exists);
  bool in_chain(const Mutation& mutation, const Uuid& ancestor);
  void store_conflicts(const merge::Plan& plan, const Mutation& mutation, protocol::MutationResult& result);
  void wake(const Mutation& mutation);

  Writer& writer_;
  Author author_;
  Access access_;
  std::uint64_t cursor_seq_;
  Instant now_;
  std::unordered_set<Uuid> mirrored_;
  std::unordered_set<Uuid> taken_in_group_;
  std::vector<protocol::MutationResult> group_results_;
};

}  // namespace anketa::server
