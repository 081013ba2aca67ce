// Hashes of files, read bit by bit.
#pragma once

#include <cstdint>
#include <string>

#include "sync-server/system/file_system.hpp"

namespace anketa::server {

/// Of the bytes from `offset` to the end; raw. The algorithm is "sha1" or "sha256".
/// Throws ProblemError: FileUnreadable; BadRequest for another algorithm.
std::string digest_of_file(const FileSystem& files, const std::string& algorithm, const std::string& path,
                           std::uint64_t offset = 0);
/// 64 lower-case hex digits.
std::string sha256_of_file(const FileSystem& files, const std::string& path);

}  // namespace anketa::server
