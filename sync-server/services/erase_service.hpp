// Ordering an erasure: what would go is looked up first, and shown (R33, R60).
//
// Model: asked is a record, or paths in it. With it go its conflicts, and the mutations that brought the values; of a
// person, other records of the same client may hold name, telephone or address too: they are found by these words, and
// go only if it is asked for. Thread safety: may be called from any thread; one process at a time writes a ledger.
#pragma once

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

struct ErasePlan {
  /// What will be done, the record asked for first.
  std::vector<Erasure> erasures;
  std::vector<Mention> mentions;
};

class EraseService {
 public:
  /// `folder`: of the organisation's data, for the ledger.
  EraseService(Store& store, std::string folder, Environment& environment)
      : store_(store), folder_(std::move(folder)), environment_(environment) {}

  /// Changes nothing. Throws ProblemError: RecordNotFound, RequiredMissing (by, why).
  ErasePlan plan(const EraseRequest& request);
  /// The ledger first, then the database, then its files. False: see Store::scrub.
  bool erase(const ErasePlan& plan);

 private:
  Store& store_;
  std::string folder_;
  Environment& environment_;
};

}  // namespace anketa::server
