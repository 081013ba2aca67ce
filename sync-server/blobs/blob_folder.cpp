#include "sync-server/blobs/blob_folder.hpp"

#include <filesystem>

#include "shared/record/json.hpp"
#include "sync-server/blobs/blob_store.hpp"
#include "sync-server/blobs/file_digest.hpp"

namespace anketa::server {

namespace fs = std::filesystem;

std::string blob_folder(const std::string& data) {
  return (fs::path(data) / "blobs").string();
}

std::string blob_folder_of_backup(const std::string& file) {
  return file + ".blobs";
}

std::string blob_place(const std::string& folder, const Scope& scope, std::string_view sha256) {
  return (fs::path(folder) / scope_text(scope) / sha256.substr(0, 2) / sha256.substr(2, 2) / sha256).string();
}

Uuid blob_owner(const FileSystem& files, const std::string& path) {
  if (!files.size(path + ".json")) return {};
  const auto known = Json::parse(files.read(path + ".json"), nullptr, false);
  return Uuid::parse(string_or_empty(known, "user")).value_or(Uuid());
}

void each_blob(const FileSystem& files, const std::string& folder, const std::function<void(const BlobEntry&)>& visit) {
  for (const auto& place : files.files_below(folder)) {
    const auto name = fs::path(place).filename().string();
    if (!is_sha256(name)) continue;
    const auto scope = parse_scope(fs::path(place).begin()->string());
    if (!scope) continue;
    const auto path = (fs::path(folder) / place).string();
    visit({path, *scope, name, files.size(path).value_or(0), blob_owner(files, path)});
  }
}

std::size_t copy_blobs(FileSystem& files, const std::string& from, const std::string& to) {
  std::size_t copied = 0;
  each_blob(files, from, [&](const BlobEntry& entry) {
    const auto place = blob_place(to, entry.scope, entry.sha256);
    if (files.size(place) == entry.bytes) return;
    files.make_folders(fs::path(place).parent_path().string());
    if (files.size(entry.path + ".json")) files.copy(entry.path + ".json", place + ".json");
    files.copy(entry.path, place);
    ++copied;
  });
  return copied;
}

std::vector<std::string> damaged_blobs(const FileSystem& files, const std::string& folder) {
  std::vector<std::string> found;
  each_blob(files, folder, [&](const BlobEntry& entry) {
    if (sha256_of_file(files, entry.path) != entry.sha256) found.push_back(entry.path);
  });
  return found;
}

}  // namespace anketa::server
