// Contents of attachments on the device: those waiting to be uploaded, those held for reading, those being fetched.
//
// Model: a content belongs to a scope and is named by its SHA-256. Its bytes lie in chunks of one size in the encrypted
// database, so that none is ever written to the disk in the clear, or wholly rewritten.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/problem/problem.hpp"
#include "shared/record/uuid.hpp"
#include "shared/sqlite/database.hpp"

namespace anketa::client {

/// ToOffer: here, and the server had it before it was restored from a backup; whether it has it still is to be asked.
enum class BlobState { ToUpload = 0, Here = 1, Arriving = 2, ToOffer = 3 };

struct BlobRow {
  std::int64_t key = 0;
  Scope scope;
  std::string sha256;
  std::uint64_t bytes = 0;
  /// Of these, how many are here; fewer only while it is arriving, and then whole chunks.
  std::uint64_t held = 0;
  BlobState state = BlobState::ToUpload;
  std::string name;
  std::string media_type;
  /// Address of the upload under way at the server, "/v1/uploads/…"; empty: none.
  std::string upload;
  /// Why the server did not take it the last time.
  std::optional<Problem> problem;
};

class BlobTable {
 public:
  static constexpr std::uint64_t chunk_bytes = std::uint64_t{256} << 10;

  explicit BlobTable(sqlite::Database& database) : database_(database) {}

  std::optional<BlobRow> find(const Scope& scope, std::string_view sha256);
  /// A whole content, to be uploaded. One that is on the device already stays as it is. Within the caller's
  /// transaction.
  void put(const BlobRow& row, std::string_view content);
  /// The first one to upload or to offer whose key is greater.
  std::optional<BlobRow> next_to_upload(std::int64_t after);
  /// Of both.
  std::uint64_t count_to_upload();
  std::string read(const BlobRow& row, std::uint64_t offset, std::uint64_t length);

  void set_upload(std::int64_t key, const std::string& upload);
  void set_problem(std::int64_t key, const Problem& problem);
  void set_here(std::int64_t key);
  /// All that are here. Within the caller's transaction.
  void offer_again();

  /// Begins to fetch a content of that size; gives its row.
  BlobRow begin_arriving(const Scope& scope, const std::string& sha256, std::uint64_t bytes);
  /// Adds what arrived behind what is held, which is whole chunks. Within the caller's transaction.
  void add_arrived(BlobRow& row, std::string_view bytes);
  void remove(std::int64_t key);

  /// Drops contents that no visible attachment record names any more: of revoked clients, of removed attachments.
  /// Those still to be uploaded stay until they are.
  void purge_unnamed();

 private:
  void put_chunks(std::int64_t key, std::uint64_t offset, std::string_view bytes);
  sqlite::Database& database_;
};

}  // namespace anketa::client
