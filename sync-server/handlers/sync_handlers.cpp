#include "sync-server/handlers/sync_handlers.hpp"

#include "shared/protocol/limits.hpp"

namespace anketa::server {
namespace {

void sync(Services& services, http::Request request, const Session& session, const http::Responder& respond) {
  const auto author = author_of(session);
  services.sync.sync(author, std::move(request.body), [respond](SyncOutcome outcome) {
    if (const auto* problem = std::get_if<Problem>(&outcome)) return respond(*problem);
    respond(http::Response::json_text(std::get<std::string>(std::move(outcome))));
  });
}

}  // namespace

void add_sync_routes(http::Router& router, Services& services) {
  router.add("POST", "/v1/sync",
             authenticated(services, SessionHandler([&services](http::Request request, const Session& session,
                                                                const http::Responder& respond) {
                             sync(services, std::move(request), session, respond);
                           })),
             {protocol::max_request_bytes});
}

}  // namespace anketa::server
