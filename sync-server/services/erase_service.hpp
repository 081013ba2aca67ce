// Ordering an erasure: what would go is looked up first, and shown (R33, R60).
//
// Model: asked is a record, or paths in it. With it go its conflicts, the attachments of a record that goes whole, and
// the mutations that brought the values; of a person, other records of the same client may hold name, telephone or
// address too: they are found by these words, and go only if it is asked for. Thread safety: may be called from any
// thread; one process at a time writes a ledger.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sync-server/store/erasure.hpp"

namespace anketa::server {

struct EraseRequest {
  Uuid record;
  /// None: the whole record.
  std::vector<std::string> paths;
  /// Cells of other records that hold the same words go too.
  bool mentions = false;
  std::string by;
  std::string why;
};

/// A cell of another record that holds a word of what is to be erased.
struct Mention {
  Uuid record;
  std::string collection;
  std::string path;
};

/// The bytes of an attachment.
struct ErasedContent {
  Scope scope;
  std::string sha256;
};

struct ErasePlan {
  /// What will be done, the record asked for first.
  std::vector<Erasure> erasures;
  std::vector<Mention> mentions;
  /// Contents of attachments that go and that no other attachment of the scope names.
  std::vector<ErasedContent> contents;
};

class EraseService {
 public:
  /// Takes the bytes of an attachment away; does nothing where they are not there.
  using EraseContent = std::function<void(const ErasedContent&)>;

  /// `folder`: of the organisation's data, for the ledger. Without `erase_content` contents stay.
  EraseService(Store& store, std::string folder, Environment& environment, EraseContent erase_content = {},
               FileSystem& files = real_files())
      : store_(store),
        files_(files),
        folder_(std::move(folder)),
        environment_(environment),
        erase_content_(std::move(erase_content)) {}

  /// Changes nothing. Throws ProblemError: RecordNotFound, RequiredMissing (by, why), OwnerNeeded.
  ErasePlan plan(const EraseRequest& request);
  /// The ledger first, then what lies beside the database, then the database, which alone knows of them, then its
  /// files. False: see Store::scrub.
  bool erase(const ErasePlan& plan);

 private:
  Store& store_;
  FileSystem& files_;
  std::string folder_;
  Environment& environment_;
  EraseContent erase_content_;
};

}  // namespace anketa::server
