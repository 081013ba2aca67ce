// Taking in what a device wrote to a file, and writing its answer.
//
// Model: who sent a file is proven by the signature of a registered device; what it holds goes the way of a sync by
// that device's owner, with the rights he has now. Doing it again gives an answer that says the same of the same
// mutations. Thread safety: import() may be called from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/bundle/keys.hpp"
#include "sync-server/services/sync_service.hpp"

namespace anketa::server {

struct BundleImported {
  Account account;
  Uuid device;
  std::vector<protocol::MutationResult> results;
  /// The file to hand back.
  std::string answer;
};

class BundleImport {
 public:
  BundleImport(Store& store, SyncService& sync, Environment& environment, bundle::KeySet keys);

  /// Throws ProblemError, having changed nothing: BundleDamaged, BundleNewer, BundleOtherServer (encrypted to another
  /// key), BundleNoKeys (a device this server does not know, or one that never registered keys), DeviceRevoked,
  /// Forbidden (its owner's account is closed), DeviceForked, and what is wrong with the requests in it.
  BundleImported import(std::string_view file);

 private:
  Device need_device(const Uuid& id);
  Store& store_;
  SyncService& sync_;
  Environment& environment_;
  bundle::KeySet keys_;
};

}  // namespace anketa::server
