// File operations that are on the disk when they return. Failures throw ProblemError: DiskFull, FileUnwritable.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace anketa::server {

/// Writes at that place of an existing file; what stood behind it is cut off.
void append_durably(const std::string& path, std::uint64_t offset, std::string_view bytes);
void truncate_durably(const std::string& path, std::uint64_t length);
void rename_durably(const std::string& from, const std::string& to);
/// Nothing where the file is not there.
void remove_durably(const std::string& path);
/// Makes the folders from `root` (which exists) down to `path`, for the server's user only.
void make_folders_durably(const std::string& root, const std::string& path);
/// Copies a file in one step: nobody sees half of it.
void copy_durably(const std::string& from, const std::string& to);

}  // namespace anketa::server
