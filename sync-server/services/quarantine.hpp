// What revoked devices hand over: kept for the lead, and put into effect once he says so.
//
// Thread safety: may be called from any thread.
#pragma once

#include <string>
#include <vector>

#include "shared/problem/problem.hpp"
#include "sync-server/services/access.hpp"
#include "sync-server/store/store.hpp"
#include "sync-server/system/file_system.hpp"

namespace anketa::server {

class Quarantine {
 public:
  /// `folder`: of the organisation's data; what was handed over stands there as well, see store/handed_over.hpp.
  Quarantine(Store& store, std::string folder, Environment& environment, FileSystem& files = real_files())
      : store_(store), folder_(std::move(folder)), environment_(environment), files_(files) {}

  /// Journals what a revoked device hands over, parked for the lead. `body`: {"mutations": [...]}. The device may
  /// forget them once this has returned. Throws ProblemError: RequiredMissing, TooLarge, InvalidValue; DiskFull,
  /// FileUnwritable, FileUnreadable.
  void take(const Author& author, const Json& body);
  /// Puts into effect what a revoked device handed over. Gives the results, none where nothing is left to accept.
  std::vector<protocol::MutationResult> accept(const Author& owner);

 private:
  Store& store_;
  const std::string folder_;
  Environment& environment_;
  FileSystem& files_;
};

}  // namespace anketa::server
