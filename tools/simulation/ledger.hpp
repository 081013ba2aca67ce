// The simulator's own account of every edit that was committed locally, kept apart from the product's: what the outbox
// held when the commit returned.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>

#include "client-core/store/store.hpp"

namespace anketa::simulation {

/// One committed mutation as its device has it.
struct LedgerEntry {
  Uuid record;
  /// Canonical form. Of an open mutation, as of the last commit that joined it.
  std::string text;
  /// Need not be anywhere any more: its author gave it up or made it anew, or its device was set back to before it.
  bool excused = false;
  /// The device died while it gave the mutation up: whether it did shows when it starts.
  bool in_doubt = false;
};

/// Whether the mutation with that text can be found besides the device; null: with any.
using InJournal = std::function<bool(const Uuid& id, const std::string* text)>;

enum class ErasedPart { None, Some, Whole };

class DeviceLedger {
 public:
  /// What a named erasure took of a record: of a part of it, what an edit said may be gone, though not the edit; of the
  /// whole, the edit as well.
  using Erased = std::function<ErasedPart(const Uuid& record)>;
  DeviceLedger() = default;
  explicit DeviceLedger(Erased erased) : erased_(std::move(erased)) {}

  /// Notes what the outbox holds after a commit that returned.
  void note(client::ClientStore& store);
  /// After the program died: takes over what an interrupted commit may have left, and checks that every earlier
  /// commit is there. `in_doubt`: whether a commit was interrupted.
  void note_after_crash(client::ClientStore& store, bool in_doubt);
  /// Throws Violation where an edit is neither in the outbox nor in the journal.
  void check(client::ClientStore& store, const InJournal& in_journal) const;
  /// Mutations that are in no journal; with `parked_too`, also those the device keeps as refused.
  std::vector<Uuid> missing(client::ClientStore& store, const InJournal& in_journal) const;
  /// The same of edits that no device has any more. Throws Violation.
  void check_orphans(const InJournal& in_journal) const;

  /// Mutations of a record that its author is about to replace or to give up.
  void excuse_pending(client::ClientStore& store, const Uuid& record);
  /// The device died while it would excuse what the other ledger does.
  void doubt(const DeviceLedger& excused);
  /// The device has handed its work over and begins anew: its edits are the other ledger's affair.
  void hand_over(DeviceLedger& to);
  /// Edits that the other ledger does not know go with the device that is set back.
  void excuse_all_but(const DeviceLedger& older);
  /// Whether an edit of that record went with the device that was set back, or was given up.
  bool gave_up(const Uuid& record) const;
  /// Whether the mutation has had the text with that hash at some time; null: any.
  bool ever_had(const Uuid& id, const Digest* hash) const {
    return hash ? texts_.contains({id, *hash}) : entries_.contains(id);
  }

 private:
  void put(const Uuid& id, std::string text);
  /// Whether the journal has it, or an erasure took it whole. Where an erasure took a part its text may be another.
  bool is_kept(const Uuid& id, const LedgerEntry& entry, const InJournal& in_journal) const {
    const auto erasure = erased(entry);
    return erasure == ErasedPart::Whole || in_journal(id, erasure == ErasedPart::Some ? nullptr : &entry.text);
  }
  ErasedPart erased(const LedgerEntry& entry) const { return erased_ ? erased_(entry.record) : ErasedPart::None; }

  Erased erased_;
  std::map<Uuid, LedgerEntry> entries_;
  std::set<std::pair<Uuid, Digest>> texts_;
};

}  // namespace anketa::simulation
