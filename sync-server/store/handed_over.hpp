// What revoked devices handed over, kept beside the database as well.
//
// Model: such a device wipes itself once its work is with the server, so nobody could send that again to a server that
// is restored from an older backup. Therefore it stands in a file for each device too, a line of JSON for each
// mutation, written before the device is answered; a restore puts into quarantine what the copy lacks. What is erased
// is taken out of these files as well. Thread safety: one call at a time for each device; erasing, one process.
#pragma once

#include <string>
#include <vector>

#include "sync-server/store/store.hpp"
#include "sync-server/system/file_system.hpp"

namespace anketa::server {

/// Durably adds those of the device's rows that are not there yet. Throws ProblemError: FileUnwritable, DiskFull,
/// FileUnreadable.
void keep_handed_over(FileSystem& files, const std::string& folder, const Uuid& device,
                      const std::vector<JournalRow>& rows);
/// All of it, as journal rows in quarantine; none where nothing was handed over. An unfinished line (a crash while
/// writing) is passed over: its device was not answered, and still has it. Throws ProblemError(FileUnreadable) for
/// anything else that is no such line.
std::vector<JournalRow> read_handed_over(const FileSystem& files, const std::string& folder);
/// Takes out what the erasures name. Throws ProblemError as keep_handed_over().
void erase_handed_over(FileSystem& files, const std::string& folder, const std::vector<Erasure>& erasures);

}  // namespace anketa::server
