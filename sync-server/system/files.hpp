// Files that only the server's user may read: keys, certificates, settings it wrote itself.
#pragma once

#include <string>
#include <string_view>

namespace anketa::server {

/// Throws ProblemError(FileUnreadable).
std::string read_file(const std::string& path);

/// Replaces the file in one step (mode 0600): a crash leaves the old or the new content, durably.
/// Throws ProblemError: DiskFull, FileUnwritable.
void write_private_file(const std::string& path, std::string_view content);

/// Makes the folder and those above it (mode 0700). Throws ProblemError(FileUnwritable).
void make_private_folder(const std::string& path);

}  // namespace anketa::server
