// The bytes of attachments: files beside the database, named by the hash of their content, and uploads under way.
//
// Model, in the folder blobs/ of the organisation's data:
//   <scope>/<ab>/<cd>/<sha256>        a content, whole, its hash checked; never changed. Within one scope a content
//                                     is there once; two scopes share nothing, so that nobody can probe for a file
//   <scope>/<ab>/<cd>/<sha256>.json   whose quota it counts against, and since when
//   uploads/<id>, uploads/<id>.json   an upload under way: what has arrived, and what was announced
// What a call acknowledged is on the disk (fsync). A content counts against the quota of who uploaded it first; an
// upload under way counts with its announced length, and expires when nothing came for `upload_life`.
// Who may read and write is none of the store's business. One process a folder.
// Thread safety: all calls may come from any thread.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "shared/record/environment.hpp"
#include "shared/record/uuid.hpp"
#include "sync-server/system/file_system.hpp"

namespace anketa::server {

struct BlobLimits {
  /// Of one content.
  std::uint64_t max_bytes = std::uint64_t{64} << 20;
  /// Of all contents of one user.
  std::uint64_t quota_bytes = std::uint64_t{10} << 30;
  /// Milliseconds an upload is kept after its last part.
  Instant upload_life = Instant{7} * 24 * 60 * 60 * 1000;
};

/// What an upload announced, and who did.
struct Upload {
  Uuid id;
  Uuid user;
  Uuid device;
  Scope scope;
  /// 64 lower-case hex digits.
  std::string sha256;
  std::string name;
  std::string media_type;
  std::uint64_t length = 0;
  /// How much has arrived.
  std::uint64_t offset = 0;
  Instant expires_at = 0;

  bool complete() const noexcept { return offset == length; }
};

/// A part's own checksum, as the sender made it.
struct PartChecksum {
  /// "sha1" or "sha256".
  std::string algorithm;
  /// Raw bytes.
  std::string digest;
};

struct Part {
  std::uint64_t offset = 0;
  std::string_view bytes;
  /// Where the bytes that the checksum covers begin; it is compared when `last` of them are there.
  std::uint64_t checked_from = 0;
  bool last = true;
  std::optional<PartChecksum> checksum;
};

struct Blob {
  std::string path;
  std::uint64_t bytes = 0;
};

class BlobStore {
 public:
  /// `data` is the organisation's folder; blobs/ is made where it is missing.
  BlobStore(const std::string& data, BlobLimits limits, Environment& environment, FileSystem& files = real_files());

  /// Begins an upload; id, offset and expires_at are set here. An empty content is complete at once.
  /// Throws ProblemError: TooLarge, QuotaExceeded, DiskFull.
  Upload begin(Upload announced);
  /// How far it is; one of which nothing is missing is finished by then. Throws NotFound for an upload that is not
  /// there, has expired, is another device's, or has to be sent anew.
  Upload find_upload(const Uuid& id, const Uuid& user, const Uuid& device);
  /// Adds bytes at the end. With the last one the content's hash is checked and the content put in its place.
  /// Throws NotFound; OffsetMismatch; TooLarge beyond the announced length; ChecksumMismatch: of a part, and then the
  /// part is gone, or of the whole content, and then the upload is gone.
  Upload append(const Uuid& id, const Uuid& user, const Uuid& device, const Part& part);
  void terminate(const Uuid& id, const Uuid& user, const Uuid& device);

  std::optional<Blob> find(const Scope& scope, std::string_view sha256) const;
  /// Bytes of a content, to be read while they are sent. Throws ProblemError(FileUnreadable).
  std::shared_ptr<const FilePiece> piece(const Blob& blob, std::uint64_t offset, std::uint64_t length) const {
    return files_.piece(blob.path, offset, length);
  }
  /// For an erasure: the content goes, and uploads of it. Does nothing where it is not there.
  void erase(const Scope& scope, std::string_view sha256);
  /// Bytes that count against a user's quota.
  std::uint64_t used_by(const Uuid& user);
  /// Removes uploads whose time has passed.
  void expire();

  const BlobLimits& limits() const noexcept { return limits_; }

 private:
  std::string upload_path(const Uuid& id) const;
  std::string blob_path(const Scope& scope, std::string_view sha256) const;
  std::optional<Upload> read_upload(const Uuid& id) const;
  Upload need_upload(const Uuid& id, const Uuid& user, const Uuid& device) const;
  void drop_upload(const Upload& upload);
  void finish(const Upload& upload);
  void finish_late(const Upload& upload);
  void count_existing();
  std::mutex& lock_of(const Uuid& id) { return upload_locks_[std::hash<Uuid>()(id) % upload_locks_.size()]; }

  std::string folder_;
  BlobLimits limits_;
  Environment& environment_;
  FileSystem& files_;
  /// Parts of one upload go in one after the other.
  std::array<std::mutex, 16> upload_locks_;
  /// Guards the sums and the places of contents.
  std::mutex mutex_;
  std::unordered_map<Uuid, std::uint64_t> used_;
};

/// Whether the text is a SHA-256 as this store names contents.
bool is_sha256(std::string_view text);

}  // namespace anketa::server
