// `anketa-server demo`: puts the invented company into an organisation's empty store.
//
// Its people get accounts, and their deeds go through the sync service in the order of their delivery, at the time of
// their delivery, so that weeks, norms and the journal look as they would after a year of real work.
#pragma once

#include <functional>
#include <string>

#include "sync-server/services/sync_service.hpp"
#include "tools/demo/demo.hpp"

namespace anketa::demo {

struct LoadOptions {
  DemoOptions demo;
  /// Encoded hash of the password that all demo accounts share.
  std::string password_hash;
};

struct LoadReport {
  std::vector<Colleague> colleagues;
  std::size_t mutations = 0;
  /// Not in effect; a demo that is loaded into an empty store has none.
  std::size_t parked = 0;
};

/// `progress` is told how many mutations of how many are in. Throws ProblemError(AlreadyExists) where the store has
/// clients already.
LoadReport load_demo(server::Store& store, const LoadOptions& options,
                     const std::function<void(std::size_t, std::size_t)>& progress = {});

}  // namespace anketa::demo
