// Taking mutations in: each is journalled with its result, and merged into its record where the rules allow.
//
// Invariants: a mutation id has one effect for ever (idempotent by id and hash); a bad mutation parks alone, or with
// its group and its chain, and never holds up another record; what is journalled is answered for. Belongs to the
// writer's thread for the length of one piece of work.
#pragma once

#include <deque>
#include <string>
#include <unordered_set>
#include <vector>

#include "shared/merge/merge.hpp"
#include "sync-server/services/access.hpp"
#include "sync-server/services/cursor.hpp"
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
  /// Values were taken out of text and mutation, because an erasure says so; the hash is that of what was sent.
  bool erased = false;
};

/// Throws ProblemError where not even the id can be read: then the whole request is wrong.
Prepared prepare(Json json);
/// Of one that stands in the journal as waiting, under the id it is kept by.
Prepared prepare_again(const JournalRow& row);
/// Whether the mutation makes its record.
bool makes_record(const Mutation& mutation);

class Intake {
 public:
  /// `cursor`: what the author's device knows. `honoured`: see Access.
  Intake(Writer& writer, const Author& author, const Cursor& cursor, std::uint64_t honoured, Instant now);

  /// Takes all of them, in order; one result each. Throws ProblemError(DeviceForked), having changed nothing, where the
  /// same device has pushed another mutation under the same id: two copies of it are at work.
  std::vector<protocol::MutationResult> take(std::vector<Prepared>& mutations);

  /// Keeps all of them parked, marked for the lead: the author's device was revoked. Idempotent as take(). Gives them
  /// as they are journalled, those included that were before.
  std::vector<JournalRow> quarantine(std::vector<Prepared>& mutations);
  /// Puts into effect what quarantine() kept, by the rules for any mutation; one result each.
  std::vector<protocol::MutationResult> release(const std::vector<JournalRow>& rows);

  /// Records that are now exactly what the author's own view became: they need not be sent back to him.
  const std::unordered_set<Uuid>& unchanged_for_author() const noexcept { return mirrored_; }

 private:
  protocol::MutationResult take_one(Prepared& prepared, std::vector<Prepared>& all);
  /// Keeps a mutation whose id another one has under an id of its own.
  protocol::MutationResult take_fork(Prepared& prepared, const JournalRow& known, std::vector<Prepared>& all);
  void use_aliases(Prepared& prepared);
  /// Takes out of what was sent what has been erased meanwhile: of a mutation that an erasure names, and of one whose
  /// author still saw what was erased.
  void use_erasures(std::vector<Prepared>& mutations);
  bool is_erased(const Uuid& record);
  void use_erasure(Prepared& prepared, const Erasure& erasure, bool named);
  protocol::MutationResult take_group(Prepared& prepared, std::vector<Prepared>& all);
  /// Members of a group, each with whether it stands in the journal as waiting.
  using Members = std::vector<std::pair<Prepared, bool>>;
  Members waiting_members(const Uuid& group);
  std::optional<protocol::MutationResult> refused_member(const Members& members);
  std::vector<protocol::MutationResult> merge_group(const Members& members);
  std::vector<protocol::MutationResult> merge_all_or_none(const Members& members);
  /// Merges one mutation that nothing is missing for. `journalled`: it stands in the journal as waiting.
  protocol::MutationResult merge_in(const Prepared& prepared, bool journalled);
  std::optional<Problem> carry_out(const Prepared& prepared, const std::optional<RecordState>& before,
                                   merge::Plan& plan, RecordState& after);
  protocol::MutationResult keep(const Prepared& prepared, protocol::MutationResult result, bool journalled);
  protocol::MutationResult wait(const Prepared& prepared, bool journalled);
  bool of_former_history(const Mutation& mutation) const;
  bool edits_unknown(const Mutation& mutation);
  protocol::MutationResult shown(protocol::MutationResult result, const Scope& scope) const;
  protocol::MutationResult park(const Prepared& prepared, Problem problem, bool journalled);
  std::optional<Problem> refuse(const Mutation& mutation, const std::optional<RecordState>& current) const;
  /// The record as it stands; of one whose tombstone was collected, as its journal gives it.
  std::optional<RecordState> standing(const std::optional<Head>& head, const Mutation& mutation);
  merge::Context context_for(const Mutation& mutation, bool exists);
  bool in_chain(const Mutation& mutation, const Uuid& ancestor);
  /// Whether the author's device has been sent the record as it stands.
  bool has_been_sent(const RecordState& record) const;
  void store_conflicts(const merge::Plan& plan, const Mutation& mutation, protocol::MutationResult& result);
  void wake(const Mutation& mutation);
  void wake_all();
  /// What may go on: whatever waits for that mutation, or for its record.
  struct Cause {
    Uuid record;
    Uuid mutation;
  };
  void wake_after(const Cause& cause);
  /// While it lives nothing is woken, only noted.
  class Held {
   public:
    explicit Held(bool& holding) : holding_(holding), before_(std::exchange(holding, true)) {}
    ~Held() { holding_ = before_; }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;

   private:
    bool& holding_;
    const bool before_;
  };

  Writer& writer_;
  Author author_;
  Access access_;
  const Cursor cursor_;
  bool quarantine_ = false;
  Instant now_;
  std::unordered_set<Uuid> mirrored_;
  std::vector<protocol::MutationResult> group_results_;
  std::deque<Cause> woken_;
  bool holding_ = false;
  /// Mutations that are kept under another id than their author gave them.
  std::unordered_set<Uuid> forked_;
};

}  // namespace anketa::server
