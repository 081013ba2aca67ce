// Erasure: values taken out of records, journal and everything derived from them, for good (R33, R60).
//
// Model: an Erasure names one record, the paths in it, and every mutation that brought values there. It is ordered by
// the server like any mutation, and travels as a record of collection "erasure", by which devices purge what they hold.
// Mutations become stubs that keep their original hash, so that a device which sends one again gets its stored result.
// The ledger is a file beside the database, written before the database is: a restore does what it says to the copy,
// which may be older than the erasure. Thread safety: as the Writer's; the ledger's functions are for one process.
#pragma once

#include <string>
#include <vector>

#include "sync-server/store/store.hpp"
#include "sync-server/system/file_system.hpp"

namespace anketa::server {

/// Whether the whole record goes.
bool erases_whole(const Erasure& erasure);
/// Whether the mutation is one of those that held the values.
bool names(const Erasure& erasure, const Uuid& mutation);
/// What is left of a mutation without the values. Of one that cannot be read, only which it is.
std::string text_without(const JournalRow& row, const std::vector<std::string>& paths);

/// Does it, within the writer's work. False where it was done before: then nothing changes.
bool apply_erasure(Writer& writer, const Erasure& erasure, Instant now);

/// Further mutations that held what was erased, found when they arrived: the erasure names them from now on.
void extend_erasure(Writer& writer, const Erasure& erasure, const std::vector<ErasedMutation>& more, Instant now);

/// Durably adds to the ledger of a data folder. Throws ProblemError: FileUnwritable, DiskFull.
void write_ledger(FileSystem& files, const std::string& folder, const std::vector<Erasure>& erasures);
/// All of it, in order; none where there is no ledger. An unfinished last line (a crash while writing) is passed over:
/// what it says was not done. Throws ProblemError(FileUnreadable) for anything else that is no ledger.
std::vector<Erasure> read_ledger(const FileSystem& files, const std::string& folder);

Json to_json(const Erasure& erasure);
/// Throws ProblemError(InvalidValue) for what is no hash in hex.
Digest digest_from(const std::string& hex);

}  // namespace anketa::server
