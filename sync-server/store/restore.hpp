// Putting a copy in the place of an organisation's database.
//
// Model: the copy is checked in a folder of its own before anything is replaced, and what it replaces stays beside it,
// complete, so that a restore that was a mistake can be undone by restoring that. What the folder's ledger says was
// erased is erased in the copy too, and what revoked devices handed over since the backup comes back. The server must
// be stopped.
#pragma once

#include <string>

#include "sync-server/store/handed_over.hpp"

namespace anketa::server {

/// What lies beside a database and outlives it.
struct Beside {
  std::vector<Erasure> erasures;
  std::vector<JournalRow> handed_over;
};

/// Throws ProblemError(FileUnreadable).
Beside read_beside(const FileSystem& files, const std::string& folder);

/// Gives a copy of a store a history of its own, in which the erasures are done and what devices handed over is in
/// quarantine where it is not in the copy. All else in it counts as backed up, for it came from a backup.
void begin_history(Store& copy, const Beside& beside, Environment& environment);

/// Makes `file` the database of the folder, with a new epoch: devices that know more of the history than the copy holds
/// notice, and send it again. Gives the path under which the database that was there is kept; empty where none was.
/// Throws ProblemError: FileUnreadable, FileUnwritable, DiskFull; DatabaseDamaged for a copy that does not verify;
/// DatabaseInUse while another program has the database open. Nothing has changed then.
std::string restore_sqlite_store(const std::string& file, const std::string& folder, Environment& environment);

}  // namespace anketa::server
