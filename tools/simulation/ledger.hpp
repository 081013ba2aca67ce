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
};

/// Where a mutation's text can be found besides the device.
using InJournal = std::function<bool(const Uuid& id, const std::string& text)>;

class DeviceLedger {
 public:
  /// Notes what the outbox holds after a commit that returned.
  void note(client::ClientStore& store);
  /// After the program died: takes over what an interrupted commit may have left, and checks that every earlier
  /// commit is there. `in_doubt`: whether a commit was interrupted.
  void note_after_crash(client::ClientStore& store, bool in_doubt);
  /// Throws Violation where an edit is neither in the outbox nor in the journal.
  void check(client::ClientStore& store, const InJournal& in_journal) const;
  /// Mutations that are in no journal; with `parked_too`, also those the device keeps as refused.
  std::vector<Uuid> missing(client::ClientStore& store, const InJournal& in_journal) const;

  /// Mutations of a record that its author is about to replace or to give up.
  void excuse_pending(client::ClientStore& store, const Uuid& record);
  /// Edits that the other ledger does not know go with the device that is set back.
  void excuse_all_but(const DeviceLedger& older);
  /// Whether an edit of that record went with the device that was set back, or was given up.
  bool gave_up(const Uuid& record) const;
  /// Whether the mutation has had that very text at some time.
  bool ever_had(const Uuid& id, const std::string& text) const;

 private:
  void put(const Uuid& id, std::string text);

  std::map<Uuid, LedgerEntry> entries_;
  std::set<std::pair<Uuid, Digest>> texts_;
};

}  // namespace anketa::simulation
