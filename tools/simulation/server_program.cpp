#include "tools/simulation/server_program.hpp"

#include "sync-server/handlers/blob_handlers.hpp"
#include "sync-server/handlers/device_handlers.hpp"
#include "sync-server/handlers/session_handlers.hpp"
#include "sync-server/handlers/sync_handlers.hpp"

namespace anketa::simulation {
namespace {

std::unique_ptr<server::Store> open(const MemoryDisk& disk, Environment& environment) {
  server::StoreOptions options;
  options.folder = server_folder;
  options.readers = 1;
  options.create = true;
  options.vfs = disk.vfs();
  options.writing = server::Writing::ByCaller;
  return server::open_sqlite_store(options, environment);
}

}  // namespace

ServerProgram::ServerProgram(MemoryDisk& disk, Environment& environment, const std::string& token_key,
                             const bundle::KeySet& keys)
    : files_(disk),
      store_(open(disk, environment)),
      blobs_(server_folder, {}, environment, files_),
      sync_(*store_, environment),
      quarantine_(*store_, server_folder, environment, files_),
      auth_(store_->accounts(), environment, server::TokenSigner(token_key), cheap_hash),
      eraser_(
          *store_, server_folder, environment,
          [this](const server::ErasedContent& content) { blobs_.erase(content.scope, content.sha256); }, files_),
      services_{environment, *store_, sync_, auth_, logins_, metrics_, "Simulation", {}, false} {
  services_.bundle_keys = keys.shown;
  add_session_routes(router_, services_);
  add_sync_routes(router_, services_);
  add_device_routes(router_, services_, quarantine_);
  add_blob_routes(router_, services_, blobs_);
}

void ServerProgram::handle(server::http::Request request, std::function<void(server::http::Response)> done) {
  auto match = router_.match(request.method, request.path);
  const server::http::Responder respond(std::move(done));
  if (!match.route) return respond(Problem{ProblemCode::NotFound, {}, {}});
  request.parameters = std::move(match.parameters);
  try {
    match.route->handler(std::move(request), respond);
  } catch (...) {
    respond(server::http::Response::failure(std::current_exception(), {}));
  }
}

}  // namespace anketa::simulation
