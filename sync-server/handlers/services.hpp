// What handlers work with, and how a handler asks who is there. Each subject has a file of its own with one function
// `void add_…_routes(http::Router&, Services&)`; handlers translate between HTTP and services and hold no rules.
#pragma once

#include <atomic>
#include <concepts>
#include <functional>
#include <initializer_list>
#include <string>

#include "sync-server/auth/auth_service.hpp"
#include "sync-server/handlers/login_queue.hpp"
#include "sync-server/http/metrics.hpp"
#include "sync-server/http/router.hpp"
#include "sync-server/services/sync_service.hpp"
#include "sync-server/store/store.hpp"

namespace anketa::server {

/// Owned by the application; outlives the router.
struct Services {
  Environment& environment;
  Store& store;
  SyncService& sync;
  AuthService& auth;
  LoginQueue& logins;
  http::Registry& metrics;
  /// Name of the organisation, shown at log-in.
  std::string organisation;
  /// The local authority's certificate; empty where the server has a certificate of its own.
  std::string ca_file;
  /// /metrics is for everybody, not for this machine only.
  bool public_metrics = false;
  /// False while the server is stopping: load balancers then look elsewhere.
  std::atomic<bool> ready{true};
  /// The server's, for sync by file; told at log-in.
  std::optional<protocol::PublicKeys> bundle_keys = {};
};

using SessionHandler = std::function<void(http::Request, Session, http::Responder)>;

/// A handler that runs only for a request with a good "Authorization: Bearer …"; any other gets the problem.
http::Handler authenticated(Services& services, SessionHandler handler);

/// The same for a handler that answers at once with what it returns.
template <typename Simple>
requires std::convertible_to<std::invoke_result_t<Simple&, http::Request&, const Session&>, http::Response>
    http::Handler authenticated(Services& services, Simple simple) {
  return authenticated(services,
                       SessionHandler([simple = std::move(simple)](http::Request request, const Session& session,
                                                                   const http::Responder& respond) mutable {
                         respond(simple(request, session));
                       }));
}

/// Throws ProblemError(Forbidden) for any other role.
void require_role(const Session& session, std::initializer_list<Role> roles);

/// Whoever asks, as the author of what he edits.
Author author_of(const Session& session);
/// An id in the path. Throws ProblemError(RecordNotFound) for what is none.
Uuid id_in(const http::Request& request, std::string_view name = "id");

}  // namespace anketa::server
