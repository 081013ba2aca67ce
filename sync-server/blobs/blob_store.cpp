#include "sync-server/blobs/blob_store.hpp"

#include <filesystem>

#include "shared/problem/problem.hpp"
#include "shared/record/json.hpp"
#include "sync-server/blobs/blob_folder.hpp"
#include "sync-server/blobs/file_digest.hpp"

namespace anketa::server {
namespace {

namespace fs = std::filesystem;

Json to_json(const Upload& upload) {
  return {{"user", upload.user.text()},
          {"device", upload.device.text()},
          {"scope", scope_text(upload.scope)},
          {"sha256", upload.sha256},
          {"name", upload.name},
          {"media_type", upload.media_type},
          {"length", upload.length},
          {"expires_at", upload.expires_at}};
}

Upload upload_from_json(const Json& json) {
  Upload upload;
  upload.user = Uuid::from(json.at("user").get<std::string>());
  upload.device = Uuid::from(json.at("device").get<std::string>());
  upload.scope = parse_scope(json.at("scope").get<std::string>()).value();
  upload.sha256 = json.at("sha256");
  upload.name = json.at("name");
  upload.media_type = json.at("media_type");
  upload.length = json.at("length");
  upload.expires_at = json.at("expires_at");
  return upload;
}

std::string megabytes(std::uint64_t bytes) {
  return std::to_string(bytes >> 20);
}

}  // namespace

bool is_sha256(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

BlobStore::BlobStore(const std::string& data, BlobLimits limits, Environment& environment, FileSystem& files)
    : folder_(blob_folder(data)), limits_(limits), environment_(environment), files_(files) {
  files_.make_folders((fs::path(folder_) / "uploads").string());
  count_existing();
}

std::string BlobStore::upload_path(const Uuid& id) const {
  return (fs::path(folder_) / "uploads" / id.text()).string();
}

std::string BlobStore::blob_path(const Scope& scope, std::string_view sha256) const {
  return blob_place(folder_, scope, sha256);
}

void BlobStore::count_existing() {
  each_blob(files_, folder_, [&](const BlobEntry& entry) { used_[entry.owner] += entry.bytes; });
  const auto uploads = fs::path(folder_) / "uploads";
  for (const auto& name : files_.files_below(uploads.string())) {
    const auto id = Uuid::parse(fs::path(name).stem().string());
    const auto upload = id ? read_upload(*id) : std::nullopt;
    // Of an upload that was being made or put away when the server was killed.
    if (!upload) files_.remove((uploads / name).string());
    if (upload && fs::path(name).extension().empty()) used_[upload->user] += upload->length;
  }
}

std::optional<Upload> BlobStore::read_upload(const Uuid& id) const {
  const auto path = upload_path(id);
  const auto arrived = files_.size(path);
  if (!arrived || !files_.size(path + ".json")) return std::nullopt;
  auto upload = upload_from_json(parse_json(files_.read(path + ".json")));
  upload.id = id;
  upload.offset = *arrived;
  return upload;
}

Upload BlobStore::need_upload(const Uuid& id, const Uuid& user, const Uuid& device) const {
  auto upload = read_upload(id);
  if (!upload || !(upload->user == user) || !(upload->device == device) || upload->expires_at <= environment_.now())
    throw ProblemError(ProblemCode::NotFound);
  return std::move(*upload);
}

Upload BlobStore::begin(Upload announced) {
  if (announced.length > limits_.max_bytes)
    throw ProblemError(ProblemCode::TooLarge, {{"limit", std::to_string(limits_.max_bytes)}}, "Upload-Length");
  expire();
  announced.id = Uuid::v7(environment_);
  announced.offset = 0;
  announced.expires_at = environment_.now() + limits_.upload_life;
  {
    const std::lock_guard lock(mutex_);
    auto& used = used_[announced.user];
    // A content that is here already will cost nothing.
    if (!find(announced.scope, announced.sha256) && used + announced.length > limits_.quota_bytes)
      throw ProblemError(ProblemCode::QuotaExceeded, {{"limit", megabytes(limits_.quota_bytes)}});
    used += announced.length;
  }
  try {
    const auto path = upload_path(announced.id);
    files_.replace(path, {});
    files_.replace(path + ".json", canonical(to_json(announced)));
  } catch (...) {
    drop_upload(announced);
    throw;
  }
  if (announced.complete()) finish(announced);
  return announced;
}

Upload BlobStore::find_upload(const Uuid& id, const Uuid& user, const Uuid& device) {
  const std::lock_guard lock(lock_of(id));
  auto upload = need_upload(id, user, device);
  // All of it is here, and the server was killed before it could put it in its place: whoever hears that nothing is
  // missing takes it for kept.
  if (upload.complete()) finish_late(upload);
  return upload;
}

void BlobStore::finish_late(const Upload& upload) {
  try {
    finish(upload);
  } catch (const ProblemError& error) {
    // What was written last did not get to the disk: it has to be sent anew.
    if (error.problem().code == ProblemCode::ChecksumMismatch) throw ProblemError(ProblemCode::NotFound);
    throw;
  }
}

Upload BlobStore::append(const Uuid& id, const Uuid& user, const Uuid& device, const Part& part) {
  const std::lock_guard lock(lock_of(id));
  auto upload = need_upload(id, user, device);
  if (part.offset != upload.offset)
    throw ProblemError(ProblemCode::OffsetMismatch, {{"offset", std::to_string(upload.offset)}}, "Upload-Offset");
  if (part.bytes.size() > upload.length - upload.offset)
    throw ProblemError(ProblemCode::TooLarge, {{"limit", std::to_string(upload.length)}}, "Upload-Length");
  const auto path = upload_path(id);
  files_.write_at(path, upload.offset, part.bytes);
  upload.offset += part.bytes.size();
  if (part.checksum && part.last) {
    if (digest_of_file(files_, part.checksum->algorithm, path, part.checked_from) != part.checksum->digest) {
      files_.truncate(path, part.checked_from);
      throw ProblemError(ProblemCode::ChecksumMismatch, {}, "Upload-Checksum");
    }
  }
  if (upload.complete()) {
    finish(upload);
  } else {
    upload.expires_at = environment_.now() + limits_.upload_life;
    files_.replace(path + ".json", canonical(to_json(upload)));
  }
  return upload;
}

void BlobStore::finish(const Upload& upload) {
  const auto path = upload_path(upload.id);
  if (sha256_of_file(files_, path) != upload.sha256) {
    drop_upload(upload);
    throw ProblemError(ProblemCode::ChecksumMismatch, {}, "sha256");
  }
  const std::lock_guard lock(mutex_);
  const auto place = blob_path(upload.scope, upload.sha256);
  if (files_.size(place)) {
    used_[upload.user] -= upload.length;
    files_.remove(path);
  } else {
    files_.make_folders(fs::path(place).parent_path().string());
    // Whose it is comes first: a content without a known owner would count against nobody.
    files_.replace(place + ".json", canonical(Json{{"user", upload.user.text()}, {"at", environment_.now()}}));
    files_.rename(path, place);
  }
  files_.remove(path + ".json");
}

void BlobStore::terminate(const Uuid& id, const Uuid& user, const Uuid& device) {
  const std::lock_guard lock(lock_of(id));
  drop_upload(need_upload(id, user, device));
}

void BlobStore::drop_upload(const Upload& upload) {
  const auto path = upload_path(upload.id);
  files_.remove(path);
  files_.remove(path + ".json");
  const std::lock_guard lock(mutex_);
  used_[upload.user] -= upload.length;
}

std::optional<Blob> BlobStore::find(const Scope& scope, std::string_view sha256) const {
  if (!is_sha256(sha256)) return std::nullopt;
  const auto path = blob_path(scope, sha256);
  const auto bytes = files_.size(path);
  return bytes ? std::optional(Blob{path, *bytes}) : std::nullopt;
}

void BlobStore::erase(const Scope& scope, std::string_view sha256) {
  const auto blob = find(scope, sha256);
  if (!blob) return;
  const std::lock_guard lock(mutex_);
  used_[blob_owner(files_, blob->path)] -= blob->bytes;
  files_.remove(blob->path);
  files_.remove(blob->path + ".json");
}

std::uint64_t BlobStore::used_by(const Uuid& user) {
  const std::lock_guard lock(mutex_);
  const auto found = used_.find(user);
  return found == used_.end() ? 0 : found->second;
}

void BlobStore::expire() {
  for (const auto& name : files_.files_below((fs::path(folder_) / "uploads").string())) {
    const auto id = Uuid::parse(name);
    if (!id) continue;
    const std::lock_guard lock(lock_of(*id));
    const auto upload = read_upload(*id);
    if (upload && upload->expires_at <= environment_.now()) drop_upload(*upload);
  }
}

}  // namespace anketa::server
