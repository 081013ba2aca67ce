// The folder of contents as it lies on the disk: walking it, copying it to a backup and back, checking it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/record/uuid.hpp"
#include "sync-server/system/file_system.hpp"

namespace anketa::server {

struct BlobEntry {
  std::string path;
  Scope scope;
  std::string sha256;
  std::uint64_t bytes = 0;
  Uuid owner;
};

/// Where an organisation's contents lie, by its data folder.
std::string blob_folder(const std::string& data);
/// Where the contents belong that go with a copy of the database.
std::string blob_folder_of_backup(const std::string& file);
std::string blob_place(const std::string& folder, const Scope& scope, std::string_view sha256);
/// Who uploaded the content at that place; nil where it is not known.
Uuid blob_owner(const FileSystem& files, const std::string& path);

/// Every content; nothing where there is no folder.
void each_blob(const FileSystem& files, const std::string& folder, const std::function<void(const BlobEntry&)>& visit);
/// Copies the contents that are not there yet; those that are there stay, for a content never changes. Gives how many
/// were copied. Throws ProblemError: DiskFull, FileUnwritable.
std::size_t copy_blobs(FileSystem& files, const std::string& from, const std::string& to);
/// Names, by path, each content whose hash is not its name. Every file is read.
std::vector<std::string> damaged_blobs(const FileSystem& files, const std::string& folder);

}  // namespace anketa::server
