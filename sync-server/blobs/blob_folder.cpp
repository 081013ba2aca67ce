#include "sync-server/blobs/blob_folder.hpp"

#include <filesystem>

#include "shared/problem/problem.hpp"
#include "shared/record/json.hpp"
#include "sync-server/blobs/blob_files.hpp"
#include "sync-server/blobs/blob_store.hpp"
#include "sync-server/blobs/file_digest.hpp"
#include "sync-server/system/files.hpp"

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

Uuid blob_owner(const std::string& path) {
  if (!fs::exists(path + ".json")) return {};
  const auto known = Json::parse(read_file(path + ".json"), nullptr, false);
  return Uuid::parse(string_or_empty(known, "user")).value_or(Uuid());
}

void each_blob(const std::string& folder, const std::function<void(const BlobEntry&)>& visit) {
  if (!fs::exists(folder)) return;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const auto name = entry.path().filename().string();
    const auto place = entry.path().lexically_relative(folder);
    if (!entry.is_regular_file() || !is_sha256(name)) continue;
    const auto scope = parse_scope(place.begin()->string());
    if (!scope) continue;
    visit({entry.path().string(), *scope, name, entry.file_size(), blob_owner(entry.path().string())});
  }
}

std::size_t copy_blobs(const std::string& from, const std::string& to) {
  std::size_t copied = 0;
  bool made = false;
  each_blob(from, [&](const BlobEntry& entry) {
    if (!made) make_private_folder(to);
    made = true;
    const auto place = blob_place(to, entry.scope, entry.sha256);
    std::error_code missing;
    if (fs::file_size(place, missing) == entry.bytes && !missing) return;
    make_folders_durably(to, fs::path(place).parent_path().string());
    if (fs::exists(entry.path + ".json")) copy_durably(entry.path + ".json", place + ".json");
    copy_durably(entry.path, place);
    ++copied;
  });
  return copied;
}

std::vector<std::string> damaged_blobs(const std::string& folder) {
  std::vector<std::string> found;
  each_blob(folder, [&](const BlobEntry& entry) {
    if (sha256_of_file(entry.path) != entry.sha256) found.push_back(entry.path);
  });
  return found;
}

}  // namespace anketa::server
