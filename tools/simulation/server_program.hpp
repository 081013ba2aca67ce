// The server's program without its sockets: store, services and routes put together as the product does it, over one
// simulated disk. Requests go in as the network would hand them over, and come to the very same handlers.
#pragma once

#include <memory>

#include "shared/bundle/keys.hpp"
#include "sync-server/blobs/blob_store.hpp"
#include "sync-server/handlers/services.hpp"
#include "sync-server/services/erase_service.hpp"
#include "sync-server/services/quarantine.hpp"
#include "tools/simulation/memory_files.hpp"

namespace anketa::simulation {

/// The organisation's data on the simulated disk.
inline constexpr auto server_folder = "server";

class ServerProgram {
 public:
  /// `token_key`: the file beside the database. Throws ProblemError.
  ServerProgram(MemoryDisk& disk, Environment& environment, const std::string& token_key, const bundle::KeySet& keys);

  /// Calls the route's handler; `done` is called once, now or with a later commit.
  void handle(server::http::Request request, std::function<void(server::http::Response)> done);

  server::Store& store() { return *store_; }
  server::SyncService& sync() { return sync_; }
  server::Quarantine& quarantine() { return quarantine_; }
  server::BlobStore& blobs() { return blobs_; }
  server::EraseService& eraser() { return eraser_; }

 private:
  MemoryFiles files_;
  std::unique_ptr<server::Store> store_;
  server::BlobStore blobs_;
  server::SyncService sync_;
  server::Quarantine quarantine_;
  server::AuthService auth_;
  server::EraseService eraser_;
  server::http::Registry metrics_;
  server::LoginQueue logins_{server::LoginQueue::Running::ByCaller};
  server::Services services_;
  server::http::Router router_;
};

/// As cheap as it can be: what a password costs is not simulated.
inline constexpr server::ScryptCost cheap_hash{1, 1, 1};

}  // namespace anketa::simulation
